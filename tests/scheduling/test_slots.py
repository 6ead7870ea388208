"""Each sentence of `docs/scheduling.md`, by example."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from unknot.errors import InputError
from unknot.scheduling import read_schedule, slots_of

NEW_YORK = "America/New_York"
MONDAY = "2026-06-08"
ALWAYS = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(7)]


def on(date: str, *hours: str) -> dict[str, Any]:
    """An override: ``on("2026-06-08", "09:00-17:00")``."""
    ranges = [dict(zip(("start", "end"), h.split("-"), strict=True)) for h in hours]
    return {"date": date, "hours": ranges}


def starts(
    *overrides: dict[str, Any], zone: str = "UTC", first: str = MONDAY, last: str = "", **told: Any
) -> str:
    """The local starts, day and offset left out: ``"09:00 09:30"``."""
    document: dict[str, Any] = {
        "zone": zone,
        "overrides": overrides,
        "service_minutes": 60,
        "grid_minutes": 30,
        "now": f"{first}T00:00:00Z",
        "from": first,
        "to": last or first,
        "horizon_days": 60,
        "minimum_notice_minutes": 0,
    } | told
    found = slots_of(read_schedule(document))
    return " ".join(f"{datetime.fromtimestamp(start, ZoneInfo(zone)):%H:%M}" for start in found)


def taken(*times: str, date: str = MONDAY) -> list[list[str]]:
    """Busy times: ``taken("10:00-11:00")``, in UTC."""
    return [[f"{date}T{t}:00Z" for t in time.split("-")] for time in times]


# The grid and the hours


def test_starts_lie_on_the_grid_from_the_opening() -> None:
    assert starts(on(MONDAY, "09:10-11:00")) == "09:10 09:40"


def test_a_slot_ends_with_the_hours_at_the_latest() -> None:
    assert starts(on(MONDAY, "09:00-10:00")) == "09:00"
    assert starts(on(MONDAY, "09:00-09:59")) == ""


def test_weekly_hours_count_on_their_weekday_only() -> None:
    weekly = [{"weekday": 0, "start": "09:00", "end": "10:00"}]
    found = starts(weekly=weekly, last="2026-06-21", zone=NEW_YORK)
    assert found == "09:00 09:00"


def test_both_dates_are_included_and_local() -> None:
    weekly = [{"weekday": day, "start": "23:00", "end": "24:00"} for day in range(7)]
    assert starts(weekly=weekly, last="2026-06-10", zone=NEW_YORK) == "23:00 23:00 23:00"


def test_an_override_replaces_the_hours_of_its_date() -> None:
    weekly = [{"weekday": 0, "start": "09:00", "end": "17:00"}]
    assert starts(on(MONDAY, "12:00-13:00"), weekly=weekly) == "12:00"


@pytest.mark.parametrize("closed", [{"closed": True}, {"hours": []}, {"closed": True, "hours": []}])
def test_closed_and_empty_hours_are_closed(closed: dict[str, Any]) -> None:
    weekly = [{"weekday": 0, "start": "09:00", "end": "17:00"}]
    assert starts({"date": MONDAY} | closed, weekly=weekly) == ""


def test_ranges_that_touch_run_on_into_each_other_and_each_opening_has_its_grid() -> None:
    assert starts(on(MONDAY, "09:00-09:45", "09:45-11:00")) == "09:00 09:30 09:45"


def test_ranges_that_overlap_run_on_into_each_other() -> None:
    assert starts(on(MONDAY, "09:00-10:15", "09:45-11:00")) == "09:00 09:30 09:45 10:00"


def test_they_do_over_midnight_too() -> None:
    found = starts(on(MONDAY, "23:00-24:00"), on("2026-06-09", "00:00-01:00"), last="2026-06-09")
    assert found == "23:00 23:30 00:00"


def test_a_slot_of_the_last_date_may_end_on_the_next() -> None:
    assert starts(on(MONDAY, "23:30-24:00"), on("2026-06-09", "00:00-01:00")) == "23:30"


def test_to_before_from_gives_no_slots() -> None:
    assert starts(weekly=ALWAYS, last="2026-06-07") == ""


# Busy times and buffers


def test_busy_time_is_kept_clear() -> None:
    assert starts(on(MONDAY, "09:00-13:00"), busy=taken("10:00-11:00")) == "09:00 11:00 11:30 12:00"


def test_a_busy_time_of_no_length_blocks_nothing() -> None:
    assert starts(on(MONDAY, "09:00-11:00"), busy=taken("09:30-09:30")) == "09:00 09:30 10:00"


def test_buffers_keep_clear_of_busy_time() -> None:
    told = {"busy": taken("10:15-11:00"), "buffer_before": 30, "buffer_after": 15}
    assert starts(on(MONDAY, "09:00-13:00"), **told) == "09:00 11:30 12:00"


def test_buffers_may_stick_out_of_the_hours() -> None:
    assert starts(on(MONDAY, "09:00-10:00"), buffer_before=30, buffer_after=30) == "09:00"


def test_the_service_keeps_clear_of_others_buffers_but_buffers_may_overlap() -> None:
    told = {"busy": taken("10:15-11:00"), "busy_buffers": taken("10:00-10:15", "11:00-11:30")}
    assert starts(on(MONDAY, "09:00-13:00"), **told, buffer_after=15) == "09:00 11:30 12:00"
    assert starts(on(MONDAY, "09:00-13:00"), **told, buffer_after=16) == "11:30 12:00"
    assert starts(on(MONDAY, "09:00-13:00"), **told, buffer_before=30) == "09:00 11:30 12:00"
    assert starts(on(MONDAY, "09:00-13:00"), **told, buffer_before=31) == "09:00 12:00"


# Notice and horizon


def test_notice_is_inclusive() -> None:
    hours = on(MONDAY, "09:00-12:00")
    assert starts(hours, now=f"{MONDAY}T07:30:00Z", minimum_notice_minutes=120) == "09:30 10:00 10:30 11:00"
    assert starts(hours, now=f"{MONDAY}T07:30:01Z", minimum_notice_minutes=120) == "10:00 10:30 11:00"


def test_a_start_is_at_most_the_horizon_of_whole_days_after_now() -> None:
    hours = on(MONDAY, "09:00-12:00")
    assert starts(hours, now="2026-06-07T09:30:00Z", horizon_days=1) == "09:00 09:30"
    assert starts(hours, now="2026-06-07T09:29:59Z", horizon_days=1) == "09:00"


def test_the_horizon_counts_24_hours_a_day_whatever_the_clocks_do() -> None:
    """New York's clocks go forward on 8 March: 24 hours after 09:00 it is 10:00."""
    hours = on("2026-03-08", "09:00-12:00")
    found = starts(hours, zone=NEW_YORK, first="2026-03-08", now="2026-03-07T09:00:00-05:00", horizon_days=1)
    assert found == "09:00 09:30 10:00"


