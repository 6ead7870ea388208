"""
Derive `src/unknot/web/search/data/borders.txt` from the npm packages `us-atlas` and `world-atlas`.

    python dev/borders/derive.py .../us-atlas/states-10m.json .../world-atlas/countries-50m.json \
        > src/unknot/web/search/data/borders.txt

Coasts, borders of countries and of US states where the towns of `towns.tsv` lie, one line of the drawing a
line of the file: degrees east and north in turn. Both packages are under the ISC licence (NOTICES.md); their
data is Natural Earth's and the US Census Bureau's, in the public domain.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

UNITED_STATES = "840"
WHERE_TOWNS_LIE = ((-170, 15, -50, 72), (-12, 41, 16, 61), (110, -48, 180, -9))  # west, south, east, north

Line = list[tuple[float, float]]


def lines(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a TopoJSON document in degrees; each point is told by its way from the one before."""
    (scale_east, scale_north), (east, north) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round(x * scale_east + east, 2), round(y * scale_north + north, 2)))
        found.append([point for n, point in enumerate(line) if n == 0 or point != line[n - 1]])
    return found


def used_by(geometry: dict[str, Any]) -> Iterator[int]:
    """The arcs of a geometry; one that runs backwards is told by its complement."""

    def walk(arcs: Any) -> Iterator[int]:
        for arc in arcs:
            if isinstance(arc, list):
                yield from walk(arc)
            else:
                yield arc if arc >= 0 else ~arc

    yield from walk(geometry.get("arcs", []))


def near_towns(line: Line) -> bool:
    """Whether any of it lies where towns do."""
    return any(w <= e <= o and s <= n <= t for e, n in line for w, s, o, t in WHERE_TOWNS_LIE)


def main() -> None:
    """Write the file."""
    states, world = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    countries = world["objects"]["countries"]["geometries"]
    american = {arc for each in countries if each.get("id") == UNITED_STATES for arc in used_by(each)}
    others = [line for number, line in enumerate(lines(world)) if number not in american]
    for line in [*lines(states), *others]:
        if len(line) > 1 and near_towns(line):
            print(" ".join(f"{e:g} {n:g}" for e, n in line))


if __name__ == "__main__":
    main()
