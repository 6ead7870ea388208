"""Free slots: where a service fits into open time, on the grid, clear of what is taken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from unknot.scheduling.calendar import (
    CALENDARS_KEPT,
    MINUTE,
    MINUTES_A_DAY,
    Calendar,
    Clock,
    Opening,
    clock_of,
    open_time,
    openings,
)
from unknot.scheduling.intervals import Interval, Intervals, canonical, difference, intersection

if TYPE_CHECKING:
    from unknot.scheduling.reading import Schedule

DAY = MINUTES_A_DAY * MINUTE
A_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)


class Service(msgspec.Struct, frozen=True):
    """How long an appointment takes, and the time around it that is kept clear of others; in minutes."""

    minutes: int
    buffer_before: int = 0
    buffer_after: int = 0


class Limits(msgspec.Struct, frozen=True):
    """
    Which starts are offered.

    On a grid of ``grid_minutes``, not before ``minimum_notice_minutes`` from now, and not later than
    ``horizon_days`` of 24 hours from now; both limits are starts themselves.
    """

    grid_minutes: int
    minimum_notice_minutes: int
    horizon_days: int


class Busy(msgspec.Struct, frozen=True):
    """
    What is taken, in seconds since 1970, in any order.

    ``appointments`` are kept clear of with buffers; ``buffers`` are those around other appointments,
    which a new one's buffers may overlap while the appointment itself may not.
    """

    appointments: tuple[Interval, ...] = ()
    buffers: tuple[Interval, ...] = ()


def free_slots(
    calendar: Calendar,
    service: Service,
    limits: Limits,
    busy: Busy,
    *,
    now: int,
    first: date,
    last: date,
) -> tuple[int, ...]:
    """
    The starts of free slots on the local dates from ``first`` to ``last``, in order.

    ``now`` and the starts are seconds since 1970. ``last`` before ``first`` gives none.

    >>> from unknot.scheduling.calendar import TimeRange, WeeklyHours
    >>> mondays = Calendar("UTC", (WeeklyHours(0, TimeRange(9 * 60, 11 * 60)),))
    >>> day, now = date(2026, 6, 8), 1780876800
    >>> starts = free_slots(mondays, Service(60), Limits(30, 0, 9), Busy(), now=now, first=day, last=day)
    >>> [(start - now) / 3600 for start in starts]
    [9.0, 9.5, 10.0]
    """
    soonest, latest = now + limits.minimum_notice_minutes * MINUTE, now + limits.horizon_days * DAY
    first, last = max(first, _date_of(now) - A_DAY), min(last, _date_of(latest) + A_DAY)
    if last < first:
        return ()
    offered = intersection(
        _welcome_starts(calendar, service, first, last), canonical([(soonest, latest + 1)])
    )
    free = difference(offered, _forbidden_starts(service, busy))
    return _among(grid(calendar, limits.grid_minutes, first, last), free)


def slots_of(schedule: Schedule) -> tuple[int, ...]:
    """The free slots of a whole document; see `free_slots`."""
    return free_slots(
        schedule.calendar,
        schedule.service,
        schedule.limits,
        schedule.busy,
        now=schedule.now,
        first=schedule.first,
        last=schedule.last,
    )


def _date_of(instant: int) -> date:
    """The date in UTC; a local one is a day away at most."""
    return _EPOCH + timedelta(days=instant // DAY)


def _welcome_starts(calendar: Calendar, service: Service, first: date, last: date) -> Intervals:
    """Every instant from which the service lies in open time, whatever the grid."""
    length = service.minutes * MINUTE
    hours = open_time(calendar, first - A_DAY, last + (2 + length // DAY) * A_DAY)
    return tuple((start, end - length + 1) for start, end in hours if end - start >= length)


def _forbidden_starts(service: Service, busy: Busy) -> Intervals:
    """
    Every instant from which the service or its buffers would meet what is taken.

    A start t is forbidden by a busy time [b, e) where t - before < e and b < t + length + after.
    """
    length, before, after = (
        minutes * MINUTE for minutes in (service.minutes, service.buffer_before, service.buffer_after)
    )
    earlier, later = length + after - 1, before
    of_appointments = [(b - earlier, e + later) for b, e in busy.appointments if b < e]
    of_buffers = [(b - length + 1, e) for b, e in busy.buffers if b < e]
    return canonical(of_appointments + of_buffers)


@lru_cache(maxsize=CALENDARS_KEPT)
def grid(calendar: Calendar, grid_minutes: int, first: date, last: date) -> tuple[int, ...]:
    """Every instant of the grid on those local dates, in order."""
    clock = clock_of(calendar)
    low, high = ((day - _EPOCH).days * DAY for day in (first, last + A_DAY))
    return tuple(
        sorted(
            {
                instant
                for opening in openings(calendar, first - A_DAY, last)
                for offset_s, instants in _grid_of(opening, grid_minutes * MINUTE, clock)
                for instant in instants
                if low <= instant + offset_s < high
            }
        )
    )


def _grid_of(opening: Opening, step: int, clock: Clock) -> Iterator[tuple[int, range]]:
    """The grid's instants within an opening, before and after a change of the clock, each with its offset."""
    start, end, offset_s = opening
    last_offset_s = clock.offset_s(end - 1)
    if last_offset_s == offset_s:
        yield offset_s, range(start, end, step)
        return
    change = clock.change(start, end - 1)
    yield offset_s, range(start, change, step)
    ahead = (
        start + offset_s - change - last_offset_s
    ) % step  # to the next time that the wall shows on the grid
    yield last_offset_s, range(change + ahead, end, step)


def _among(instants: tuple[int, ...], allowed: Intervals) -> tuple[int, ...]:
    """Those of the sorted ``instants`` that ``allowed`` holds."""
    found: list[int] = []
    for start, end in allowed:
        found += instants[bisect_left(instants, start) : bisect_left(instants, end)]
    return tuple(found)
