"""Rings of points: closed outlines in the units of a figure, x to the viewer's right, y down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Ring = tuple[Point, ...]


def ring(flat: Sequence[int]) -> Ring:
    """
    Points from whole tenths ``x, y, x, y, …``.

    >>> ring([0, 10, 25, -5])
    ((0.0, 1.0), (2.5, -0.5))
    """
    return tuple((x / 10, y / 10) for x, y in zip(flat[::2], flat[1::2], strict=True))


def mirrored(points: Iterable[Point]) -> Ring:
    """
    The points on the other side of x = 0.

    >>> mirrored([(1.0, 2.0), (0.0, 3.0)])
    ((-1.0, 2.0), (0.0, 3.0))
    """
    return tuple((0.0 - x, y) for x, y in points)


def svg_path(points: Sequence[Point], *, closed: bool = True) -> str:
    """
    The points as the data of an SVG path, each step relative to the one before.

    >>> svg_path([(1.0, 2.0), (3.5, 2.0), (3.0, 4.25)])
    'M1 2l2.5 0l-0.5 2.2z'
    """
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    (x0, y0), *_ = tenths
    steps = "".join(f"l{_number(bx - ax)} {_number(by - ay)}" for (ax, ay), (bx, by) in pairwise(tenths))
    return f"M{_number(x0)} {_number(y0)}{steps}{'z' if closed else ''}"


def contains(points: Ring, point: Point) -> bool:
    """
    Whether the ring holds the point: a ray to the right crosses its border an odd number of times.

    >>> square = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
    >>> contains(square, (1.0, 1.0)), contains(square, (3.0, 1.0))
    (True, False)
    """
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(points, (*points[1:], points[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def _number(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"
