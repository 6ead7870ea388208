"""The pain drawing: where it hurts and how much, and what makes it worse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from unknot.knowledge import Place

Aim = Literal["stress", "posture", "sport", "recovery", "maintenance"]
AIMS: tuple[Aim, ...] = ("stress", "posture", "sport", "recovery", "maintenance")


class Drawing(msgspec.Struct, frozen=True):
    """
    A pain drawing; ``regions`` maps a place to pain 1-10, or ``aims`` say what is wanted without pain.

    Made by ``read_drawing``, which refuses a drawing that has neither.
    """

    regions: Mapping[Place, int] = MappingProxyType({})
    aggravated_by: tuple[str, ...] = ()
    restricted_motion: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    complaint: str = ""
