"""Names of towns, offline: what somebody typed → where it is, with room for a slip of the finger."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from unknot.web.directory import jurisdictions

DATA = Path(__file__).parent / "data" / "towns.tsv"
CLOSE_ENOUGH = 80  # of 100, as rapidfuzz's ratio counts; below it is another word
MOST = 8


@dataclass(frozen=True)
class Town:
    """A town of 5,000 or more, by GeoNames; degrees north and east."""

    name: str
    jurisdiction: str
    latitude: float
    longitude: float
    population: int

    @property
    def label(self) -> str:
        """The town with its state or country: "Portland, Oregon (US)"."""
        return f"{self.name}, {jurisdictions.names().get(self.jurisdiction, self.jurisdiction)}"

    @property
    def key(self) -> str:
        """What names it in an address: "portland,US-OR"."""
        return f"{folded(self.name)},{self.jurisdiction}"


class Box(NamedTuple):
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Found:
    """Towns that may be meant, the likeliest first; ``exact`` where the name is as typed."""

    towns: tuple[Town, ...]
    exact: bool


def find(text: str) -> Found:
    """
    The towns that ``text`` may mean: "Portland", "portland, or", "Portland Oregon", "Bostn".

    Of the same name the largest comes first. A name that nobody has is compared with all others.

    >>> [town.label for town in find("springfield, il").towns]
    ['Springfield, Illinois (US)']
    """
    name, region = _parts(text)
    if not name:
        return Found((), exact=False)
    named = _by_name().get(name, ())
    there = tuple(t for t in named if not region or _is_in(t, region))
    if there or named:
        return Found((there or named)[:MOST], exact=bool(there))
    whole = _by_name().get(folded(text), ())  # "new york city" has no region at its end
    if whole:
        return Found(whole[:MOST], exact=True)
    return Found(_similar(name, region), exact=False)


@cache
def countries() -> frozenset[str]:
    """The countries whose towns are known, by their codes."""
    return frozenset(town.jurisdiction[:2] for towns in _by_name().values() for town in towns)


def by_key(key: str) -> Town | None:
    """The town that an address names; None where there is none."""
    name, _, jurisdiction = key.partition(",")
    return in_jurisdiction(name, jurisdiction)


def folded(text: str) -> str:
    """Small letters without accents and signs: "St. Louis" and "Saint louis" are "saint louis"."""
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(
        r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")
    )
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def all_towns() -> tuple[Town, ...]:
    """Every town, the largest first."""
    rows = (line.split("\t") for line in DATA.read_text("utf-8").splitlines())
    return tuple(Town(name, code, float(n), float(e), int(size)) for name, code, n, e, size in rows)


def towns_within(box: Box) -> list[Town]:
    """
    The towns of a part of the map, the largest first.

    >>> [town.name for town in towns_within(Box(-74.1, 40.6, -73.9, 40.8))][:2]
    ['New York City', 'Brooklyn']
    """
    west, south, east, north = box
    inside = [
        town
        for degree in range(math.floor(south), math.floor(north) + 1)
        for town in _by_degree().get(degree, ())
        if south <= town.latitude <= north and west <= town.longitude <= east
    ]
    return sorted(inside, key=lambda town: -town.population)


@cache
def _by_degree() -> dict[int, list[Town]]:
    """The towns by their whole degree north: to look at each for every map took twelve milliseconds."""
    found: dict[int, list[Town]] = {}
    for town in all_towns():
        found.setdefault(math.floor(town.latitude), []).append(town)
    return found


@cache
def _by_name() -> dict[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = {}
    for town in all_towns():
        name = folded(town.name)
        for said in dict.fromkeys((name, name.removesuffix(" city"))):  # New York City is New York too
            found.setdefault(said, []).append(town)
    return {name: tuple(towns) for name, towns in found.items()}


@cache
def _regions() -> dict[str, frozenset[str]]:
    """What a region may be called → the codes meant: "oregon" and "or" are US-OR."""
    found: dict[str, set[str]] = {}
    for lang in ("en", "es"):
        for code, name in jurisdictions.names(lang).items():
            for said in (folded(name.partition(" (")[0]), folded(code.rpartition("-")[2])):
                found.setdefault(said, set()).add(code)
    for province in jurisdictions.other_provinces():
        found[folded(province)] = {jurisdictions.OTHER_PROVINCES}
    for said in ("usa", "us", "united states", "canada", "uk"):
        country = {"canada": "CA-", "uk": "GB"}.get(said, "US-")
        found[said] = {code for code in jurisdictions.names() if code.startswith(country)}
    return {said: frozenset(codes) for said, codes in found.items()}


def _parts(text: str) -> tuple[str, str]:
    """The town and the region, as far as one stands at the end, with a comma or without."""
    before, comma, after = text.rpartition(",")
    if comma and folded(after) in _regions():
        return folded(before), folded(after)
    words = folded(text).split()
    for length in (2, 1):
        region = " ".join(words[-length:])
        if len(words) > length and region in _regions() and " ".join(words) not in _by_name():
            return " ".join(words[:-length]), region
    return " ".join(words), ""


def _is_in(town: Town, region: str) -> bool:
    return town.jurisdiction in _regions()[region]


def _similar(name: str, region: str) -> tuple[Town, ...]:
    from rapidfuzz import fuzz, process

    near = process.extract(name, _by_name().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=MOST)
    towns = [(score, town) for said, score, _ in near for town in _by_name()[said]]
    there = [(score, town) for score, town in towns if not region or _is_in(town, region)] or towns
    return tuple(t for _, t in sorted(there, key=lambda st: (-st[0], -st[1].population)))[:MOST]


def in_jurisdiction(name: str, jurisdiction: str) -> Town | None:
    """The town of that name there; None where it isn't known."""
    return next((t for t in _by_name().get(folded(name), ()) if t.jurisdiction == jurisdiction), None)
