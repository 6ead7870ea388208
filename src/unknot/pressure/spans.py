"""
From when to when force is kept on one level.

Force *stays* where it changes by less than 15 % within a second. Neighbouring stretches in which it stays are
one hold where their levels differ by less than a quarter and nothing between them goes further off. Then each
hold gets its edges: it begins when force comes within a tenth of its level and ends when it begins to let go.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from unknot.pressure.levels import Piece, Zero, runs, windows
from unknot.pressure.result import SHORTEST_HOLD_S
from unknot.pressure.trace import Floats, Mask, Whole

STAYS_SHARE, STAYS_S = 0.15, 1.0
SUDDEN_SHARE = 0.23
"""A quarter, less what noise may take from it."""
AWAY_SHARES = (0.1, 0.2)
"""Near a level and far from it. A hold begins when it's near; letting go is seen between the two, and its
beginning found by going straight back."""
SIGHT_S = 3.0
"""Over so much a level's line is laid."""
FLAT_SHARE = 0.05
"""A line that rises or falls by less of its level may do so by chance, and is laid flat."""
LONG_HOLE_S = 0.5
FORGIVEN_S = 0.1
"""A start and an end are together known to this and to a point of the grid."""


class Line(NamedTuple):
    """A level at a point of the grid, and its change from each point to the next; in newtons."""

    at: int
    level: float
    slope: float


class Span(NamedTuple):
    """From when to when a hold lasts; whether its beginning and its end were cut off."""

    start_s: float
    end_s: float
    is_begun_before: bool
    is_ended_after: bool


# Where force stays


def spans_of(part: Piece, zero: Zero, touch: float) -> list[Span]:
    """The holds of a piece, in order of time; ``touch`` is the least force that is one, in newtons."""
    force = part.smooth_n - zero.at(part.grid_s)
    stays = _joined(runs(_stays(part, force) & (force > touch)), part, force)
    let_go = np.flatnonzero(force <= touch)
    found = [_span(part, force, let_go, stays, number) for number in range(len(stays))]
    shortest = SHORTEST_HOLD_S - FORGIVEN_S - part.step_s
    return [span for span in _in_turn(found) if span.end_s - span.start_s >= shortest]


def _in_turn(spans: list[Span]) -> list[Span]:
    """The same, but that none goes on when the next has begun: in much noise edges are seen too far out."""
    ended = [before._replace(end_s=min(before.end_s, after.start_s)) for before, after in pairwise(spans)]
    return ended + spans[-1:]


def _stays(part: Piece, force: Floats) -> Mask:
    """Where force changes little within the second around, and is known."""
    reach = _reach(part)
    around = windows(np.pad(force, reach, mode="edge"), 2 * reach * part.step_s, part.step_s)
    highest = around.max(axis=1)
    stays: Mask = highest - around.min(axis=1) <= STAYS_SHARE * highest
    for start, end in part.holes:
        if end - start > LONG_HOLE_S:
            stays &= (part.grid_s <= start) | (part.grid_s >= end)
    return stays


def _reach(part: Piece) -> int:
    """Half a second, in points of the grid."""
    return max(1, round(STAYS_S / 2 / part.step_s))


def _joined(stays: list[tuple[int, int]], part: Piece, force: Floats) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for stay in stays:
        if joined and _is_one_level(joined[-1], stay, part, force):
            joined[-1] = (joined[-1][0], stay[1])
        else:
            joined.append(stay)
    return joined


def _is_one_level(before: tuple[int, int], after: tuple[int, int], part: Piece, force: Floats) -> bool:
    """Whether the level changes by less than a quarter, and nothing between goes off by as much."""
    level, next_level = _ends_on(before, part, force).level, _begins_on(after, part, force).level
    between = force[before[1] : after[0] + 1]
    low, high = min(level, next_level), max(level, next_level)
    return bool(
        abs(next_level - level) < SUDDEN_SHARE * level
        and between.min() > (1 - SUDDEN_SHARE) * low
        and between.max() < (1 + SUDDEN_SHARE) * high
    )


# The level at either edge


def _begins_on(stay: tuple[int, int], part: Piece, force: Floats) -> Line:
    """The line of the first seconds, but for the very first half: there force may still be coming."""
    first, last = stay
    at = min(first + _reach(part), max(first, last - _reach(part)))
    until = min(last, at + round(SIGHT_S / part.step_s))
    return _line(force[at : until + 1], at, 0, part)