# Clocks that change. New York, 8 March 2026: 02:00 → 03:00. 1 November: 02:00 → 01:00.

FORWARD = {"zone": NEW_YORK, "first": "2026-03-08", "now": "2026-03-01T00:00:00Z"}
BACK = {"zone": NEW_YORK, "first": "2026-11-01", "now": "2026-10-30T00:00:00Z"}


def test_a_range_that_starts_in_a_gap_moves_to_its_end() -> None:
    assert starts(on("2026-03-08", "02:15-04:00"), **FORWARD, service_minutes=15) == "03:00 03:30"


def test_a_range_that_ends_in_a_gap_ends_with_it() -> None:
    assert starts(on("2026-03-08", "01:00-02:30"), **FORWARD) == "01:00"


def test_a_range_inside_a_gap_is_empty() -> None:
    assert starts(on("2026-03-08", "02:10-02:50"), **FORWARD, service_minutes=1) == ""


def test_a_grid_point_inside_a_gap_is_no_start_and_minutes_are_elapsed_minutes() -> None:
    assert starts(on("2026-03-08", "01:00-04:00"), **FORWARD) == "01:00 01:30 03:00"


def test_of_a_repeated_hour_both_instants_are_starts() -> None:
    assert starts(on("2026-11-01", "00:30-02:30"), **BACK) == "00:30 01:00 01:30 01:00 01:30"


def test_of_a_repeated_hour_everything_from_opening_to_closing_is_open() -> None:
    assert starts(on("2026-11-01", "00:30-01:30"), **BACK, service_minutes=30) == "00:30 01:00 01:30 01:00"
    assert starts(on("2026-11-01", "01:30-02:30"), **BACK, service_minutes=30) == "01:30 01:00 01:30 02:00"


def test_a_range_that_ends_where_an_hour_is_going_to_be_repeated_has_none_of_it() -> None:
    assert starts(on("2026-11-01", "00:00-01:00"), **BACK, service_minutes=30) == "00:00 00:30"


def test_half_an_hour_may_be_skipped_or_repeated() -> None:
    """Lord Howe: on 4 October 2026 02:00 → 02:30, on 5 April 02:00 → 01:30."""
    lord_howe = {"zone": "Australia/Lord_Howe", "service_minutes": 15}
    assert (
        starts(on("2026-10-04", "01:30-03:00"), first="2026-10-04", now="2026-10-01T00:00:00Z", **lord_howe)
        == "01:30 02:30"
    )
    assert (
        starts(on("2026-04-05", "01:00-02:30"), first="2026-04-05", now="2026-04-01T00:00:00Z", **lord_howe)
        == "01:00 01:30 01:30 02:00"
    )


