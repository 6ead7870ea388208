"""
A force trace: samples in order of time, with what can't be true left out and named.

Left out are lines without a number and spikes; lines of one and the same time count as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from unknot.errors import InputError

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

SLOWEST_S = 1.0
"""Samples further apart than this don't show a hold."""
LONGEST_S = 24 * 3600.0
"""No visit is longer; a clock in milliseconds would be."""
LARGEST = 1e13
"""Beyond it a clock or a force is no number of a sensor."""
HOLE = 2.5
"""A hole is so much longer than the longest intervals that are usual (their 95th percentile)."""
SPIKE_S = 0.05
"""A spike is over sooner than this: no hand is so quick."""
SPIKE_SAMPLES = 3
SPIKE_SHARE = 0.15
SPIKE_SCATTER = 8.0
"""A spike stands out by a share of the strongest force, and by many times what its neighbours scatter."""
NEIGHBOURS = 20
LISTED = 5


class Hole(NamedTuple):
    """Where samples are missing: the last before and the first after, in the trace's clock."""

    start_s: float
    end_s: float


class Trace(msgspec.Struct, frozen=True, eq=False):
    """
    Samples of force over time, as `trace_of` makes them.

    ``time_s`` rises strictly, ``force_n`` is in newtons as the sensor gave them; both of shape (n,), n > 0,
    and finite. ``warnings`` say in words what was left out.
    """

    time_s: Floats
    force_n: Floats
    warnings: tuple[str, ...] = ()


def trace_of(
    time_s: Sequence[float] | Floats,
    force_n: Sequence[float] | Floats,
    *,
    lines: Sequence[int] | Whole | None = None,
) -> Trace:
    """
    A trace of times (seconds of any clock) and forces (newtons), both of one length.

    What isn't finite is left out. ``lines`` are what warnings and errors call the samples by; else they are
    counted from 1.

    Raises InputError where there is no sample, the clock jumps back, or time can't be in seconds.

    >>> trace_of([0.0, 0.1, 0.1, 0.2], [5.0, float("nan"), 5.0, 5.0]).warnings
    ('left out, no number: line 2',)
    """
    time, force = (np.asarray(values, dtype=np.float64) for values in (time_s, force_n))
    line = np.arange(1, len(time) + 1) if lines is None else np.asarray(lines, dtype=np.intp)
    timed, there = _is_number(time), _is_number(time) & _is_number(force)
    _check_clock(time[timed], line[timed])
    warnings = _named("left out, no number", line[~there])
    warnings += _named_holes(holes(np.unique(time[timed])))
    time, force, line = time[there], force[there], line[there]
    if not len(time):
        raise InputError("there is no sample in it: no line has both a time and a force")
    time, force, line, twice = _merged(time, force, line)
    warnings += _named("counted as one with the line before, which has the same time", twice)
    spikes = _spikes(time, force)
    warnings += _named("left out as a spike, over within a moment", line[spikes])
    time, force = time[~spikes], force[~spikes]
    _check_pace(time)
    return Trace(time, force, tuple(warnings))


def holes(time_s: Floats) -> list[Hole]:
    """Where samples lie much further apart than is usual in a trace whose times are ``time_s``."""
    if len(time_s) < 3:
        return []
    steps = np.diff(time_s)
    usual = float(np.percentile(steps, 95))
    return [Hole(float(time_s[i]), float(time_s[i + 1])) for i in np.flatnonzero(steps > HOLE * usual)]


def _is_number(values: Floats) -> Mask:
    return np.isfinite(values) & (np.abs(values) <= LARGEST)


def _check_clock(time: Floats, line: Whole) -> None:
    back = np.flatnonzero(np.diff(time) < 0)
    if len(back):
        at = int(back[0])
        raise InputError(
            f"the clock jumps back in line {line[at + 1]}, from {time[at]:.10g} to {time[at + 1]:.10g} s: "
            "give one trace in the order of time"
        )


def _check_pace(time: Floats) -> None:
    if time[-1] - time[0] > LONGEST_S:
        raise InputError(f"the trace lasts {time[-1] - time[0]:.0f} s, more than a day: is time in seconds?")
    if len(time) > 1 and (pace := float(np.median(np.diff(time)))) > SLOWEST_S:
        raise InputError(
            f"samples lie {pace:.3g} s apart, and holds show from one a second on: is time in seconds?"
        )


def _merged(time: Floats, force: Floats, line: Whole) -> tuple[Floats, Floats, Whole, Whole]:
    """One sample a time, with the mean of its forces; last, the lines that were counted with another."""
    is_new = np.concatenate([[True], np.diff(time) > 0])
    firsts = np.flatnonzero(is_new)
    if len(firsts) == len(time):
        return time, force, line, line[:0]
    counts = np.diff(np.append(firsts, len(time)))
    return time[firsts], np.add.reduceat(force, firsts) / counts, line[firsts], line[~is_new]


def _spikes(time: Floats, force: Floats) -> Mask:
    """Which samples stand out of both their sides for a moment, far beyond what is usual there."""
    found = np.zeros(len(force), dtype=np.bool_)
    if len(force) < NEIGHBOURS:
        return found
    reach = int(np.clip(SPIKE_S / np.median(np.diff(time)), 1, SPIKE_SAMPLES))
    out = np.abs(force - running_median(force, 2 * reach + 1))
    strongest = float(np.percentile(force, 99) - np.percentile(force, 1))
    for at in np.flatnonzero(out > SPIKE_SHARE * strongest):
        found[at] = out[at] > SPIKE_SCATTER * _scatter(force, int(at), reach)
    return found


def _scatter(force: Floats, at: int, reach: int) -> float:
    """What the neighbours scatter from one to the next, on that side of the moment where they do so more."""
    before = force[max(0, at - reach - NEIGHBOURS) : max(0, at - reach + 1)]
    after = force[at + reach : at + reach + NEIGHBOURS + 1]
    return max(float(np.median(np.abs(np.diff(side)))) for side in (before, after) if len(side) > 1)


def running_median(values: Floats, width: int) -> Floats:
    """The median of ``width`` values (odd) around each; past the ends the values are mirrored."""
    padded = np.pad(values, width // 2, mode="symmetric")
    middle: Floats = np.median(np.lib.stride_tricks.sliding_window_view(padded, width), axis=1)
    return middle


def _named(what: str, lines: Whole) -> list[str]:
    if not len(lines):
        return []
    listed = ", ".join(str(line) for line in lines[:LISTED])
    if len(lines) == 1:
        return [f"{what}: line {listed}"]
    more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return [f"{what}: lines {listed}{more}"]


def _named_holes(found: list[Hole]) -> list[str]:
    if not found:
        return []
    listed = ", ".join(f"{end - start:.3g} s from {start:.10g}" for start, end in found[:LISTED])
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return [f"no sample for a while (a hole): {listed}{more}"]
