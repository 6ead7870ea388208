"""
Levels of force: a trace on an even grid, what the sensor shows when nobody presses, where force stays.

A trace is cut where samples are missing for as long as the shortest hold. Each piece is laid on a grid of
about 20 points a second (or the trace's own pace where that is slower) and smoothed by a running median,
which keeps the corners where pressing begins and ends, and takes away tremor, noise and what lasts a moment.
"""

from __future__ import annotations

import msgspec
import numpy as np

from unknot.errors import InputError
from unknot.pressure.result import SHORTEST_HOLD_S
from unknot.pressure.trace import Floats, Hole, Mask, Trace, running_median

GRID_S = 0.05
SMOOTHED_OVER_S = 0.75
REST_S = 0.5
"""Nobody presses for so long at least, or it isn't seen."""
TOUCH_SHARE = 0.1
TOUCH_N = 0.5
"""What stays below a tenth of the strongest force that was kept, or below 0.5 N, is touch and no hold."""
SURELY_REST = 0.25
PERHAPS_REST = 0.5
"""The lowest force is the sensor's offset up to a quarter of the strongest; where the trace begins and ends
with it, up to a half. Beyond, it may be a light hold."""
OFFSET_SHARE = 0.005
OFFSET_N = 0.1
CHANCE = 4
"""An offset says something beyond both, and beyond four standard errors."""
WANDER_SHARE = 0.03
"""By more than this of the strongest force the offset moves."""


class Piece(msgspec.Struct, frozen=True, eq=False):
    """
    A stretch of a trace without a long hole.

    ``time_s`` and ``force_n`` are its samples; ``grid_s`` the even grid, its points ``step_s`` apart, and
    ``smooth_n`` the force on it, smoothed; ``holes`` are the short ones within.
    """

    time_s: Floats
    force_n: Floats
    grid_s: Floats
    smooth_n: Floats
    step_s: float
    holes: tuple[Hole, ...]


class Zero(msgspec.Struct, frozen=True, eq=False):
    """What the sensor shows when nobody presses: ``force_n`` at ``time_s``, straight between them."""

    time_s: Floats
    force_n: Floats
    warnings: tuple[str, ...] = ()

    def at(self, time_s: Floats) -> Floats:
        """The offset at some times."""
        return np.interp(time_s, self.time_s, self.force_n)


def pieces(trace: Trace, missing: list[Hole]) -> list[Piece]:
    """The trace, cut where samples are missing for 3 s or more; a lone sample is no piece."""
    cuts = [start for start, end in missing if end - start >= SHORTEST_HOLD_S]
    edges = np.searchsorted(trace.time_s, cuts, side="right")
    step = _step_s(trace.time_s)
    return [
        _piece(time, force, step, missing)
        for time, force in zip(np.split(trace.time_s, edges), np.split(trace.force_n, edges), strict=True)
        if len(time) > 1
    ]


def _step_s(time: Floats) -> float:
    """Nearly 0.05 s, and a whole number of samples: else a tremor would look slower than it is."""
    if len(time) < 2:
        return GRID_S
    pace = float(np.median(np.diff(time)))
    return pace * max(1, round(GRID_S / pace))


def _piece(time: Floats, force: Floats, step: float, missing: list[Hole]) -> Piece:
    grid, on_grid = _gridded(time, force, step)
    width = 2 * max(1, int(SMOOTHED_OVER_S / step / 2)) + 1
    inside = tuple(hole for hole in missing if time[0] <= hole.start_s and hole.end_s <= time[-1])
    return Piece(time, force, grid, running_median(on_grid, width), step, inside)


def _gridded(time: Floats, force: Floats, step: float) -> tuple[Floats, Floats]:
    """The mean of the samples around each point of the grid; where there are none, straight between."""
    count = int((time[-1] - time[0]) / step + 0.5) + 1
    grid = time[0] + step * np.arange(count)
    cell = np.minimum(((time - time[0]) / step + 0.5).astype(np.intp), count - 1)
    firsts = np.flatnonzero(np.diff(cell, prepend=-1))
    sizes = np.diff(np.append(firsts, len(cell)))
    times, forces = (np.add.reduceat(values, firsts) / sizes for values in (time - time[0], force))
    return grid, np.interp(grid - time[0], times, forces)


