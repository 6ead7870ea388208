"""
The figures of the atlas and the shapes of regions on them (``data/atlas.json``).

The file holds half of what there is: of a figure that mirrors itself the viewer's right half, of a pair of
figures (two hands, the head from both sides) one. The other half is its mirror image.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from unknot.atlas.geometry import Point, Ring, mirrored, ring, svg_path
from unknot.atlas.neighbours import DATA
from unknot.errors import UnknownId
from unknot.knowledge import Place, load
from unknot.knowledge.places import OTHER_SIDE, SIDES, Side


class RegionShape(msgspec.Struct, frozen=True):
    """
    A place as it shows on one figure.

    ``ring`` is its border and ``path`` the same as the data of an SVG path. ``breadth`` is the width of the
    shape where it is broadest, in units of the figure. ``spots`` are points inside it, well apart; the first
    lies deepest. ``opens`` is the figure that shows this part larger.
    """

    place: Place
    ring: Ring
    path: str
    breadth: float
    spots: tuple[Point, ...]
    opens: str = ""

    @property
    def centre(self) -> Point:
        """The point deepest inside."""
        return self.spots[0]


class Figure(msgspec.Struct, frozen=True):
    """
    A part of the body seen from one direction.

    ``view`` is the view box: left, top, width and height. ``details`` are lines that make the body readable,
    as the data of SVG paths. ``right_is`` is the person's side that lies at the
    viewer's right where both show; ``side`` is the person's side where only one shows.
    """

    id: str
    view: tuple[float, float, float, float]
    outline: Ring
    outline_path: str
    details: tuple[str, ...]
    shapes: tuple[RegionShape, ...]
    right_is: Side | Literal[""] = ""
    side: Side | Literal[""] = ""


MAIN = ("front", "back", "head_left", "head_right")
"""The figures that stand on their own; the others show a part of them larger."""


def figures() -> tuple[Figure, ...]:
    """All figures, those of ``MAIN`` first."""
    return tuple(_figures().values())


def figure(id_: str) -> Figure:
    """
    The figure with this id. Raises UnknownId.

    >>> figure("hand_palm_left").side
    'left'
    """
    try:
        return _figures()[id_]
    except KeyError:
        raise UnknownId("figure", id_, _figures()) from None


def shapes_of(place: Place) -> Mapping[str, RegionShape]:
    """
    The shapes of a place by the id of the figure that shows it; empty where the atlas lacks the place.

    >>> list(shapes_of(Place("coccyx")))
    ['back']
    """
    return {f.id: shape for f in figures() for shape in f.shapes if shape.place == place}


class _Shape(msgspec.Struct, frozen=True):
    region: str
    ring: tuple[int, ...]
    breadth: float
    spots: tuple[tuple[int, int], ...]
    opens: str = ""


class _Drawn(msgspec.Struct, frozen=True):
    """A figure as the file has it; ``side`` is that of the drawn half, or of the drawn one of a pair."""

    id: str
    mirror: Literal["within", "pair"]
    side: Side
    view: tuple[float, float, float, float]
    outline: tuple[int, ...]
    details: tuple[tuple[int, ...], ...]
    shapes: tuple[_Shape, ...]


class _File(msgspec.Struct, frozen=True):
    figures: tuple[_Drawn, ...]


@cache
def _figures() -> Mapping[str, Figure]:
    file = msgspec.json.decode((DATA / "atlas.json").read_bytes(), type=_File)
    pairs = frozenset(drawn.id for drawn in file.figures if drawn.mirror == "pair")
    whole = [figure for drawn in file.figures for figure in _whole(drawn, pairs)]
    whole.sort(key=lambda figure: MAIN.index(figure.id) if figure.id in MAIN else len(MAIN))
    return {figure.id: figure for figure in whole}


def _whole(drawn: _Drawn, pairs: frozenset[str]) -> Iterator[Figure]:
    """The figure that the drawn half makes with its mirror image, or the drawn one and its mirror image."""
    outline, details = ring(drawn.outline), tuple(ring(flat) for flat in drawn.details)
    if drawn.mirror == "within":
        other = _shapes(drawn, OTHER_SIDE[drawn.side], pairs)
        both = (*_shapes(drawn, drawn.side, pairs), *(shape for shape in other if shape.place.side))
        lines = (*details, *(mirrored(line) for line in details if any(x for x, _ in line)))
        yield _figure(drawn.id, drawn.view, outline, lines, both, right_is=drawn.side)
        return
    left, top, width, height = drawn.view
    for side in SIDES:
        id_, shapes = f"{drawn.id}_{side}", _shapes(drawn, side, pairs)
        if side == drawn.side:
            yield _figure(id_, drawn.view, outline, details, shapes, side=side)
        else:
            view = (-left - width, top, width, height)
            lines = tuple(mirrored(line) for line in details)
            yield _figure(id_, view, mirrored(outline), lines, shapes, side=side)


def _figure(
    id_: str,
    view: tuple[float, float, float, float],
    outline: Ring,
    lines: Iterable[Ring],
    shapes: tuple[RegionShape, ...],
    *,
    right_is: Side | Literal[""] = "",
    side: Side | Literal[""] = "",
) -> Figure:
    details = tuple(svg_path(line, closed=False) for line in lines)
    return Figure(id_, view, outline, svg_path(outline), details, shapes, right_is, side)


def _shapes(drawn: _Drawn, side: Side, pairs: frozenset[str]) -> tuple[RegionShape, ...]:
    """The drawn shapes as those of one side; mirrored where the other one is drawn."""
    regions = load().regions

    def points(flat: Sequence[int]) -> Ring:
        return ring(flat) if side == drawn.side else mirrored(ring(flat))

    return tuple(
        RegionShape(
            place=Place(shape.region, side if regions[shape.region].sided else ""),
            ring=(border := points(shape.ring)),
            path=svg_path(border),
            breadth=shape.breadth,
            spots=points([n for spot in shape.spots for n in spot]),
            opens=f"{shape.opens}_{side}" if shape.opens in pairs else shape.opens,
        )
        for shape in drawn.shapes
    )
