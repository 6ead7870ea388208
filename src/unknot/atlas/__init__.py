"""Where on the body: figures, the shapes of regions, which places touch, and pictures of it all."""

from unknot.atlas.body import MAIN, Figure, RegionShape, figure, figures, shapes_of
from unknot.atlas.neighbours import touching
from unknot.atlas.pictures import PointMark, figures_showing, render_figure

__all__ = [
    "MAIN",
    "Figure",
    "PointMark",
    "RegionShape",
    "figure",
    "figures",
    "figures_showing",
    "render_figure",
    "shapes_of",
    "touching",
]