def _ends_on(stay: tuple[int, int], part: Piece, force: Floats) -> Line:
    """The line of the last seconds, but for the very last half: there force may be going already."""
    first, last = stay
    at = max(last - _reach(part), min(last, first + _reach(part)))
    begin = max(first, at - round(SIGHT_S / part.step_s))
    return _line(force[begin : at + 1], at, at - begin, part)


def _line(levels: Floats, at: int, place: int, part: Piece) -> Line:
    """The line through levels, at a place among them; flat where they are too few, or it nearly is."""
    if len(levels) <= round(SIGHT_S / part.step_s):
        return Line(at, float(np.median(levels)), 0.0)
    slope, level = np.polyfit(np.arange(len(levels)) - place, levels, 1)
    if abs(slope) * len(levels) < FLAT_SHARE * level:
        return Line(at, float(np.median(levels)), 0.0)
    return Line(at, float(level), float(slope))


def _off(force: Floats, first: int, last: int, line: Line) -> Floats:
    """How far force is off a line from one point of the grid to another, as a share of the line's level."""
    along = line.level + line.slope * (np.arange(first, last + 1) - line.at)
    off: Floats = np.abs(force[first : last + 1] - along) / line.level
    return off


# The edges of a hold


def _span(part: Piece, force: Floats, let_go: Whole, stays: list[tuple[int, int]], number: int) -> Span:
    stay = stays[number]
    earliest = stays[number - 1][1] - _reach(part) if number else 0
    latest = stays[number + 1][0] + _reach(part) if number + 1 < len(stays) else len(force)
    place = int(np.searchsorted(let_go, stay[0]))
    before, after = let_go[max(0, place - 1) : place], let_go[np.searchsorted(let_go, stay[1]) :][:1]
    start = _start(part, force, stay, max(0, earliest, *before.tolist()))
    end = _end(part, force, stay, min(latest, len(force) - 1, *after.tolist()))
    span = Span(
        start_s=float(part.time_s[0] + start * part.step_s),
        end_s=float(min(part.time_s[0] + end * part.step_s, part.time_s[-1])),
        is_begun_before=start == 0,
        is_ended_after=end == len(force) - 1,
    )
    return _outside_holes(span, part)


def _outside_holes(span: Span, part: Piece) -> Span:
    """A hold that would begin or end within a hole does so at the samples around it."""
    for start, end in part.holes:
        if end - start > LONG_HOLE_S and start < span.start_s < end:
            span = span._replace(start_s=end, is_begun_before=True)
        if end - start > LONG_HOLE_S and start < span.end_s < end:
            span = span._replace(end_s=start, is_ended_after=True)
    return span


def _start(part: Piece, force: Floats, stay: tuple[int, int], earliest: int) -> float:
    """The place on the grid where force, coming from far off, is within a tenth of its level."""
    line = _begins_on(stay, part, force)
    off = _off(force, earliest, line.at, line)
    near, far = AWAY_SHARES
    outside = np.flatnonzero(off > far)
    came = int(outside[-1]) + 1 if len(outside) else 0
    within = np.flatnonzero(off[came:] <= near)
    first = came + int(within[0]) if len(within) else len(off) - 1
    if first == 0:
        return earliest
    return earliest + first - 1 + _crossing(off[first - 1], off[first], near)


def _end(part: Piece, force: Floats, stay: tuple[int, int], latest: int) -> float:
    """The place on the grid where force begins to leave its line, for good."""
    line = _ends_on(stay, part, force)
    off = _off(force, line.at, latest, line)
    near, far = AWAY_SHARES
    gone = np.flatnonzero(off > far)
    until = int(gone[0]) if len(gone) else len(off) - 1
    within = np.flatnonzero(off[: until + 1] <= near)
    last = int(within[-1]) if len(within) else 0
    if last == len(off) - 1:
        return latest
    leaves = last + _crossing(off[last], off[last + 1], near)
    if not len(gone) or until == 0:
        return line.at + leaves
    passes = until - 1 + _crossing(off[until - 1], off[until], far)
    return line.at + max(0.0, leaves - (passes - leaves) * near / (far - near))


def _crossing(before: float, after: float, limit: float) -> float:
    """Where between two points a value passes the limit, from 0 to 1."""
    return float(np.clip((limit - before) / (after - before), 0, 1)) if after != before else 0.0