def zero_of(parts: list[Piece]) -> Zero:
    """
    The sensor's offset, from the times when nobody presses.

    The lowest force that stays for half a second is taken for it, unless that may be a light hold: then
    nothing is taken off and the warning says so. Where it moves from one rest to another it's followed.

    Raises InputError where the force is mostly below zero, as if the sensor's sign were turned round.
    """
    lowest = min(float(_highest(p.smooth_n, REST_S, p.step_s).min()) for p in parts)
    strongest = max(float(_lowest(p.smooth_n, SHORTEST_HOLD_S, p.step_s).max()) for p in parts)
    span = max(0.0, strongest - lowest)
    limit = lowest + TOUCH_SHARE * span
    begins_and_ends = parts[0].smooth_n[0] <= limit and parts[-1].smooth_n[-1] <= limit
    if -lowest > PERHAPS_REST * span > PERHAPS_REST * TOUCH_N and not begins_and_ends:
        raise InputError(
            f"the force goes down to {lowest:.3g} N and stays: is the sensor's sign turned round?"
        )
    if lowest > (PERHAPS_REST if begins_and_ends else SURELY_REST) * strongest:
        return _untold(lowest)
    rests = _rests(parts, limit)
    return _zero_at(rests, span) if rests else _untold(lowest)


def _untold(lowest: float) -> Zero:
    if abs(lowest) <= TOUCH_N:
        return Zero(np.zeros(1), np.zeros(1))
    warning = f"the lowest force is {lowest:.3g} N: an offset of the sensor can't be told"
    return Zero(np.zeros(1), np.zeros(1), (warning,))


def _rests(parts: list[Piece], limit: float) -> list[tuple[Floats, Floats]]:
    """The samples of each stretch of half a second or more in which force stays under the limit."""
    found = []
    for part in parts:
        for first, last in runs(part.smooth_n <= limit):
            start, end = part.grid_s[first], part.grid_s[last]
            if end - start >= REST_S - part.step_s:
                inside = slice(*np.searchsorted(part.time_s, [start, end]))
                found.append((part.time_s[inside], part.force_n[inside]))
    return [rest for rest in found if len(rest[0])]


def _zero_at(rests: list[tuple[Floats, Floats]], span: float) -> Zero:
    middles = np.array([time.mean() for time, _ in rests])
    medians = np.array([float(np.median(force)) for _, force in rests])
    low, high = float(medians.min()), float(medians.max())
    if high - low > max(WANDER_SHARE * span, OFFSET_N, *(2 * _by_chance(force) for _, force in rests)):
        moves = f"the sensor's offset moves from {medians[0]:.3g} to {medians[-1]:.3g} N"
        return Zero(middles, medians, (f"{moves} (between {low:.3g} and {high:.3g}): it was taken off",))
    samples = np.concatenate([force for _, force in rests])
    offset = float(np.median(samples))
    if abs(offset) <= max(OFFSET_SHARE * span, OFFSET_N, _by_chance(samples)):
        return Zero(np.zeros(1), np.zeros(1))
    warning = f"the sensor shows {offset:.3g} N when nobody presses (an offset): it was taken off"
    return Zero(np.zeros(1), np.array([offset]), (warning,))


def _by_chance(force: Floats) -> float:
    """So far the middle of some samples may lie off by chance, in newtons."""
    return CHANCE * float(force.std() / np.sqrt(len(force)))


def touch_n(parts: list[Piece], zero: Zero) -> float:
    """The force, above the offset, from which on somebody presses rather than touches."""
    kept = (
        _lowest(part.smooth_n - zero.at(part.grid_s), SHORTEST_HOLD_S, part.step_s).max() for part in parts
    )
    return max(TOUCH_N, TOUCH_SHARE * float(max(kept)))


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The first and last index of each stretch that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def windows(values: Floats, seconds: float, step_s: float) -> Floats:
    """Every stretch of so many seconds, as rows; the whole where it is shorter."""
    width = min(len(values), round(seconds / step_s) + 1)
    return np.lib.stride_tricks.sliding_window_view(values, width)


def _lowest(values: Floats, seconds: float, step_s: float) -> Floats:
    lowest: Floats = windows(values, seconds, step_s).min(axis=1)
    return lowest


def _highest(values: Floats, seconds: float, step_s: float) -> Floats:
    highest: Floats = windows(values, seconds, step_s).max(axis=1)
    return highest
