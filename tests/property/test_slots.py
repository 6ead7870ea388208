"""Slots beside a slow model that looks at every minute, above all where clocks change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.scheduling import (
    Busy,
    Calendar,
    Limits,
    Override,
    Service,
    TimeRange,
    WeeklyHours,
    free_slots,
)
from unknot.scheduling.calendar import open_time

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "Atlantic/Azores",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Madrid",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Chatham",
)
MINUTE, DAY = 60, 86_400


def wall(instant: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


# The slow model


def slow_openings(calendar: Calendar, day: date) -> Iterator[tuple[int, int]]:
    """Open from the first minute that shows the start or more, to the last that shows less than the end."""
    zone = ZoneInfo(calendar.zone)
    midnight = datetime.combine(day, time())
    minutes = minutes_around(calendar.zone, day)
    overrides = [o.hours for o in calendar.overrides if o.on == day]
    weekly = tuple(w.hours for w in calendar.weekly if w.weekday == day.weekday())
    for hours in overrides[0] if overrides else weekly:
        start, end = (midnight + timedelta(minutes=m) for m in (hours.start, hours.end))
        opening = min(t for t, shown in minutes if shown >= start)
        closing = max(t for t, shown in minutes if shown < end) + MINUTE
        if opening < closing:
            assert wall(opening, zone) >= start
            yield opening, closing


@cache
def minutes_around(zone: str, day: date) -> list[tuple[int, datetime]]:
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    return [(t, wall(t, ZoneInfo(zone))) for t in range(noon - 2 * DAY, noon + 2 * DAY, MINUTE)]


def slow_slots(
    calendar: Calendar, service: Service, limits: Limits, busy: Busy, now: int, first: date, last: date
) -> list[int]:
    zone = ZoneInfo(calendar.zone)
    days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 3)]
    openings = [opening for day in days for opening in slow_openings(calendar, day)]
    is_open = {t for start, end in openings for t in range(start, end, MINUTE)}
    taken = {t for start, end in busy.appointments for t in range(start, end, MINUTE)}
    buffered = {t for start, end in busy.buffers for t in range(start, end, MINUTE)}
    found = set()
    for start, end in openings:
        for t in range(start, end, MINUTE):
            ahead = (wall(t, zone) - wall(start, zone)) / timedelta(minutes=1)
            core = range(t, t + service.minutes * MINUTE, MINUTE)
            around = range(
                core.start - service.buffer_before * MINUTE, core.stop + service.buffer_after * MINUTE, MINUTE
            )
            if (
                ahead % limits.grid_minutes == 0
                and first <= wall(t, zone).date() <= last
                and now + limits.minimum_notice_minutes * MINUTE <= t <= now + limits.horizon_days * DAY
                and is_open.issuperset(core)
                and not buffered.intersection(core)
                and not taken.intersection(around)
            ):
                found.add(t)
    return sorted(found)


# Any schedule of a few days

quarters = st.integers(0, 96).map(lambda q: q * 15)
odd_times = st.integers(0, 24 * 60)


@st.composite
def ranges(draw):
    start, end = sorted(draw(st.lists(quarters | odd_times, min_size=2, max_size=2, unique=True)))
    return TimeRange(start, end)


@st.composite
def schedules(draw, *, zone=None, around=None):
    """Two to four days at ``around``, a date near a change of the clock."""
    around = around or draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    first = around - timedelta(days=draw(st.integers(0, 1)))
    last = around + timedelta(days=draw(st.integers(0, 1)))
    weekly = draw(st.lists(st.builds(WeeklyHours, st.integers(0, 6), ranges()), max_size=9))
    replaced = draw(st.dictionaries(st.sampled_from([first, around, last]), st.lists(ranges(), max_size=3)))
    calendar = Calendar(
        zone or draw(st.sampled_from(ZONES)),
        tuple(weekly),
        tuple(Override(on, tuple(hours)) for on, hours in replaced.items()),
    )
    noon = int(datetime(around.year, around.month, around.day, 12, tzinfo=UTC).timestamp())
    instants = st.integers(-24 * 60, 24 * 60).map(lambda m: noon + m * MINUTE)
    spans = st.tuples(instants, st.integers(0, 180)).map(lambda s: (s[0], s[0] + s[1] * MINUTE))
    return {
        "calendar": calendar,
        "service": Service(draw(st.integers(1, 150)), draw(st.integers(0, 45)), draw(st.integers(0, 45))),
        "limits": Limits(
            draw(st.sampled_from([5, 15, 20, 30, 45, 60, 90])),
            draw(st.integers(0, 600)),
            draw(st.integers(0, 3)),
        ),
        "busy": Busy(tuple(draw(st.lists(spans, max_size=4))), tuple(draw(st.lists(spans, max_size=3)))),
        "now": noon - draw(st.integers(-600, 3 * 24 * 60)) * MINUTE,
        "first": first,
        "last": last,
    }


def assert_agrees(schedule) -> None:
    assert list(free_slots(**schedule)) == slow_slots(**schedule)


@settings(max_examples=60, deadline=None)
@given(schedules())
def test_slots_agree_with_the_slow_model(schedule):
    assert_agrees(schedule)


@settings(max_examples=200, deadline=None)
@given(schedules())
def test_a_slot_lies_in_the_hours_and_meets_nothing_that_is_taken(schedule):
    calendar, service, busy = schedule["calendar"], schedule["service"], schedule["busy"]
    hours = open_time(calendar, schedule["first"] - timedelta(days=1), schedule["last"] + timedelta(days=2))
    for start in free_slots(**schedule):
        end = start + service.minutes * MINUTE
        assert any(opens <= start and end <= closes for opens, closes in hours)
        for b, e in busy.appointments:
            assert (
                b == e
                or e <= start - service.buffer_before * MINUTE
                or end + service.buffer_after * MINUTE <= b
            )
        assert all(b == e or e <= start or end <= b for b, e in busy.buffers)


@settings(max_examples=60, deadline=None)
@given(schedules())
def test_booking_a_slot_takes_away_exactly_the_slots_that_it_meets(schedule):
    before = free_slots(**schedule)
    service = schedule["service"]
    for start in before[:1]:
        core = (start, start + service.minutes * MINUTE)
        busy = Busy((*schedule["busy"].appointments, core), schedule["busy"].buffers)
        after = free_slots(**schedule | {"busy": busy})
        assert set(before) - set(after) == {
            t
            for t in before
            if t - service.buffer_before * MINUTE < core[1]
            and core[0] < t + (service.minutes + service.buffer_after) * MINUTE
        }


@settings(max_examples=40, deadline=None)
@given(schedules())
def test_the_slots_of_some_dates_are_those_of_each(schedule):
    days = (schedule["last"] - schedule["first"]).days + 1
    each = [schedule["first"] + timedelta(days=n) for n in range(days)]
    alone = [t for day in each for t in free_slots(**schedule | {"first": day, "last": day})]
    assert alone == list(free_slots(**schedule))


# Every change of the clock


def changes(zone: str, first: int, last: int) -> list[date]:
    """The local dates of the years ``first`` to ``last`` on which a zone's clock changes."""
    offsets = ZoneInfo(zone)
    day = datetime(first, 1, 1, tzinfo=UTC)
    found = []
    while day.year <= last:
        following = day + timedelta(days=1)
        if day.astimezone(offsets).utcoffset() != following.astimezone(offsets).utcoffset():
            found.append(following.astimezone(offsets).date())
        day = following
    return found


