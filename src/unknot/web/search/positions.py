"""Where somebody looks from: a town, a postcode, or where their browser says that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import zipcodes
from django.utils.translation import gettext as _

from unknot.web.search import towns

COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")
NEAR = 1.0  # degrees
AS_LARGE = 3  # so many times smaller, a town is meant less often
ZIP = re.compile(r"\s*(\d{5})(?:-\d{4})?\s*")


class Position(Protocol):
    """Degrees north and east, how it is called, what names it in an address, and whose law counts there."""

    @property
    def latitude(self) -> float: ...  # noqa: D102
    @property
    def longitude(self) -> float: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def jurisdiction(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Point:
    """A position that is no town."""

    latitude: float
    longitude: float
    label: str
    key: str
    jurisdiction: str = ""


@dataclass(frozen=True)
class Meant:
    """
    What a text may mean, the likeliest first; ``exact`` where it is as typed.

    ``unclear`` where it is, but several places of that name are about as large.
    """

    positions: tuple[Position, ...]
    exact: bool
    unclear: bool = False


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
    return Meant(found.towns, found.exact, unclear=found.exact and _are_alike(found.towns))


def _are_alike(towns_: tuple[towns.Town, ...]) -> bool:
    """Whether the second of the largest may as well be meant as the first."""
    return len(towns_) > 1 and towns_[1].population * AS_LARGE > towns_[0].population


def of_place(city: str, postcode: str, jurisdiction: str) -> Position | None:
    """
    Where a place of work is: at its postcode where one is known, else in the middle of its town.

    None where neither is known there. Streets are not looked up.

    >>> of_place("Nowherezz", "", "US-AL"), of_place("Portland", "10018", "US-OR").label
    (None, 'Portland, Oregon (US)')
    """
    return _of_postcode(postcode, jurisdiction) or towns.in_jurisdiction(city, jurisdiction)


def _coordinates(text: str) -> Point | None:
    found = COORDINATES.fullmatch(text)
    if found is None:
        return None
    north, east = round(float(found[1]), 2), round(float(found[2]), 2)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return None
    return Point(north, east, _("where you are"), f"{north:g},{east:g}", _jurisdiction_at(north, east))


def _jurisdiction_at(north: float, east: float) -> str:
    """That of the nearest town; none where there is no town."""
    around = towns.towns_within(towns.Box(east - NEAR, north - NEAR, east + NEAR, north + NEAR))
    nearest = min(around, key=lambda t: (t.latitude - north) ** 2 + (t.longitude - east) ** 2, default=None)
    return nearest.jurisdiction if nearest else ""


def _of_postcode(postcode: str, jurisdiction: str) -> Point | None:
    """Where a postcode of that state is; None for another's."""
    found = _postcode(postcode)
    return found if found and found.jurisdiction == jurisdiction else None


def _postcode(text: str) -> Point | None:
    found = ZIP.fullmatch(text)
    known = zipcodes.matching(found[1]) if found else []  # type: ignore[no-untyped-call]  # its stubs know
    if not known:
        return None
    place = known[0]
    code, state = str(place["zip_code"]), str(place["state"])
    label = f"{code} {place['city']}, {state}"
    return Point(float(place["lat"]), float(place["long"]), label, code, f"US-{state}")