def test_midnight_may_be_skipped() -> None:
    """São Paulo, 4 November 2018: 00:00 → 01:00."""
    hours = on("2018-11-04", "00:00-02:30")
    found = starts(hours, zone="America/Sao_Paulo", first="2018-11-04", now="2018-11-01T00:00:00Z")
    assert found == "01:00 01:30"


def test_a_whole_day_may_be_skipped() -> None:
    """Apia had no 30 December 2011."""
    told = {"zone": "Pacific/Apia", "first": "2011-12-29", "last": "2011-12-31", "service_minutes": 720}
    assert (
        starts(weekly=ALWAYS, now="2011-12-28T00:00:00Z", grid_minutes=720, **told)
        == "00:00 12:00 00:00 12:00"
    )


# What is no schedule

GOOD: dict[str, Any] = {
    "zone": "UTC",
    "service_minutes": 60,
    "now": "2026-06-08T00:00:00Z",
    "from": MONDAY,
    "to": MONDAY,
}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"zone": "America/Nowhere"}, "zone: 'America/Nowhere'"),
        ({"zone": ""}, "zone"),
        ({"zone": "../etc"}, "zone"),
        ({"zone": 7}, "zone"),
        ({"weekly": [{"weekday": 7, "start": "09:00", "end": "10:00"}]}, "weekday"),
        ({"weekly": [{"weekday": 0, "start": "9:00", "end": "10:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 0, "start": "24:00", "end": "24:00"}]}, "weekly"),
        ({"weekly": [{"weekday": 0, "start": "09:00", "end": "24:30"}]}, "weekly"),
        ({"weekly": [{"weekday": 0, "start": "10:00", "end": "09:00"}]}, "weekly[0]: ends at 09:00"),
        ({"weekly": [{"weekday": 0, "start": "22:00", "end": "02:00"}]}, "two ranges"),
        ({"overrides": [on(MONDAY, "09:00-09:00")]}, "overrides[0].hours[0]"),
        ({"overrides": [on(MONDAY), on(MONDAY)]}, "2 times"),
        ({"overrides": [{"date": MONDAY}]}, "say closed or hours"),
        ({"overrides": [on(MONDAY, "09:00-10:00") | {"closed": True}]}, "closed and has hours"),
        ({"overrides": [{"date": "2026-02-30", "closed": True}]}, "overrides"),
        ({"busy": [["2026-06-08T10:00:00Z", "2026-06-08T09:00:00Z"]]}, "busy[0]: ends before"),
        ({"busy": [["2026-06-08T10:00:00", "2026-06-08T11:00:00"]]}, "busy"),
        ({"busy": [["2026-06-08T10:00:00Z"]]}, "busy"),
        ({"busy_buffers": [["2026-06-08T10:00:00Z", "2026-06-08T09:00:00Z"]]}, "busy_buffers[0]"),
        ({"busy": [["2026-06-08T10:00:00.5Z", "2026-06-08T11:00:00Z"]]}, "whole seconds"),
        ({"busy": [["0001-01-01T00:00:00Z", "2026-06-08T11:00:00Z"]]}, "busy[0]"),
        ({"service_minutes": 0}, "service_minutes"),
        ({"service_minutes": 30.5}, "service_minutes"),
        ({"grid_minutes": 0}, "grid_minutes"),
        ({"buffer_before": -1}, "buffer_before"),
        ({"buffer_after": -1}, "buffer_after"),
        ({"minimum_notice_minutes": -1}, "minimum_notice_minutes"),
        ({"horizon_days": -1}, "horizon_days"),
        ({"now": "yesterday"}, "now"),
        ({"from": "2026-6-8"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"horizon": 3}, "horizon"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as told:
        read_schedule(GOOD | wrong)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("missing", GOOD)
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(InputError, match=missing):
        read_schedule({key: value for key, value in GOOD.items() if key != missing})


def test_an_instant_may_be_written_with_any_offset() -> None:
    local = read_schedule(GOOD | {"now": "2026-06-08T02:00:00+02:00"})
    assert local.now == int(datetime(2026, 6, 8, tzinfo=UTC).timestamp())


def test_years_of_hours_take_no_longer_than_the_horizon() -> None:
    assert starts(on(MONDAY, "09:00-10:00"), last="2200-01-01", horizon_days=1) == "09:00"