def some_day(zone: str, around: date, seed: str) -> dict[str, object]:
    """A schedule drawn from a seed, with hours on every day and the change among them."""
    draw = random.Random(seed)

    def hours() -> tuple[TimeRange, ...]:
        edges = sorted(draw.sample(range(0, 24 * 60 + 1, draw.choice([1, 15, 30])), 4))
        return (TimeRange(edges[0], edges[1]), TimeRange(edges[2], edges[3]))

    week = tuple(WeeklyHours(day, TimeRange(0, 24 * 60)) for day in range(7))
    noon = int(datetime(around.year, around.month, around.day, 12, tzinfo=UTC).timestamp())
    start = noon + draw.randrange(-DAY, DAY, MINUTE)
    return {
        "calendar": Calendar(
            zone, week, tuple(Override(around - timedelta(days=n), hours()) for n in range(draw.randrange(3)))
        ),
        "service": Service(draw.choice([15, 45, 60, 90]), draw.choice([0, 15]), draw.choice([0, 10])),
        "limits": Limits(draw.choice([15, 20, 30, 45]), 0, 30),
        "busy": Busy(((start, start + 40 * MINUTE),), ((start + 40 * MINUTE, start + 55 * MINUTE),)),
        "now": noon - 5 * DAY,
        "first": around - timedelta(days=1),
        "last": around,
    }


@pytest.mark.parametrize("zone", ZONES)
def test_every_change_of_twenty_zones(zone):
    for around in changes(zone, 2024, 2028):
        assert_agrees(some_day(zone, around, f"{zone} {around}"))


def test_zones_that_change_are_among_them():
    assert sum(len(changes(zone, 2026, 2026)) for zone in ZONES) >= 30


@pytest.mark.long
@pytest.mark.parametrize("zone", sorted(z for z in available_timezones() if "/" in z and z[0].isupper()))
def test_every_change_of_every_zone(zone):
    for around in changes(zone, 2020, 2035):
        assert_agrees(some_day(zone, around, f"{zone} {around}"))
    minutes_around.cache_clear()
