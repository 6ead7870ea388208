"""Each sentence of `docs/pressure.md` on holds, by example."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest

from unknot.errors import InputError
from unknot.pressure import Target, find_holds, trace_of

EDGE_S = 0.15


def spans(trace) -> list[tuple[float, float]]:
    return [(round(hold.start_s, 1), round(hold.end_s, 1)) for hold in find_holds(trace).holds]


def assert_spans(trace, *expected: tuple[float, float]) -> None:
    found = [(hold.start_s, hold.end_s) for hold in find_holds(trace).holds]
    assert len(found) == len(expected), found
    for span, wanted in zip(found, expected, strict=True):
        assert span == pytest.approx(wanted, abs=EDGE_S)


# What is a hold


def test_a_hold_lasts_from_within_a_tenth_of_its_level_until_it_begins_to_let_go(drawn) -> None:
    assert_spans(drawn((0, 0), (2, 0), (4, 20), (18, 20), (20, 0), (23, 0)), (3.8, 18))


def test_seconds_and_level_are_those_between(drawn) -> None:
    hold = find_holds(drawn((0, 0), (2, 0), (3, 20), (18, 20), (19, 0), (22, 0))).holds[0]
    assert hold.seconds == hold.end_s - hold.start_s
    assert hold.mean_n == pytest.approx(20, rel=0.01)


@pytest.mark.parametrize(("seconds", "count"), [(2.0, 0), (2.5, 0), (3.0, 1), (4.0, 1)])
def test_three_seconds_make_a_hold(drawn, seconds, count) -> None:
    end = 2.1 + seconds
    trace = drawn((0, 0), (2, 0), (2.1, 20), (end, 20), (end + 0.1, 0), (end + 3, 0))
    assert len(find_holds(trace).holds) == count


@pytest.mark.parametrize("rate_hz", [5, 8, 12.5, 20, 28, 60, 100, 333, 1000])
def test_any_usual_rate_of_samples_will_do(drawn, rate_hz) -> None:
    trace = drawn((0, 0), (2, 0), (3, 20), (18, 20), (19, 0), (22, 0), rate_hz=rate_hz)
    assert_spans(trace, (2.9, 18))


@pytest.mark.parametrize("low", [(13.3, 0), (13.3, 12)])
def test_a_short_release_ends_a_hold_and_begins_the_next(drawn, low) -> None:
    second, force = low
    trace = drawn(
        (0, 0), (2, 0), (3, 20), (13, 20), low, (second + 0.5, force), (14.1, 20), (24, 20), (25, 0), (28, 0)
    )
    assert [round(start) for start, _ in spans(trace)] == [3, 14]


def test_nobody_pressing_is_no_hold(drawn) -> None:
    assert find_holds(drawn((0, 0), (20, 0))).holds == ()


def test_touch_is_no_hold(drawn) -> None:
    trace = drawn((0, 0), (1, 0), (1.2, 1.5), (8, 1.5), (9, 40), (20, 40), (21, 0), (24, 0))
    assert_spans(trace, (8.9, 20))


def test_a_light_hold_beside_a_strong_one_counts(drawn) -> None:
    trace = drawn((0, 0), (2, 0), (3, 40), (13, 40), (14, 0), (16, 0), (17, 6), (27, 6), (28, 0), (31, 0))
    assert_spans(trace, (2.9, 13), (16.9, 27))


def test_a_jab_does_not_hide_the_holds_beside_it(drawn) -> None:
    trace = drawn((0, 0), (2, 0), (2.3, 200), (3, 200), (3.3, 0), (5, 0), (6, 15), (20, 15), (21, 0), (25, 0))
    assert_spans(trace, (5.9, 20))


# Changes of level


@pytest.mark.parametrize("level", [25.0, 26.0, 30.0, 40.0, 15.0, 14.0, 10.0])
@pytest.mark.parametrize("over_s", [0.02, 0.5, 1.0])
def test_a_sudden_change_of_a_quarter_or_more_begins_another_hold(drawn, level, over_s) -> None:
    corners = ((0, 0), (2, 0), (3, 20), (13, 20), (13 + over_s, level), (24, level), (25, 0), (28, 0))
    first, second = find_holds(drawn(*corners)).holds
    assert first.end_s == pytest.approx(13, abs=EDGE_S)
    assert 13 - EDGE_S < second.start_s < 13 + over_s + EDGE_S
    assert (first.mean_n, second.mean_n) == pytest.approx((20, level), rel=0.02)


@pytest.mark.parametrize("level", [24.0, 22.0, 18.0, 16.0])
def test_a_smaller_step_does_not(drawn, level) -> None:
    trace = drawn((0, 0), (2, 0), (3, 20), (13, 20), (13.1, level), (24, level), (25, 0), (28, 0))
    assert_spans(trace, (2.9, 24))


@pytest.mark.parametrize(("first", "last"), [(20, 14), (14, 20), (10, 30), (30, 10)])
def test_a_slow_sag_or_climb_is_one_hold_that_drifts(drawn, first, last) -> None:
    reading = find_holds(drawn((0, 0), (2, 0), (3, first), (23, last), (24, 0), (27, 0)))
    (hold,) = reading.holds
    assert hold.steadiness == "drifting"
    assert hold.seconds == pytest.approx(20.1, abs=0.5)


def test_levels_that_alternate_are_holds_of_their_own(drawn) -> None:
    trace = drawn(
        (0, 0), (2, 0), (3, 20), (13, 20), (13.5, 40), (23, 40), (23.5, 20), (33, 20), (34, 0), (36, 0)
    )
    assert [round(hold.mean_n) for hold in find_holds(trace).holds] == [20, 40, 20]


# Steadiness


def trembling(share: float, hertz: float, rate_hz: float = 100.0, noise: float = 0.0):
    time = np.arange(0, 20, 1 / rate_hz)
    force = np.interp(time, [2, 3, 18, 19], [0, 20, 20, 0])
    chance = np.random.default_rng(3).standard_normal(len(time))
    return trace_of(time, force * (1 + share * np.sin(2 * np.pi * hertz * time) + noise * chance))


@pytest.mark.parametrize("hertz", [4.2, 6, 8, 10, 13.5])
@pytest.mark.parametrize("rate_hz", [30, 100, 1000])
def test_trembling_is_more_than_three_percent_between_4_and_14_hertz(hertz, rate_hz) -> None:
    words = [find_holds(trembling(share, hertz, rate_hz)).holds[0].steadiness for share in (0.02, 0.06, 0.15)]
    assert words == ["steady", "trembling", "trembling"]


@pytest.mark.parametrize("hertz", [1, 2, 20, 35])
def test_what_sways_outside_the_band_is_no_trembling(hertz) -> None:
    assert find_holds(trembling(0.06, hertz)).holds[0].steadiness == "steady"


@pytest.mark.parametrize("rate_hz", [30, 50, 100, 1000])
def test_the_noise_of_a_sensor_is_no_trembling(rate_hz) -> None:
    assert find_holds(trembling(0, 8, rate_hz, noise=0.05)).holds[0].steadiness == "steady"


def test_below_28_samples_a_second_trembling_is_not_claimed_and_it_says_so() -> None:
    slow, quick = (find_holds(trembling(0.1, 8, rate_hz)) for rate_hz in (20, 28))
    assert slow.holds[0].steadiness == "steady"
    assert slow.warnings == ("trembling can't be judged from 20 samples a second: 28 are needed",)
    assert quick.holds[0].steadiness == "trembling"
    assert quick.warnings == ()


@pytest.mark.parametrize(
    ("last", "word"), [(20, "steady"), (18, "steady"), (16, "drifting"), (25, "drifting")]
)
def test_drifting_is_more_than_twelve_percent_from_first_to_last_third(drawn, last, word) -> None:
    trace = drawn((0, 0), (2, 0), (3, 20), (23, last), (24, 0), (27, 0))
    assert find_holds(trace).holds[0].steadiness == word


def test_one_that_trembles_and_drifts_is_trembling_and_the_drift_is_named() -> None:
    time = np.arange(0, 26, 0.01)
    force = np.interp(time, [2, 3, 23, 24], [0, 20, 14, 0]) * (1 + 0.1 * np.sin(50 * time))
    reading = find_holds(trace_of(time, force))
    assert reading.holds[0].steadiness == "trembling"
    assert reading.warnings[0].endswith("trembles and drifts")


# The verdict


@pytest.mark.parametrize(
    ("seconds", "within"), [(8, False), (9.5, False), (10, True), (30, True), (31, False), (40, False)]
)
def test_the_usual_target_is_10_to_30_seconds(drawn, seconds, within) -> None:
    end = 2.5 + seconds
    trace = drawn((0, 0), (2, 0), (2.5, 20), (end, 20), (end + 1, 0), (end + 3, 0))
    assert find_holds(trace).holds[0].within_target is within


def test_another_target_judges_the_same_holds_otherwise(drawn) -> None:
    trace = drawn((0, 0), (2, 0), (2.5, 20), (10, 20), (11, 0), (14, 0))
    assert not find_holds(trace).holds[0].within_target
    assert find_holds(trace, Target(5, 8)).holds[0].within_target


@pytest.mark.parametrize(
    "limits", [(30, 10), (0, 10), (-5, 10), (float("nan"), 10), (5, float("inf")), (1, 2)]
)
def test_a_target_that_none_can_meet_is_refused(limits) -> None:
    with pytest.raises(InputError):
        Target(*limits)


# The sensor's offset

PRESS = ((0, 0), (2, 0), (3, 20), (13, 20), (14, 0), (17, 0))


@pytest.mark.parametrize("offset_n", [0.5, 3, 8, -1, -5, -15])
def test_an_offset_is_found_and_taken_off(drawn, offset_n) -> None:
    reading = find_holds(drawn(*PRESS, offset_n=offset_n))
    assert reading.holds[0].mean_n == pytest.approx(20, rel=0.01)
    assert "when nobody presses (an offset): it was taken off" in reading.warnings[0]


def test_without_an_offset_nothing_is_said(drawn) -> None:
    assert find_holds(drawn(*PRESS)).warnings == ()


def test_an_offset_that_moves_is_followed() -> None:
    time = np.arange(0, 40, 0.01)
    force = np.interp(time, [2, 3, 13, 14, 16, 17, 35, 36], [0, 20, 20, 0, 0, 20, 20, 0])
    reading = find_holds(trace_of(time, force + 0.05 * time))
    assert [hold.mean_n for hold in reading.holds] == pytest.approx([20, 20], rel=0.01)
    assert reading.warnings[0].startswith("the sensor's offset moves from 0.0")


@pytest.mark.parametrize("corners", [((0, 20), (20, 20)), ((0, 12), (10, 12), (10.5, 20), (20, 20))])
def test_an_offset_that_cannot_be_told_is_named(drawn, corners) -> None:
    reading = find_holds(drawn(*corners))
    assert round(reading.holds[0].mean_n) == corners[0][1]
    assert "an offset of the sensor can't be told" in reading.warnings[0]


def test_a_sensor_below_zero_that_nobody_presses_is_named(drawn) -> None:
    reading = find_holds(drawn((0, 0), (20, 0), offset_n=-3))
    assert reading.holds == ()
    assert "offset" in reading.warnings[0]


def test_a_force_mostly_below_zero_is_refused(drawn) -> None:
    with pytest.raises(InputError, match="sign turned round"):
        find_holds(drawn((0, 0), (5, 0), (6, -20), (16, -20), (17, 0), (22, 0)))


# What is missing


def test_a_trace_that_begins_or_ends_in_mid_hold_is_named(drawn) -> None:
    begins = find_holds(drawn((0, 20), (15, 20), (16, 0), (19, 0)))
    ends = find_holds(drawn((0, 0), (3, 0), (4, 20), (18, 20)))
    assert begins.holds[0].start_s == 0
    assert begins.warnings == ("the hold from 0.00 s had begun before the trace did: it may be longer",)
    assert ends.holds[0].end_s == pytest.approx(18, abs=0.02)
    assert "went on when the trace ended: it may be longer" in ends.warnings[0]


def without(one_hold, start_s: float, end_s: float):
    time, force = one_hold
    kept = (time <= start_s) | (time >= end_s)
    return trace_of(time[kept], force[kept])


@pytest.mark.parametrize("length_s", [0.2, 1, 2, 2.8])
def test_a_hold_goes_on_over_a_short_hole_which_is_named(one_hold, length_s) -> None:
    trace = without(one_hold, 8, 8 + length_s)
    assert_spans(trace, (2.9, 23))
    assert find_holds(trace).warnings[0] == f"no sample for a while (a hole): {length_s:g} s from 8"


def test_a_hole_as_long_as_a_hold_ends_it(one_hold) -> None:
    trace = without(one_hold, 8, 13)
    assert_spans(trace, (2.9, 8), (13, 23))
    assert [warning.split(" s ", 1)[-1] for warning in find_holds(trace).warnings[1:]] == [
        "went on when a hole began: it may be longer",
        "had begun before a hole ended: it may be longer",
    ]


def test_another_level_after_a_short_hole_is_another_hold() -> None:
    time = np.arange(0, 26, 0.01)
    force = np.interp(time, [2, 3, 11, 11.1, 23, 24], [0, 20, 20, 30, 30, 0])
    kept = (time <= 10) | (time >= 12)
    assert_spans(trace_of(time[kept], force[kept]), (2.9, 10), (12, 23))


def test_a_long_trace_with_a_long_pause_is_read(one_hold) -> None:
    time, force = one_hold
    trace = trace_of(np.concatenate([time, time + 40_000]), np.concatenate([force, force]))
    assert_spans(trace, (2.9, 23), (40_002.9, 40_023))


def test_one_sample_shows_no_hold() -> None:
    reading = find_holds(trace_of([5.0], [20.0]))
    assert (reading.holds, reading.warnings) == ((), ("one sample alone shows no hold",))


@pytest.mark.parametrize("count", range(2, 12))
def test_very_few_samples_show_none(count) -> None:
    assert find_holds(trace_of(np.arange(count) / 10, np.full(count, 20.0))).holds == ()


@pytest.mark.parametrize(
    "force",
    [np.zeros(500), np.full(500, -3.0), np.full(500, 1e12), np.tile([0.0, 50.0], 250), np.arange(500.0)],
)
def test_odd_forces_are_read_or_refused_and_never_break(force) -> None:
    with suppress(InputError):
        find_holds(trace_of(np.arange(500) / 50, force))


@pytest.mark.parametrize("seed", range(20))
def test_in_much_noise_holds_still_follow_one_another(seed) -> None:
    time = np.arange(0, 40, 0.2)
    chance = np.random.default_rng(seed).standard_normal(len(time))
    force = np.interp(time, [2, 3, 18, 19, 21, 22, 37, 38], [0, 10, 10, 0, 0, 50, 50, 0]) + 1.7 * chance
    edges = [edge for hold in find_holds(trace_of(time, force)).holds for edge in (hold.start_s, hold.end_s)]
    assert edges == sorted(edges)
