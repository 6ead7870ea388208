"""How long free slots take: one practitioner and a hundred, thirty days, five hundred appointments each."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from rows import Row, in_turn, of_times

from unknot.scheduling import Busy, Calendar, Limits, Override, Service, TimeRange, WeeklyHours, free_slots
from unknot.scheduling.calendar import open_time, openings
from unknot.scheduling.slots import grid

ROUNDS = 60
FIRST = date(2026, 6, 8)
LAST = FIRST + timedelta(days=29)
NOW = int(datetime(2026, 6, 8, tzinfo=UTC).timestamp())
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "Europe/Madrid")
SERVICE, LIMITS = Service(60, 0, 15), Limits(30, 120, 60)
APPOINTMENTS = 500


def run() -> list[Row]:
    """Warm, with the hours known as instants already, and cold, with the hours to be turned into them."""
    calendars = [_calendar(number) for number in range(100)]
    busy = [_busy(number) for number in range(100)]
    one = partial(_slots, calendars[0], busy[0])

    def hundred() -> None:
        for calendar, taken in zip(calendars, busy, strict=True):
            _slots(calendar, taken)

    def cold() -> None:
        for kept in (open_time, openings, grid):
            kept.cache_clear()
        one()

    calls: dict[str, Callable[[], object]] = {
        "slots of one practitioner": one,
        "slots of a hundred": hundred,
        "slots of one whose hours are new": cold,
    }
    for call in calls.values():
        call()
    seconds = in_turn(calls, ROUNDS)
    first = of_times("slots of one practitioner", seconds["slots of one practitioner"], 1)
    others = (
        of_times("slots of a hundred", seconds["slots of a hundred"], 40),
        of_times("slots of one whose hours are new", seconds["slots of one whose hours are new"]),
    )
    return [first, *(row.beside_row(first) for row in others)]


def _slots(calendar: Calendar, busy: Busy) -> tuple[int, ...]:
    return free_slots(calendar, SERVICE, LIMITS, busy, now=NOW, first=FIRST, last=LAST)


def _calendar(number: int) -> Calendar:
    """Mornings and afternoons of every day but Sunday; one day closed."""
    hours = (TimeRange(8 * 60 + number % 4 * 15, 12 * 60), TimeRange(13 * 60, 20 * 60))
    week = tuple(WeeklyHours(day, range_) for day in range(6) for range_ in hours)
    return Calendar(ZONES[number % len(ZONES)], week, (Override(FIRST + timedelta(days=9), ()),))


def _busy(number: int) -> Busy:
    chance = random.Random(number)
    starts = sorted(
        NOW + chance.randrange(30 * 24 * 4) * 900 for _ in range(APPOINTMENTS)
    )  # as a query gives
    cores = tuple((start, start + 1800) for start in starts)
    return Busy(cores, tuple((end, end + 900) for _, end in cores))
