"""
A force trace as a small picture: the curve over time, its holds shaded, each with its seconds.

Strokes and fills are attributes, which a style sheet may override by class: no ``style=``, so that a strict
content security policy holds. Lines and letters have the colour of the text around them.

====================  =======================================================================
class                 on
====================  =======================================================================
``trace``             the picture
``trace-hold``        a shaded hold; with ``trace-within`` or ``trace-outside`` its target
``trace-seconds``     how long it lasted, above it; "not in target" isn't told by colour alone
``trace-curve``       the force
``trace-axis``        lines and numbers of the axes
====================  =======================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil, floor, log10
from typing import TypeVar

import numpy as np

from unknot.pressure.result import Hold, Reading
from unknot.pressure.trace import Floats, Trace, holes

WIDTH, HEIGHT = 640.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 632.0, 22.0, 170.0
Amount = TypeVar("Amount", float, Floats)

COLUMNS = 580
"""A curve has no more than a lowest and a highest point for each of these."""
TICKS = 6
WITHIN, OUTSIDE = "#2a9d68", "#c77a1b"
NARROWEST_LABEL = 30.0


class _Scale:
    """From seconds and newtons to the places of the picture."""

    def __init__(self, trace: Trace) -> None:
        """Show the whole trace, and zero."""
        self.begin_s, self.end_s = float(trace.time_s[0]), float(trace.time_s[-1])
        self.low_n = min(0.0, float(trace.force_n.min()))
        self.high_n = max(self.low_n + 1.0, float(trace.force_n.max()))
        self.lasts_s = max(self.end_s - self.begin_s, 1e-3)

    def x(self, time_s: Amount) -> Amount:
        """How far to the right."""
        return LEFT + (time_s - self.begin_s) / self.lasts_s * (RIGHT - LEFT)

    def y(self, force_n: Amount) -> Amount:
        """How far down."""
        return BOTTOM - (force_n - self.low_n) / (self.high_n - self.low_n) * (BOTTOM - TOP)


def render_trace(trace: Trace, reading: Reading, *, title: str, id_prefix: str, description: str = "") -> str:
    """
    The trace as an ``<svg>`` element, with the holds of its reading.

    ``title`` names the picture and ``description`` says in words what it shows, for those who don't see it.
    ``id_prefix`` begins every id. Time counts from the trace's first sample, force is as the sensor gave it.
    The curve is broken where samples are missing.
    """
    scale = _Scale(trace)
    named = f"{id_prefix}-title {id_prefix}-desc" if description else f"{id_prefix}-title"
    described = f'<desc id="{id_prefix}-desc">{escape(description)}</desc>' if description else ""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trace" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'role="img" aria-labelledby="{named}" font-family="sans-serif" font-size="12">'
    )
    return "".join(
        [
            opening,
            f'<title id="{id_prefix}-title">{escape(title)}</title>{described}',
            *(_shaded(hold, scale) for hold in reading.holds),
            *_axes(scale),
            *_curve(trace, scale),
            "</svg>",
        ]
    )


def _shaded(hold: Hold, scale: _Scale) -> str:
    left, right = scale.x(hold.start_s), scale.x(hold.end_s)
    name, colour = ("within", WITHIN) if hold.within_target else ("outside", OUTSIDE)
    dashes = "" if hold.within_target else ' stroke-dasharray="4 3"'
    box = (
        f'<rect class="trace-hold trace-{name}" x="{left:.1f}" y="{TOP:g}" width="{right - left:.1f}" '
        f'height="{BOTTOM - TOP:g}" fill="{colour}" fill-opacity="0.2" stroke="{colour}"{dashes}/>'
    )
    mark = f"{hold.seconds:.0f} s" if right - left >= NARROWEST_LABEL else f"{hold.seconds:.0f}"
    return box + (
        f'<text class="trace-seconds" x="{(left + right) / 2:.1f}" y="{TOP - 6:g}" text-anchor="middle" '
        f'fill="currentColor">{mark}</text>'
    )


def _curve(trace: Trace, scale: _Scale) -> Iterator[str]:
    starts = np.searchsorted(trace.time_s, [hole.end_s for hole in holes(trace.time_s)])
    for time, force in zip(np.split(trace.time_s, starts), np.split(trace.force_n, starts), strict=True):
        places = zip(*_thinned(scale.x(time), scale.y(force)), strict=True)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield (
            f'<polyline class="trace-curve" points="{points}" fill="none" stroke="currentColor" '
            'stroke-width="1.2" stroke-linejoin="round"/>'
        )


def _thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The lowest and the highest point of each narrow column, in order: the eye sees no more."""
    column = ((x - LEFT) / (RIGHT - LEFT) * COLUMNS).astype(np.intp)
    firsts = np.flatnonzero(np.diff(column, prepend=-1))
    if len(x) <= 2 * len(firsts):
        return x, y
    order = np.lexsort((y, column))
    lasts = np.append(firsts[1:], len(x)) - 1
    kept = np.unique(np.concatenate([order[firsts], order[lasts]]))
    return x[kept], y[kept]


def _axes(scale: _Scale) -> Iterator[str]:
    zero = scale.y(0.0)
    yield '<g class="trace-axis" stroke="none" fill="currentColor" fill-opacity="0.75">'
    yield (
        f'<path d="M{LEFT:g} {TOP:g}V{BOTTOM:g}M{LEFT:g} {zero:.1f}H{RIGHT:g}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.5"/>'
    )
    for second in _ticks(0.0, scale.lasts_s):
        x = scale.x(scale.begin_s + second)
        yield f'<text x="{x:.1f}" y="{BOTTOM + 15:g}" text-anchor="middle">{second:g}</text>'
    for force in _ticks(scale.low_n, scale.high_n):
        yield f'<text x="{LEFT - 6:g}" y="{scale.y(force) + 4:.1f}" text-anchor="end">{force:g}</text>'
    yield f'<text x="{RIGHT:g}" y="{HEIGHT - 3:g}" text-anchor="end">s</text>'
    yield f'<text x="{LEFT - 6:g}" y="{TOP - 11:g}" text-anchor="end">N</text></g>'


def _ticks(low: float, high: float) -> Iterator[float]:
    """Round numbers from low to high, about half a dozen."""
    rough = (high - low) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    for count in range(ceil(low / step), floor(high / step) + 1):
        yield round(count * step, 10)
