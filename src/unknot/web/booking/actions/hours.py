"""What practitioners do with their time: one function each, in one transaction, with a line in the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import models, transaction

from unknot.scheduling import TimeRange
from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.actions.taking import one_after_another, take
from unknot.web.booking.models import Diary, Override, OverrideHours, TakenTime, WeeklyHours
from unknot.web.directory.models import Practitioner


@transaction.atomic
def set_week(practitioner: Practitioner, week: Mapping[int, Sequence[TimeRange]], *, by: User) -> None:
    """Replace the hours of every week: weekday (0 is Monday) → its ranges."""
    diary = _diary(practitioner)
    diary.weekly.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(diary=diary, weekday=weekday, start=hours.start, end=hours.end)
        for weekday, ranges in week.items()
        for hours in ranges
    )
    _changed(diary, practitioner, by=by)


@transaction.atomic
def set_limits(diary: Diary, *, by: User) -> None:
    """Write grid, notice, horizon and buffers, as their form checked them; into what was made meanwhile."""
    diary.pk = _diary(diary.practitioner).pk
    diary.save()
    _changed(diary, diary.practitioner, by=by)


@transaction.atomic
def set_date(practitioner: Practitioner, on: date, hours: Sequence[TimeRange], *, by: User) -> Override:
    """Give one date hours of its own; none close it. What was said of that date before is replaced."""
    override, _made = Override.objects.get_or_create(diary=_diary(practitioner), on=on)
    override.hours.all().delete()
    OverrideHours.objects.bulk_create(
        OverrideHours(override=override, start=h.start, end=h.end) for h in hours
    )
    _changed(override, practitioner, by=by)
    return override


@transaction.atomic
def forget_date(override: Override, *, by: User) -> None:
    """Let a date be like its week again."""
    _changed(override, override.diary.practitioner, by=by)
    override.delete()


@transaction.atomic
def block(practitioner: Practitioner, start: datetime, end: datetime, *, by: User) -> TakenTime:
    """Take time for something else. Raises TimeTaken where some of it is taken already."""
    one_after_another(practitioner.pk)
    taken = take(practitioner, start, end)
    _changed(taken, practitioner, by=by)
    return taken


@transaction.atomic
def unblock(taken: TakenTime, *, by: User) -> None:
    """Give blocked time back."""
    _changed(taken, taken.practitioner, by=by)
    taken.delete()


def _diary(practitioner: Practitioner) -> Diary:
    """The diary, made if missing; who writes it at the same time waits, so that no hours are there twice."""
    Diary.objects.get_or_create(practitioner=practitioner)
    return Diary.objects.select_for_update().get(practitioner=practitioner)


def _changed(thing: models.Model, practitioner: Practitioner, *, by: User) -> None:
    """A diary has no id of its own: it is its practitioner's."""
    public_id = getattr(thing, "public_id", practitioner.public_id)
    record(Did.CHANGED, thing._meta.label_lower, [public_id], by=by, practice=practitioner.practice.public_id)
