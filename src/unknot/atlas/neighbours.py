"""Which places touch on the body's surface, whichever figure shows them (``data/neighbours.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from unknot.errors import KnowledgeError, UnknownId
from unknot.knowledge import Place, load
from unknot.knowledge.places import SIDES, Side
from unknot.knowledge.reading import Fact, read
from unknot.knowledge.regions import Region

DATA = Path(__file__).parent / "data"
FILE = "neighbours.toml"


class NeighboursFile(Fact, frozen=True):
    """The file: regions that meet their own mirror image; group → region → those touching it on its side."""

    across_the_midline: tuple[str, ...]
    same_side: dict[str, dict[str, tuple[str, ...]]]


def touching(place: Place) -> frozenset[Place]:
    """
    The places that share a border with ``place`` on the body, without itself.

    The relation is symmetrical, and the mirrored place has the mirrored neighbours.

    Raises UnknownId where the atlas has no such place.

    >>> sorted(map(str, touching(Place("coccyx"))))[:3]
    ['buttock_lower:left', 'buttock_lower:right', 'buttock_upper:left']
    """
    try:
        return _neighbours()[place]
    except KeyError:
        raise UnknownId("place", str(place), map(str, _neighbours())) from None


@cache
def _neighbours() -> Mapping[Place, frozenset[Place]]:
    kb = load()
    found: dict[Place, set[Place]] = {p: set() for id_ in kb.regions for p in kb.places(id_)}
    for one, other in _pairs(read(DATA, FILE, NeighboursFile), kb.regions):
        found[one].add(other)
        found[other].add(one)
    return {place: frozenset(near) for place, near in found.items()}


def _pairs(file: NeighboursFile, regions: Mapping[str, Region]) -> Iterator[tuple[Place, Place]]:
    """All pairs of places that touch, each one way round."""
    for name in file.across_the_midline:
        yield _place(regions, name, "left"), _place(regions, name, "right")
    for rows in file.same_side.values():
        for name, near in rows.items():
            for other in near:
                for side in SIDES:
                    yield _place(regions, name, side), _place(regions, other, side)


def _place(regions: Mapping[str, Region], name: str, side: Side) -> Place:
    """The region on this side, or on the midline where it has no sides."""
    if name not in regions:
        raise KnowledgeError(FILE, name, "-", "isn't a region of regions.toml")
    return Place(name, side) if regions[name].sided else Place(name)
