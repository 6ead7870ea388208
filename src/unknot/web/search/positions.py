"""Where somebody looks from: a town, a postcode, or where their browser says that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import zipcodes
from django.utils.translation import gettext as _

from unknot.web.search import towns

COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")
ZIP = re.compile(r"\s*(\d{5})(?:-\d{4})?\s*")


class Position(Protocol):
    """Degrees north and east, how it is called, and what names it in an address."""

    @property
    def latitude(self) -> float: ...  # noqa: D102
    @property
    def longitude(self) -> float: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Point:
    """A position that is no town."""

    latitude: float
    longitude: float
    label: str
    key: str


@dataclass(frozen=True)
class Meant:
    """What a text may mean, the likeliest first; ``exact`` where it is as typed."""

    positions: tuple[Position, ...]
    exact: bool


def find(text: str) -> Meant:
    """
    The positions that ``text`` may mean: "Portland", "portland,US-OR", "97209", "45.52, -122.68".

    Postcodes are those of the United States; others are asked for by their town.

    >>> find("97209").positions[0].label
    '97209 Portland, OR'
    """
    if point := _coordinates(text) or _postcode(text):
        return Meant((point,), exact=True)
    by_key = towns.by_key(text) if "," in text else None
    if by_key:
        return Meant((by_key,), exact=True)
    found = towns.find(text)
    return Meant(found.towns, found.exact)


def of_postcode(postcode: str, jurisdiction: str) -> Point | None:
    """Where a postcode of the United States is; None for another country's."""
    return _postcode(postcode) if jurisdiction.startswith("US-") else None


def _coordinates(text: str) -> Point | None:
    found = COORDINATES.fullmatch(text)
    if found is None:
        return None
    north, east = round(float(found[1]), 2), round(float(found[2]), 2)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return None
    return Point(north, east, _("where you are"), f"{north:g},{east:g}")


def _postcode(text: str) -> Point | None:
    found = ZIP.fullmatch(text)
    known = zipcodes.matching(found[1]) if found else []  # type: ignore[no-untyped-call]  # its stubs know
    if not known:
        return None
    place = known[0]
    label = f"{place['zip_code']} {place['city']}, {place['state']}"
    return Point(float(place["lat"]), float(place["long"]), label, str(place["zip_code"]))
