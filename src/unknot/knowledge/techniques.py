"""Techniques, the safety frame of holds, and complementary practices."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Seconds = tuple[Annotated[int, msgspec.Meta(ge=1, le=1800)], Annotated[int, msgspec.Meta(ge=1, le=1800)]]
"""Least and most, in seconds."""


class ByAuthor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one author prescribes; ``read`` says whether the source was opened while compiling."""

    author: str
    rule: str
    source: str
    read: bool
    hold_s: Seconds | None = None
    pain_ceiling: int | None = None
    repetitions: tuple[int, int] | None = None


class Technique(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A technique; ``tags`` are what a screening rule can switch off, levels are 1-5, pain 0-10."""

    id: str
    name: str
    aka: tuple[str, ...]
    tags: tuple[str, ...]
    steps: tuple[str, ...]
    pressure: str
    pressure_level: tuple[int, int]
    stop_when: str
    avoid_when: tuple[str, ...]
    evidence: str
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    hold_s: Seconds | None = None
    default_hold_s: Seconds | None = None
    hold_note: str | None = None
    pain_ceiling: Annotated[int, msgspec.Meta(ge=0, le=10)] | None = None
    pain_note: str | None = None
    repetitions: tuple[int, int] | None = None
    by_author: tuple[ByAuthor, ...] = ()


class HoldBasis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one part of the hold rule rests on: a source or the trade's convention."""

    part: str
    basis: Literal["source", "convention"]
    source: str | None = None
    note: str | None = None


class Safety(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How strong and how long, and what never to press."""

    screen_first: tuple[str, ...]
    never_press: tuple[str, ...]
    caution_with: tuple[str, ...]
    hold_rule: str
    hold_rule_basis: tuple[HoldBasis, ...]
    after_effects: str
    adverse_events: str
    sources: tuple[str, ...]


class Practice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A practice that goes with neuromuscular massage: stretching, heat, …"""

    id: str
    name: str
    practitioner_only: bool
    use_for: tuple[str, ...]
    combine: str
    dose: str
    dose_basis: str
    avoid_when: tuple[str, ...]
    evidence: str
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    aka: tuple[str, ...] = ()
