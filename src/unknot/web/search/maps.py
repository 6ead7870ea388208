"""A map without tiles: coasts and borders, larger towns for orientation, and a number for each result."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unknot.web.search.positions import Position
from unknot.web.search.towns import Box, Town, towns_within

BORDERS = Path(__file__).parent / "data" / "borders.txt"
WIDTH, HEIGHT = 640, 480
KM_A_DEGREE = 111.2
TOWNS_SHOWN = 9
APART = 26  # how near two marks may come, in the map's own units
EDGE = 12


@dataclass(frozen=True)
class Mark:
    """Something at a place of the map."""

    x: float
    y: float
    label: str
    number: int = 0


@dataclass(frozen=True)
class Map:
    """What the template draws: ``circle`` is the radius that was asked for, in the map's units."""

    width: int
    height: int
    circle: float
    borders: tuple[str, ...]
    towns: tuple[Mark, ...]
    results: tuple[Mark, ...]

    @property
    def cx(self) -> float:
        """The middle, where the circle stands."""
        return self.width / 2

    @property
    def cy(self) -> float:
        """The middle, where the circle stands."""
        return self.height / 2


@dataclass(frozen=True)
class Found:
    """A result and where it is."""

    number: int
    name: str
    latitude: float
    longitude: float


def draw(centre: Position, radius_km: float, results: list[Found]) -> Map:
    """The circle around a place, as wide as the map is high."""
    view = _View(centre, radius_km * 1.12)
    return Map(
        width=WIDTH,
        height=HEIGHT,
        circle=round(radius_km / view.km_a_unit, 1),
        borders=tuple(view.path(line) for line in _borders_in(view.box())),
        towns=_apart(view, towns_within(view.box(EDGE))),
        results=_spread(view, results),
    )


class _View:
    """Degrees to units: true to scale at its centre, which is all that a hundred kilometres need."""

    def __init__(self, centre: Position, half_height_km: float) -> None:
        self._north, self._east = centre.latitude, centre.longitude
        self.km_a_unit = half_height_km / (HEIGHT / 2)
        self._up = KM_A_DEGREE / self.km_a_unit
        self._across = self._up * max(math.cos(math.radians(self._north)), 0.01)

    def at(self, north: float, east: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (east - self._east) * self._across, 1),
            round(HEIGHT / 2 - (north - self._north) * self._up, 1),
        )

    def box(self, edge: float = 0) -> Box:
        """What the map shows, in degrees, but so many units at its edge."""
        up, across = (HEIGHT / 2 - edge) / self._up, (WIDTH / 2 - edge) / self._across
        return Box(self._east - across, self._north - up, self._east + across, self._north + up)

    def path(self, line: _Line) -> str:
        points = (self.at(north, east) for east, north in line.points)
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in points)


@dataclass(frozen=True)
class _Line:
    points: tuple[tuple[float, float], ...]  # degrees east and north
    box: Box


@cache
def _borders() -> tuple[_Line, ...]:
    found = []
    for text in BORDERS.read_text("utf-8").splitlines():
        numbers = [float(word) for word in text.split()]
        easts, norths = numbers[::2], numbers[1::2]
        points = tuple(zip(easts, norths, strict=True))
        found.append(_Line(points, Box(min(easts), min(norths), max(easts), max(norths))))
    return tuple(found)


def _borders_in(shown: Box) -> Iterator[_Line]:
    for line in _borders():
        west, south, east, north = line.box
        if west <= shown.east and east >= shown.west and south <= shown.north and north >= shown.south:
            yield line


def _apart(view: _View, towns: list[Town]) -> tuple[Mark, ...]:
    """The largest whose names don't stand in each other's way."""
    shown: list[Mark] = []
    for town in towns:
        x, y = view.at(town.latitude, town.longitude)
        if all(abs(x - m.x) > 4 * APART or abs(y - m.y) > APART for m in shown):
            shown.append(Mark(x, y, town.name))
        if len(shown) == TOWNS_SHOWN:
            break
    return tuple(shown)


def _spread(view: _View, results: list[Found]) -> tuple[Mark, ...]:
    """Results of one town stand around it, so that every number can be read."""
    placed: list[Mark] = []
    for found in results:
        x, y = view.at(found.latitude, found.longitude)
        for step in range(60):
            turn = step * 2.4  # the golden angle: steps never fall on each other
            far = 0 if step == 0 else APART * 0.62 * math.sqrt(step)
            at = (round(x + far * math.cos(turn), 1), round(y + far * math.sin(turn), 1))
            if all(math.dist(at, (m.x, m.y)) >= APART for m in placed):
                break
        placed.append(Mark(*at, found.name, found.number))
    return tuple(placed)
