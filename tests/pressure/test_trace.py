"""What is left out of a trace, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from unknot.errors import InputError
from unknot.pressure import find_holds, trace_of


def test_what_is_no_number_is_left_out_and_named(one_hold) -> None:
    time, force = one_hold[0].copy(), one_hold[1].copy()
    force[[900, 950, 1000]] = [np.nan, np.inf, -np.inf]
    time[970] = np.nan
    trace = trace_of(time, force)
    assert trace.warnings == ("left out, no number: lines 901, 951, 971, 1001",)
    assert len(trace.time_s) == len(time) - 4


def test_long_lists_of_lines_are_cut(one_hold) -> None:
    time, force = one_hold[0], one_hold[1].copy()
    force[800:840] = np.nan
    assert trace_of(time, force).warnings == (
        "left out, no number: lines 801, 802, 803, 804, 805 and 35 more",
    )


@pytest.mark.parametrize("height", [300.0, -60.0, 5.0])
def test_a_spike_is_left_out_named_and_changes_nothing(one_hold, height) -> None:
    time, force = one_hold[0], one_hold[1].copy()
    force[1200] = height
    trace = trace_of(time, force)
    assert trace.warnings == ("left out as a spike, over within a moment: line 1201",)
    (hold,), (clean,) = find_holds(trace).holds, find_holds(trace_of(*one_hold)).holds
    assert (hold.start_s, hold.end_s, hold.mean_n) == pytest.approx(
        (clean.start_s, clean.end_s, clean.mean_n), rel=1e-3
    )
    assert hold.steadiness == "steady"


@pytest.mark.parametrize("rate_hz", [5, 10, 30, 100])
def test_noise_and_quick_presses_are_no_spikes(drawn, rate_hz) -> None:
    corners = (
        (0, 0),
        (2, 0),
        (2.3, 20),
        (13, 20),
        (13.2, 0),
        (13.6, 0),
        (13.8, 20),
        (24, 20),
        (24.3, 0),
        (27, 0),
    )
    assert drawn(*corners, rate_hz=rate_hz, noise=0.05).warnings == ()


def test_a_tremor_is_no_spike() -> None:
    time = np.arange(0, 20, 1 / 30)
    assert trace_of(time, 20 + 6 * np.sin(2 * np.pi * 13 * time)).warnings == ()


def test_lines_of_one_time_count_as_one_with_their_mean() -> None:
    trace = trace_of([0, 0.1, 0.1, 0.1, 0.2], [1, 2, 3, 4, 5])
    assert trace.time_s.tolist() == [0, 0.1, 0.2]
    assert trace.force_n.tolist() == [1, 3, 5]
    assert trace.warnings == ("counted as one with the line before, which has the same time: lines 3, 4",)


@pytest.mark.parametrize(
    ("times", "what"),
    [
        ([], "no sample"),
        ([float("nan")] * 3, "no sample"),
        ([0, 1, 2, 1.5], "jumps back in line 4, from 2 to 1.5 s"),
        ([0, 10, 20, 30], "samples lie 10 s apart"),
        ([0, 1, 2, 90_000], "more than a day"),
    ],
)
def test_a_clock_that_cannot_be_read_for_certain_is_refused(times, what) -> None:
    with pytest.raises(InputError, match=what):
        trace_of(times, [1.0] * len(times))


def test_forces_without_a_number_are_refused() -> None:
    with pytest.raises(InputError, match="no sample"):
        trace_of([0, 0.1, 0.2], [float("nan")] * 3)
