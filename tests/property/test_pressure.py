"""A hold found in a synthetic trace has the seconds and level it was made with, however it is written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unknot.pressure import Hold, Trace, find_holds, read_trace, trace_of

EDGE_S, LEVEL_SHARE = 0.3, 0.03
"""What start, end and level may be off: that, or three samples where they lie far apart."""
RATES_HZ = (10, 20, 28, 50, 100, 200)

levels = st.floats(8, 60)
seconds = st.floats(3.5, 32)
ramps = st.floats(0.3, 2)


@st.composite
def made(draw):
    """Times, forces, and the holds in them: start, end, level."""
    corners, holds, at = [(0.0, 0.0)], [], 2.0
    for _ in range(draw(st.integers(1, 3))):
        level, lasts, coming, going = draw(levels), draw(seconds), draw(ramps), draw(ramps)
        held = at + coming
        corners += [(at, 0.0), (held, level), (held + lasts, level), (held + lasts + going, 0.0)]
        holds.append((at + 0.9 * coming, held + lasts, level))
        at = held + lasts + going + draw(st.floats(0.7, 4))
    time = np.arange(0, at + 2, 1 / draw(st.sampled_from(RATES_HZ)))
    chance = np.random.default_rng(draw(st.integers(0, 2**32))).standard_normal(len(time))
    force = np.interp(time, *zip(*corners, strict=True)) * (1 + draw(st.floats(0, 0.03)) * chance)
    return time, force, holds


def assert_found(made_trace) -> None:
    time, force, holds = made_trace
    found = find_holds(trace_of(time, force)).holds
    edge = max(EDGE_S, 3 * time[1])
    assert len(found) == len(holds)
    for hold, (start, end, level) in zip(found, holds, strict=True):
        assert (hold.start_s, hold.end_s) == pytest.approx((start, end), abs=edge)
        assert hold.mean_n == pytest.approx(level, rel=LEVEL_SHARE)
        assert hold.steadiness == "steady"


@settings(max_examples=60, deadline=None)
@given(made())
def test_a_hold_has_the_seconds_and_the_level_it_was_made_with(made_trace):
    assert_found(made_trace)


@pytest.mark.long
@settings(max_examples=1500, deadline=None)
@given(made())
def test_many_holds_have_the_seconds_and_the_level_they_were_made_with(made_trace):
    assert_found(made_trace)


def as_numbers(holds: tuple[Hold, ...], *, shift_s: float = 0.0, times: float = 1.0) -> list[object]:
    return [
        value
        for hold in holds
        for value in (
            pytest.approx(hold.start_s + shift_s, abs=0.01, rel=0),
            pytest.approx(hold.end_s + shift_s, abs=0.01, rel=0),
            pytest.approx(hold.mean_n * times, rel=1e-3),
            hold.steadiness,
        )
    ]


def of(trace: Trace) -> list[object]:
    holds = find_holds(trace).holds
    return [v for hold in holds for v in (hold.start_s, hold.end_s, hold.mean_n, hold.steadiness)]


@settings(max_examples=25, deadline=None)
@given(made(), st.floats(0.5, 20))
def test_stronger_is_the_same_but_for_the_level(made_trace, times):
    time, force, _ = made_trace
    assert of(trace_of(time, force * times)) == as_numbers(
        find_holds(trace_of(time, force)).holds, times=times
    )


@settings(max_examples=25, deadline=None)
@given(made(), st.floats(-1e6, 1.8e9))
def test_another_clock_is_the_same_but_for_start_and_end(made_trace, shift_s):
    time, force, _ = made_trace
    plain = find_holds(trace_of(time, force)).holds
    assert of(trace_of(time + shift_s, force)) == as_numbers(plain, shift_s=shift_s)


@settings(max_examples=10, deadline=None)
@given(made(), st.sampled_from(["time_s;force_n", "force_n;time_s", "side\ttime_s\tforce_n"]))
def test_order_of_columns_and_decimal_commas_change_nothing(made_trace, header):
    time, force, _ = made_trace
    separator = "\t" if "\t" in header else ";"
    names = header.split(separator)

    def written(order: list[str], between: str, comma: str) -> bytes:
        columns = {"time_s": time, "force_n": force, "side": np.zeros(len(time))}
        rows = zip(*(columns[name] for name in order), strict=True)
        lines = (between.join(f"{cell:.6f}".replace(".", comma) for cell in row) for row in rows)
        return "\n".join([between.join(order), *lines]).encode()

    plain, other = written(["time_s", "force_n"], ",", "."), written(names, separator, ",")
    assert find_holds(read_trace(other)) == find_holds(read_trace(plain))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.floats(0.001, 4), min_size=1, max_size=60), st.data())
def test_whatever_the_samples_holds_are_in_order_and_within_the_trace(steps, data):
    time = np.cumsum(steps)
    force = data.draw(
        st.lists(st.sampled_from([0.0, 5.0, 20.0, 21.0, 40.0]), min_size=len(time), max_size=len(time))
    )
    assume(len(time) == 1 or np.median(np.diff(time)) <= 1)
    holds = find_holds(trace_of(time, force)).holds
    edges = [edge for hold in holds for edge in (hold.start_s, hold.end_s)]
    assert edges == sorted(edges)
    assert all(time[0] <= edge <= time[-1] for edge in edges)
