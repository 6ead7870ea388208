"""Motions and loads of daily life, each with the phrases of the muscles it stands for (``motions.toml``)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

NonEmpty = Annotated[tuple[str, ...], Meta(min_length=1)]


class Motion(Fact, frozen=True):
    """
    A motion or load of daily life, as people say it.

    ``aka`` holds other ways to say it, English and Spanish. ``aggravated_by`` and ``restricted_motion`` hold,
    word for word, the phrases of the muscles that it stands for. ``regions`` names the parts of the body
    (groups of ``regions.toml``) for which a form suggests it.
    """

    id: str
    label: str
    label_es: str
    aka: NonEmpty
    regions: NonEmpty
    aggravated_by: tuple[str, ...] = ()
    restricted_motion: tuple[str, ...] = ()


class MotionsFile(Fact, frozen=True):
    """``motions.toml``."""

    motions: tuple[Motion, ...] = field(name="motion")
