"""Dividing an outline into regions: lines cut it into faces, and each face goes to the seed it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from drawing import points_of
from shapely import (
    LineString,
    Point,
    Polygon,
    box,
    coverage_simplify,
    set_precision,
    transform,
)
from shapely.affinity import affine_transform
from shapely.ops import polygonize, unary_union

Shape = TypeVar("Shape", Polygon, LineString)

SLIVER = 60.0
"""Square units: an unseeded face up to this size joins its neighbour; a larger one is a mistake."""
TOLERANCE = 0.6


@dataclass(frozen=True)
class Cut:
    """A figure in pieces: region → polygon, with its outline and the lines drawn on it."""

    outline: Polygon
    shapes: dict[str, Polygon]
    details: list[np.ndarray]

    def placed(self, scale: float, turn: float, move: Sequence[float], drop: Sequence[str]) -> Cut:
        """The figure scaled, turned (degrees) and moved, without the regions of ``drop``."""
        cos, sin = scale * np.cos(np.radians(turn)), scale * np.sin(np.radians(turn))
        matrix = [cos, -sin, sin, cos, *move]

        def there(shape: Shape) -> Shape:
            return affine_transform(shape, matrix)

        shapes = {name: there(shape) for name, shape in self.shapes.items() if name not in drop}
        kept = unary_union(list(shapes.values()))
        details = [np.asarray(there(LineString(points)).coords) for points in self.details]
        details = [points for points in details if kept.buffer(1).contains(Point(points[len(points) // 2]))]
        return Cut(kept, shapes, details)


def cut(
    outline: Polygon,
    lines: list[LineString],
    seeds: dict[str, str],
    details: list[np.ndarray],
    included: list[Cut],
    *,
    half: bool,
) -> Cut:
    """
    The regions of an outline. ``seeds``: region → points ``"x,y;x,y"`` inside its faces.

    Raises ValueError for a seed outside every face, two regions in one face, or a large face without a seed.
    """
    inner = unary_union([other.outline for other in included]) if included else Polygon()
    edges = [outline.boundary, *(line.difference(inner.buffer(-0.5)) for line in lines)]
    edges += [shape.boundary for other in included for shape in other.shapes.values()]
    faces = list(polygonize(unary_union([set_precision(edge, 0.01) for edge in edges])))
    faces = [face for face in faces if outline.buffer(0.1).contains(face.representative_point())]
    owners: dict[int, str] = {}
    for region, point in _all_seeds(seeds, included):
        _claim(owners, faces, region, point)
    shapes = _joined(faces, owners)
    names = list(shapes)
    simple = coverage_simplify([shapes[name] for name in names], TOLERANCE)
    if half:
        simple = [_on_the_midline(shape) for shape in simple]
    all_details = details + [points for other in included for points in other.details]
    return Cut(outline, dict(zip(names, simple, strict=True)), all_details)


def _all_seeds(seeds: dict[str, str], included: list[Cut]) -> Iterator[tuple[str, Point]]:
    for region, text in seeds.items():
        for at in text.split(";"):
            yield region, Point(points_of(at)[0])
    for other in included:
        for region, shape in other.shapes.items():
            right = shape.intersection(box(0.01, -500, 2000, 2000))
            yield region, right.representative_point()


def _claim(owners: dict[int, str], faces: list[Polygon], region: str, point: Point) -> None:
    held = [i for i, face in enumerate(faces) if face.contains(point)]
    if not held:
        raise ValueError(f"the seed of {region} at {point.x:.0f},{point.y:.0f} lies in no face")
    if owners.setdefault(held[0], region) != region:
        raise ValueError(f"{region} and {owners[held[0]]} share a face at {point.x:.0f},{point.y:.0f}")


def _joined(faces: list[Polygon], owners: dict[int, str]) -> dict[str, Polygon]:
    """The faces of each region as one polygon; slivers join the neighbour with the longest border."""
    owned = dict(owners)
    slivers = [i for i in range(len(faces)) if i not in owned]
    for i in slivers:
        if faces[i].area > SLIVER:
            at = faces[i].representative_point()
            raise ValueError(f"no seed for the face at {at.x:.0f},{at.y:.0f} ({faces[i].area:.0f} units)")
    while slivers:
        left = [i for i in slivers if not _adopted(i, faces, owned)]
        if left == slivers:
            break
        slivers = left
    shapes = {}
    for region in dict.fromkeys(owned.values()):
        joined = unary_union([faces[i] for i, owner in owned.items() if owner == region])
        shapes[region] = max(getattr(joined, "geoms", [joined]), key=lambda piece: piece.area)
    return shapes


def _adopted(sliver: int, faces: list[Polygon], owners: dict[int, str]) -> bool:
    """Give the sliver to the owner that it shares its longest border with, if there is one."""
    face = faces[sliver]
    borders = {
        owners[j]: face.boundary.intersection(faces[j].buffer(0.02)).length
        for j in owners
        if faces[j].distance(face) < 0.02
    }
    if borders:
        owners[sliver] = max(borders, key=borders.__getitem__)
    return bool(borders)


def _on_the_midline(shape: Polygon) -> Polygon:
    """What lies a hair off the midline is put on it, so that mirrored halves join."""
    return transform(shape, lambda points: np.where(abs(points) < 0.05, 0, points))
