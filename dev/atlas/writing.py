"""What is written of a figure: whole numbers, in tenths of a unit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from cutting import Cut
from shapely import LineString, MultiPoint, Point, Polygon, box, maximum_inscribed_circle, unary_union
from shapely.affinity import scale

REGIONS = Path(__file__).parents[2] / "src/unknot/knowledge/data/regions.toml"
MIDLINE = {
    region
    for group in tomllib.loads(REGIONS.read_text("utf-8")).values()
    for region, row in group.items()
    if not row["side"]
}
SPOTS = 8


def written(name: str, source: dict, figure: Cut) -> dict:
    """The figure as plain data; a half stays a half, but for its midline regions."""
    within = source["mirror"] == "within"
    outline = unary_union(list(figure.shapes.values()))
    if within:
        outline = _with_mirror(outline)
    head = {"id": name, "mirror": source["mirror"], "side": source.get("right_half") or source["drawn"]}
    head["view"] = source["view"]
    head["outline"] = _ring(outline)
    head["details"] = [_flat(LineString(points).simplify(0.25).coords) for points in figure.details]
    opens = {region: other for other, regions in source.get("opens", {}).items() for region in regions}
    left, top, width, height = source["view"]
    view = box(left, top, left + width, top + height)
    head["shapes"] = [
        _shape(region, shape, view, midline=within and region in MIDLINE)
        | ({"opens": opens[region]} if region in opens else {})
        for region, shape in figure.shapes.items()
    ]
    return head


def _shape(region: str, shape: Polygon, view: Polygon, *, midline: bool) -> dict:
    whole = _with_mirror(shape) if midline else shape
    return {"region": region, "ring": _ring(whole), **_inside(whole.intersection(view), midline=midline)}


def _inside(shape: Polygon, *, midline: bool) -> dict:
    """The deepest point, how broad the shape is there, and points well apart for marks."""
    circle = maximum_inscribed_circle(shape, 0.05)
    centre, breadth = Point(circle.coords[0]), 2 * circle.length
    if midline:
        centre = LineString([(0, -500), (0, 2000)]).intersection(shape).centroid
    return {"breadth": round(breadth, 1), "spots": [_flat([p]) for p in _spread(shape, centre, breadth)]}


def _spread(shape: Polygon, centre: Point, breadth: float) -> list[tuple[float, float]]:
    """The centre, then points inside that keep as far as can be from one another and from the border."""
    left, top, right, bottom = shape.bounds
    xs, ys = np.meshgrid(np.linspace(left, right, 40), np.linspace(top, bottom, 40))
    inner = shape.buffer(-0.24 * breadth)
    grid = [p for p in MultiPoint(np.column_stack([xs.ravel(), ys.ravel()])).geoms if inner.contains(p)]
    chosen = [centre]
    while grid and len(chosen) < SPOTS:
        chosen.append(max(grid, key=lambda p: min(p.distance(q) for q in chosen)))
    return [(p.x, p.y) for p in chosen]


def _with_mirror(half: Polygon) -> Polygon:
    whole = unary_union([half, scale(half, -1, 1, origin=(0, 0))])
    if not isinstance(whole, Polygon):
        raise TypeError(f"a half that doesn't lie on the midline: {half.bounds}")
    return whole.simplify(0.01)


def _ring(shape: Polygon) -> list[int]:
    points = [(round(10 * x), round(10 * y)) for x, y in shape.exterior.coords]
    return [n for point, after in pairwise(points) if point != after for n in point]


def _flat(points: Iterable[Sequence[float]]) -> list[int]:
    return [round(10 * n) for point in points for n in point[:2]]
