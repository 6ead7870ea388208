"""Regions of the body surface, in their groups (``regions.toml``)."""

from __future__ import annotations

from typing import Literal

import msgspec

View = Literal["front", "back", "side"]


class Region(msgspec.Struct, frozen=True):
    """One region of the body surface; ``sided`` regions exist left and right."""

    id: str
    name: str
    view: View
    sided: bool
    group: str
