"""Regions of the body surface, in their groups (``regions.toml``)."""

from __future__ import annotations

from typing import Literal

import msgspec

from unknot.knowledge.reading import Fact

View = Literal["front", "back", "side"]


class RegionRow(Fact, frozen=True):
    """A row of the file; ``side`` says whether it exists left and right."""

    name: str
    view: View
    side: bool


RegionsFile = dict[str, dict[str, dict[str, str | bool]]]
"""``regions.toml``: group → id → row, each of which fits RegionRow."""


class Region(msgspec.Struct, frozen=True):
    """One region of the body surface; ``sided`` regions exist left and right."""

    id: str
    name: str
    view: View
    sided: bool
    group: str
