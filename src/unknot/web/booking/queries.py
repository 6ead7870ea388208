"""Hours, taken time and free slots, as the core understands them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from unknot.scheduling import Busy, Calendar, Limits, Override, Service, TimeRange, WeeklyHours, free_slots
from unknot.web.booking.models import Diary, TakenTime
from unknot.web.directory.checklist import Item, Progress
from unknot.web.directory.models import Practitioner

_TAKEN = """
    SELECT extract(epoch FROM lower(during))::bigint, extract(epoch FROM upper(during))::bigint,
           lower_inf(layer)
    FROM booking_takentime
    WHERE practitioner_id = %s AND during && tstzrange(%s, %s)
    ORDER BY during
"""
_AROUND = timedelta(days=3)  # zones, buffers and a service's length, with room to spare


def diary_of(practitioner: Practitioner) -> Diary:
    """How a practitioner takes appointments; the usual way, unsaved, where nothing was said yet."""
    found = Diary.objects.filter(practitioner=practitioner).first()
    return found or Diary(practitioner=practitioner)


def calendar_of(diary: Diary) -> Calendar:
    """Weekly hours and overrides, as values."""
    if diary.pk is None:
        return Calendar(diary.practitioner.zone, ())
    return Calendar(
        diary.practitioner.zone,
        tuple(WeeklyHours(h.weekday, TimeRange(h.start, h.end)) for h in diary.weekly.all()),
        tuple(
            Override(o.on, tuple(TimeRange(h.start, h.end) for h in o.hours.all()))
            for o in diary.overrides.prefetch_related("hours")
        ),
    )


def busy_of(practitioner: Practitioner, start: datetime, end: datetime) -> Busy:
    """What is taken between two instants; as numbers, since ranges take ten times as long to read."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [practitioner.pk, start, end])
        rows = cursor.fetchall()
    return Busy(
        appointments=tuple((begins, ends) for begins, ends, in_all_layers in rows if in_all_layers),
        buffers=tuple((begins, ends) for begins, ends, in_all_layers in rows if not in_all_layers),
    )


def slots_of(
    practitioner: Practitioner, minutes: int, *, now: datetime, first: date, last: date
) -> tuple[int, ...]:
    """
    The starts of free slots for a service of ``minutes``, in seconds since 1970.

    ``first`` and ``last`` are local dates of the practitioner's, both included.
    """
    diary = diary_of(practitioner)
    start, end = (datetime.combine(day, datetime.min.time(), now.tzinfo) for day in (first, last))
    return free_slots(
        calendar_of(diary),
        Service(minutes, diary.buffer_before_minutes, diary.buffer_after_minutes),
        Limits(diary.grid_minutes, diary.minimum_notice_minutes, diary.horizon_days),
        busy_of(practitioner, start - _AROUND, end + _AROUND),
        now=int(now.timestamp()),
        first=first,
        last=last,
    )


def blocked_times(practitioner: Practitioner, now: datetime) -> list[TakenTime]:
    """Blocked times that are not over yet, the next first."""
    blocked = TakenTime.objects.filter(practitioner=practitioner, what=TakenTime.What.BLOCKED)
    return list(blocked.filter(during__endswith__gt=now).order_by("during"))


def hours_item(practitioner: Practitioner, _on: date) -> Item:
    """Without hours nobody can book."""
    there = Diary.objects.filter(practitioner=practitioner, weekly__isnull=False).exists()
    return Item("hours", _("Your weekly hours"), Progress.DONE if there else Progress.MISSING)
