"""Muscles and their trigger points (``muscles/*.toml``)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

Part = Literal[
    "head", "neck", "shoulder", "upper_back", "arm", "forearm_hand", "chest",
    "abdomen", "low_back", "pelvis", "thigh", "leg", "foot",
]  # fmt: skip
Palpation = Literal["pincer", "flat", "deep", "internal"]
Position = Literal["prone", "supine", "side_lying", "semi_reclined", "seated"]
Need = Literal["sensitive_area_consent", "internal_pelvic", "intraoral"]
Level = Annotated[int, Meta(ge=1, le=5)]
"""Pressure by the hand's effect: 1 spreads oil only … 5 presses muscle to bone."""


class TriggerPoint(Fact, frozen=True):
    """
    A trigger point: where the finger goes in and where it sends pain.

    Region ids without a side stand for the muscle's own side; ``other_side`` for the opposite one.
    ``essential`` is where it refers pain in nearly everyone, ``spillover`` where it sometimes spreads.
    """

    id: str
    location: str
    press_at: tuple[str, ...]
    essential: tuple[str, ...]
    spillover: tuple[str, ...]
    other_side: tuple[str, ...]


class Muscle(Fact, frozen=True):
    """A muscle with what the literature says of its trigger points; fields as in FORMAT."""

    id: str
    name: str
    latin: str
    part: Part
    actions: tuple[str, ...]
    nerve: str
    prevalence: Annotated[int, Meta(ge=1, le=5)]
    symptoms: tuple[str, ...]
    perpetuated_by: tuple[str, ...]
    confused_with: tuple[str, ...]
    palpation: Palpation
    client_position: str
    positions: Annotated[tuple[Position, ...], Meta(min_length=1)]
    technique: str
    pressure: str
    pressure_level: Level
    cautions: tuple[str, ...]
    self_care: str
    related: tuple[str, ...]
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    trigger_points: Annotated[tuple[TriggerPoint, ...], Meta(min_length=1)] = field(name="trigger_point")
    aka: tuple[str, ...] = ()
    aggravated_by: tuple[str, ...] = ()
    restricted_motion: tuple[str, ...] = ()
    stretch: str | None = None
    strengthen: str | None = None
    grip: str | None = None
    needs: tuple[Need, ...] = ()


class MusclesFile(Fact, frozen=True):
    """One file of muscles."""

    muscles: tuple[Muscle, ...] = field(name="muscle")
