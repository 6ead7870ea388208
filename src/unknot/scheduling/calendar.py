"""
A practitioner's calendar: weekly hours in a zone and overrides of dates → openings, as instants.

How clocks that change are read is written down in `docs/scheduling.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from unknot.scheduling.intervals import Intervals, canonical

MINUTE = 60
MINUTES_A_DAY = 24 * 60
CALENDARS_KEPT = 4_096
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone


class TimeRange(msgspec.Struct, frozen=True):
    """From ``start`` to ``end`` by the wall clock, in minutes after midnight; 1440 is the day's end."""

    start: int
    end: int


class WeeklyHours(msgspec.Struct, frozen=True):
    """A range of every week; ``weekday`` 0 is Monday."""

    weekday: int
    hours: TimeRange


class Override(msgspec.Struct, frozen=True):
    """What holds on one date instead of the week's hours; none means closed."""

    on: date
    hours: tuple[TimeRange, ...]


class Calendar(msgspec.Struct, frozen=True):
    """Weekly hours and overrides, by the wall clock of ``zone`` (an IANA name); one override a date."""

    zone: str
    weekly: tuple[WeeklyHours, ...]
    overrides: tuple[Override, ...] = ()


class Opening(NamedTuple):
    """One written range as instants; ``offset_s`` is how far the wall clock is ahead of UTC at ``start``."""

    start: int
    end: int
    offset_s: int


@lru_cache(maxsize=CALENDARS_KEPT)
def openings(calendar: Calendar, first: date, last: date) -> tuple[Opening, ...]:
    """
    The written ranges of the dates from ``first`` to ``last``, in order of date, but those skipped whole.

    A range begins when the clock first shows its start, and ends after the last second before its end;
    what the clock skips is moved to the end of the gap.
    """
    clock = _clock(calendar.zone)
    replaced = {override.on: override.hours for override in calendar.overrides}
    of_weekday = [
        tuple(weekly.hours for weekly in calendar.weekly if weekly.weekday == day) for day in range(7)
    ]
    found: list[Opening] = []
    for day in _dates(first, last):
        midnight = (day - _EPOCH.date()).days * MINUTES_A_DAY
        for hours in replaced.get(day, of_weekday[day.weekday()]):
            start, end = (
                clock.opening((midnight + hours.start) * MINUTE),
                clock.closing((midnight + hours.end) * MINUTE),
            )
            if start < end:
                found.append(Opening(start, end, clock.offset_s(start)))
    return tuple(found)


@lru_cache(maxsize=CALENDARS_KEPT)
def open_time(calendar: Calendar, first: date, last: date) -> Intervals:
    """When it is open on those dates; ranges that touch or overlap run on into each other."""
    return canonical((opening.start, opening.end) for opening in openings(calendar, first, last))


class Clock:
    """The wall clock of a zone. Wall times are seconds since 1970 as if they were UTC."""

    def __init__(self, zone: str) -> None:
        """Of an IANA zone; raises ZoneInfoNotFoundError or ValueError for an unknown one."""
        self._zone = ZoneInfo(zone)

    def offset_s(self, instant: int) -> int:
        """What the clock shows ahead of UTC."""
        utc = _EPOCH + timedelta(seconds=instant)
        local = self._zone.fromutc(utc.replace(tzinfo=self._zone)).replace(tzinfo=None)
        return round((local - utc).total_seconds())

    def opening(self, wall: int) -> int:
        """The first instant at which the clock shows ``wall``, or the end of the gap that skips it."""
        instant = wall - self._said_offset_s(wall, fold=0)
        return instant if self._shows(instant, wall) else self._gap_end(wall)

    def closing(self, wall: int) -> int:
        """The end of the last second before ``wall`` that the clock shows, or of the gap that skips it."""
        before = wall - 1
        instant = before - self._said_offset_s(before, fold=1)
        return instant + 1 if self._shows(instant, before) else self._gap_end(before)

    def change(self, after: int, until: int) -> int:
        """The first instant of the offset that holds at ``until``, where another holds at ``after``."""
        offset_s = self.offset_s(until)
        while until - after > 1:
            middle = (after + until) // 2
            if self.offset_s(middle) == offset_s:
                until = middle
            else:
                after = middle
        return until

    def _shows(self, instant: int, wall: int) -> bool:
        return instant + self.offset_s(instant) == wall

    def _gap_end(self, wall: int) -> int:
        """Within a gap the offset of before leads behind it, that of after leads before it."""
        behind, before = (wall - self._said_offset_s(wall, fold=fold) for fold in (0, 1))
        return self.change(before, behind)

    def _said_offset_s(self, wall: int, *, fold: int) -> int:
        local = (_EPOCH + timedelta(seconds=wall)).replace(tzinfo=self._zone, fold=fold)
        offset = local.utcoffset()
        assert offset is not None, "a ZoneInfo has an offset for every time"  # noqa: S101 - for the types
        return round(offset.total_seconds())


@cache
def _clock(zone: str) -> Clock:
    return Clock(zone)


def clock_of(calendar: Calendar) -> Clock:
    """The wall clock that a calendar is written by."""
    return _clock(calendar.zone)


def _dates(first: date, last: date) -> Iterator[date]:
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)
