"""A schedule as a document: what `unknot slots` reads."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, field

from unknot.errors import InputError, in_our_words
from unknot.scheduling.calendar import Calendar, Clock, Override, TimeRange, WeeklyHours
from unknot.scheduling.intervals import Interval
from unknot.scheduling.slots import Busy, Limits, Service

T = TypeVar("T")

ClockTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z|^24:00\Z")]
Instant = Annotated[datetime, Meta(tz=True)]
Minutes = Annotated[int, Meta(ge=0, le=1_000_000)]
SomeMinutes = Annotated[int, Meta(ge=1, le=100_000)]
Days = Annotated[int, Meta(ge=0, le=36_500)]

FIRST_YEAR, LAST_YEAR = 1971, 2200
"""Clocks are known from 1970 on, and no calendar reaches further."""


class Schedule(msgspec.Struct, frozen=True):
    """All that decides which slots are free; instants are seconds since 1970, the dates are local."""

    calendar: Calendar
    service: Service
    limits: Limits
    busy: Busy
    now: int
    first: date
    last: date


class _Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start: ClockTime
    end: ClockTime


class _Weekly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weekday: Annotated[int, Meta(ge=0, le=6)]
    start: ClockTime
    end: ClockTime


class _Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: date = field(name="date")
    closed: bool = False
    hours: tuple[_Range, ...] | None = None


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    zone: str
    service_minutes: SomeMinutes
    now: Instant
    first: date = field(name="from")
    last: date = field(name="to")
    weekly: tuple[_Weekly, ...] = ()
    overrides: tuple[_Override, ...] = ()
    busy: tuple[tuple[Instant, Instant], ...] = ()
    busy_buffers: tuple[tuple[Instant, Instant], ...] = ()
    grid_minutes: SomeMinutes = 30
    buffer_before: Minutes = 0
    buffer_after: Minutes = 0
    minimum_notice_minutes: Minutes = 0
    horizon_days: Days = 60


def schedule_from_json(text: bytes) -> Schedule:
    """Read a schedule from JSON; raises InputError, which names the field, where it is none."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"the schedule is not JSON: {error}") from None
    return read_schedule(document)


def read_schedule(document: Any) -> Schedule:
    """
    Read a schedule from plain values, as the JSON of `unknot slots` holds them.

    Raises InputError, which names the field, where something is missing, unknown or impossible.
    """
    try:
        told = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        raise InputError(f"this is no schedule: {in_our_words(str(error))}") from None
    _check_zone(told.zone)
    _check_years("from", told.first.year)
    _check_years("to", told.last.year)
    return Schedule(
        calendar=Calendar(told.zone, _weekly(told), _overrides(told)),
        service=Service(told.service_minutes, told.buffer_before, told.buffer_after),
        limits=Limits(told.grid_minutes, told.minimum_notice_minutes, told.horizon_days),
        busy=Busy(_taken("busy", told.busy), _taken("busy_buffers", told.busy_buffers)),
        now=_seconds("now", told.now),
        first=told.first,
        last=told.last,
    )


def _check_zone(zone: str) -> None:
    try:
        Clock(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(f"zone: {zone!r} is no time zone; write one such as America/New_York") from None


def _check_years(where: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(f"{where}: only the years {FIRST_YEAR} to {LAST_YEAR} are known")


def _weekly(told: _Document) -> tuple[WeeklyHours, ...]:
    return tuple(
        WeeklyHours(hours.weekday, _range(f"weekly[{i}]", hours)) for i, hours in enumerate(told.weekly)
    )


def _overrides(told: _Document) -> tuple[Override, ...]:
    on, times = next(iter(Counter(o.on for o in told.overrides).most_common(1)), (None, 1))
    if times > 1:
        raise InputError(f"overrides: {on} stands there {times} times; write all its hours in one")
    return tuple(
        Override(override.on, _hours(f"overrides[{i}]", override))
        for i, override in enumerate(told.overrides)
    )


def _hours(where: str, override: _Override) -> tuple[TimeRange, ...]:
    if override.closed and override.hours:
        raise InputError(f"{where}: {override.on} is closed and has hours; leave one of them out")
    if not override.closed and override.hours is None:
        raise InputError(f"{where}: say closed or hours for {override.on}")
    return tuple(_range(f"{where}.hours[{i}]", hours) for i, hours in enumerate(override.hours or ()))


def _range(where: str, told: _Range | _Weekly) -> TimeRange:
    start, end = (int(t[:2]) * 60 + int(t[3:]) for t in (told.start, told.end))
    if end <= start:
        raise InputError(
            f"{where}: ends at {told.end}, not after {told.start}; hours over midnight are two ranges"
        )
    return TimeRange(start, end)


def _taken(where: str, told: tuple[tuple[datetime, datetime], ...]) -> tuple[Interval, ...]:
    taken = tuple(
        (_seconds(f"{where}[{i}]", start), _seconds(f"{where}[{i}]", end))
        for i, (start, end) in enumerate(told)
    )
    for i, (start, end) in enumerate(taken):
        if end < start:
            raise InputError(f"{where}[{i}]: ends before it begins")
    return taken


def _seconds(where: str, instant: datetime) -> int:
    _check_years(where, instant.year)
    if instant.microsecond:
        raise InputError(f"{where}: write whole seconds")
    return int(instant.astimezone(UTC).timestamp())
