"""From the points of a figure's file to smooth lines and outlines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from shapely import LineString, MultiPoint, Point, Polygon, box
from shapely.ops import unary_union

STEP = 8
"""Points between two given ones."""
NECK = box(0, 200, 36.5, 250)
"""Joins the head to the body; under the head, but for its lower end."""
JOINTS = (box(25, 210, 60, 264), box(200, 650, 280, 712), box(40, 1240, 115, 1300))
"""Neck, wrist and ankle: where parts meet, the corners between them are filled."""
REACH = 5.0
"""How far an open end is drawn on."""


def points_of(text: str) -> list[tuple[float, float]]:
    """``"x,y x,y"`` as points."""
    return [tuple(float(n) for n in pair.split(",")) for pair in text.replace(" z", "").split()]


def smooth(text: str) -> np.ndarray:
    """A centripetal Catmull-Rom curve through the points; closed where the text ends in ``z``."""
    points = np.array(points_of(text))
    if len(points) == 2:
        return points
    if text.endswith("z"):
        return _curve(np.vstack([points[-1], points, points[:2]]))
    return _curve(np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]]))


def polyline(text: str) -> LineString:
    """The curve as a line; open ends reach a little further, to meet the line that they end on."""
    points = smooth(text)
    if text.endswith("z"):
        return LineString(points)
    first, last = points[0] - points[1], points[-1] - points[-2]
    return LineString([points[0] + _reach(first), *points, points[-1] + _reach(last)])


def _reach(direction: np.ndarray) -> np.ndarray:
    return REACH * direction / np.linalg.norm(direction)


def _curve(points: np.ndarray) -> np.ndarray:
    pieces = [_span(*points[i : i + 4]) for i in range(len(points) - 3)]
    return np.vstack([*pieces, points[-2][None]])


def _span(p0: np.ndarray, p1: np.ndarray, p2: np.ndarray, p3: np.ndarray) -> np.ndarray:
    """The curve from p1 up to p2, without p2 (Barry and Goldman's recursion, knots by the root of length)."""
    knots = np.cumsum([0, *(np.linalg.norm(b - a) ** 0.5 for a, b in ((p0, p1), (p1, p2), (p2, p3)))])
    t = np.linspace(knots[1], knots[2], STEP, endpoint=False)[:, None]

    def between(a: np.ndarray, b: np.ndarray, i: int, j: int) -> np.ndarray:
        return (a * (knots[j] - t) + b * (t - knots[i])) / (knots[j] - knots[i])

    a1, a2, a3 = between(p0, p1, 0, 1), between(p1, p2, 1, 2), between(p2, p3, 2, 3)
    return between(between(a1, a2, 0, 2), between(a2, a3, 1, 3), 1, 2)


def figure_outline(source: dict, body: Polygon, included: list[Polygon]) -> Polygon:
    """What the figure covers: the body with the figures it includes, or its own outline and fingers."""
    parts = list(included)
    if source.get("body"):
        parts.append(_without_hands_and_heels(body, source))
    parts += [
        _own_part(text, half=source["mirror"] == "within") for text in source.get("outline", {}).values()
    ]
    parts += [_finger(text) for text in source.get("fingers", {}).values()]
    whole = unary_union([part.buffer(0) for part in parts])
    if "fingers" in source:
        webs = source.get("webs", 2.2)
        whole = whole.buffer(webs).buffer(-webs)
    if source.get("body"):
        whole = unary_union([whole, *(whole.buffer(6).buffer(-6).intersection(joint) for joint in JOINTS)])
    if source["mirror"] == "within":
        whole = whole.buffer(1.2).buffer(-1.2).intersection(box(0, -100, 400, 1500))
    return max(getattr(whole, "geoms", [whole]), key=lambda piece: piece.area)


def _own_part(text: str, *, half: bool) -> Polygon:
    if half:  # a curve that starts and ends on the midline, or a part that overlaps another
        return Polygon(smooth(text)).buffer(0)
    return Polygon(smooth(text + " z")).buffer(0)


def _finger(text: str) -> Polygon:
    """A finger or toe: circles ``x,y:radius``, each joined with the next."""
    knots = np.array([[float(n) for n in knot.replace(":", ",").split(",")] for knot in text.split()])
    along = _curve(np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]]))
    circles = [Point(x, y).buffer(radius, quad_segs=24) for x, y, radius in along]
    joined = [MultiPoint([*a.exterior.coords, *b.exterior.coords]).convex_hull for a, b in pairwise(circles)]
    return unary_union(joined)


def _without_hands_and_heels(body: Polygon, source: dict) -> Polygon:
    """The hands are drawn anew, finer than the body's own; from behind, so are the heels."""
    body = body.difference(box(195, 690, 400, 900)).buffer(0)
    body = max(getattr(body, "geoms", [body]), key=lambda piece: piece.area).union(NECK)
    if "heels" in source:
        heel = Polygon(smooth(source["heels"])).buffer(0)
        body = unary_union([body.difference(box(0, 1262, 400, 1400)), heel])
    return body
