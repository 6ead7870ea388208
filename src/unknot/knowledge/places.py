"""Places on the body surface: a region with its side."""

from __future__ import annotations

from typing import Literal

import msgspec

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left"}


class Place(msgspec.Struct, frozen=True, order=True):
    """
    A region with its side; ``side`` is empty for a region on the midline.

    >>> str(Place("temple", "left")), str(Place("sacrum"))
    ('temple:left', 'sacrum')
    """

    region: str
    side: Side | Literal[""] = ""

    def __str__(self) -> str:
        """Text form, as in JSON: ``temple:left``."""
        return f"{self.region}:{self.side}" if self.side else self.region

    def mirrored(self) -> Place:
        """
        The same region on the other side; a midline region is its own mirror.

        >>> str(Place("temple", "left").mirrored())
        'temple:right'
        """
        return Place(self.region, OTHER_SIDE[self.side]) if self.side else self
