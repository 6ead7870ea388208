"""The body's outline: one half of the highlighter's figure, made sex-neutral, as a polygon of (u, y)."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from shapely import Polygon, box, transform
from shapely.geometry.base import BaseGeometry
from svgpathtools import parse_path

AXIS = 362.0
"""The midline of the front figure in the package's drawing; ``u`` is the distance from it."""
DRAWING = "package/dist/components/SvgMaleWrapper.js"

# How much wider or narrower than the drawing, by height: slimmer neck and shoulders, fuller hips.
HEIGHTS = [0, 190, 215, 262, 300, 420, 480, 560, 640, 720, 800, 920, 1500]
WIDTHS = [1, 1.0, 0.94, 0.88, 0.93, 0.93, 0.93, 0.95, 1.0, 1.05, 1.04, 1.0, 1.0]
# The drawing's shoulders are square: these slope, by the distance from the midline.
OUTWARDS = [36, 60, 80, 100, 125, 150, 166]
DROPS = [0, -2.5, -4, -1, 4.5, 5, 1]
HANDS = 690
"""Below this height, beside the legs, are hands: fingers are not smoothed away."""
FEET = 1290


def half_body(package: Path) -> Polygon:
    """The viewer's right half of the body from the front, below the head."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(DRAWING)
        if member is None:
            raise FileNotFoundError(DRAWING)
        drawing = member.read().decode()
    whole = _polygon(re.findall(r' d="([^"]+)"', drawing)[0])
    shifted = transform(whole, lambda points: points - [AXIS, 0])
    half = max(_pieces(shifted.intersection(box(0, 236, 400, 1500))), key=lambda piece: piece.area)
    return Polygon(_smoothed(_neutral(np.asarray(half.exterior.coords)[:-1]))).buffer(0)


def _neutral(points: np.ndarray) -> np.ndarray:
    u, y = points[:, 0] * np.interp(points[:, 1], HEIGHTS, WIDTHS), points[:, 1]
    sloped = np.interp(u, OUTWARDS, DROPS) * np.interp(y, [325, 365], [1, 0])
    return np.column_stack([u, y + sloped])


def _smoothed(points: np.ndarray, reach: int = 9) -> np.ndarray:
    """A running mean along the contour, except on the midline, hands and feet."""
    weights = np.hanning(2 * reach + 3)[1:-1]
    weights /= weights.sum()
    around = np.vstack([points[-reach:], points, points[:reach]])
    soft = np.column_stack([np.convolve(around[:, k], weights, mode="valid") for k in (0, 1)])
    fine = (
        (points[:, 0] > 195) & (points[:, 1] > HANDS)
        | (points[:, 1] > FEET)
        | (points[:, 0] < 12)
        | (points[:, 1] < 246)
    )
    return np.where(fine[:, None], points, soft)


def _polygon(d: str, step: float = 2.0) -> Polygon:
    points = []
    for segment in parse_path(d).continuous_subpaths()[0]:
        count = max(int(segment.length(error=1e-2) / step), 1)
        points += [segment.point(i / count) for i in range(count)]
    return Polygon([(p.real, p.imag) for p in points]).buffer(0)


def _pieces(shape: BaseGeometry) -> Sequence[Polygon]:
    return getattr(shape, "geoms", [shape])
