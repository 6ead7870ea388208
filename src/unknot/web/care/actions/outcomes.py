"""What the client tells before a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from unknot.errors import UnknotError
from unknot.web.accounts.models import User
from unknot.web.booking.models import Appointment, Status
from unknot.web.care.actions.sessions import course_of
from unknot.web.care.models import Activity, CheckIn, Course, Instrument, Score, Session
from unknot.web.care.models.outcomes import MOST_ACTIVITIES
from unknot.web.directory.models import Offer
from unknot.web.intake import actions as intake

TOLD_AT_MOST_BEFORE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Told:
    """
    What was answered; None where it was left open.

    ``activities`` are the client's own, hard now, in their words, each with how well it goes (0-10);
    ``change`` is the global rating (-5 to 5), asked from the second visit on.
    """

    pain_last_week: int | None = None
    activities: Sequence[tuple[str, int | None]] = field(default=())
    change: int | None = None
    changed: str = ""


class NotNow(UnknotError):  # noqa: N818 - it reads as what it is
    """It can't be told now: too early, too late, or of an activity that wasn't named at first."""


def may_tell(appointment: Appointment, now: datetime) -> bool:
    """Whether a visit may be told about: a session that is booked and comes within the week."""
    return (
        appointment.status == Status.BOOKED
        and appointment.offer != Offer.DISCOVERY
        and appointment.starts_at - TOLD_AT_MOST_BEFORE <= now < appointment.starts_at
        and not Session.objects.filter(appointment=appointment).exists()
    )


def may_name(course: Course | None) -> bool:
    """Whether the client's own activities may be named: until the first session, or while none is."""
    return course is None or not course.sessions.exists() or not course.activities.exists()


@transaction.atomic
def tell_before(appointment: Appointment, told: Told, *, on: date, by: User | None, now: datetime) -> Course:
    """
    Keep what a client tells before a visit; told again it is as it was told last.

    The activities named before the first session are those of the whole course. Raises NotNow.
    """
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if not may_tell(found, now):
        raise NotNow
    course = course_of(found, by=by, now=now)
    CheckIn.objects.update_or_create(
        appointment=found, defaults={"told_at": now, "changed": told.changed, "for_start": found.starts_at}
    )
    activities = _activities(course, found, [words for words, _value in told.activities[:MOST_ACTIVITIES]])
    _score(course, found, Instrument.NPRS, told.pain_last_week, on)
    _score(course, found, Instrument.GROC, told.change, on)
    values = dict(told.activities)
    for activity in activities:
        _score(course, found, Instrument.PSFS, values.get(activity.words), on, activity)
    intake.changed(course, course.practice, by=by)
    return course


def _activities(course: Course, appointment: Appointment, names: Sequence[str]) -> list[Activity]:
    """The course's, as they are settled or as they are named now. Raises NotNow for a late name."""
    there = list(course.activities.all())
    if may_name(course):
        return _renamed(course, appointment, there, names)
    if not {one.words for one in there}.issuperset(names):
        raise NotNow
    return there


def _renamed(
    course: Course, appointment: Appointment, there: list[Activity], names: Sequence[str]
) -> list[Activity]:
    """What is named anew takes the place of what is named no longer; what is left over goes."""
    kept = [one for one in there if one.words in names]
    spare = [one for one in there if one.words not in names]
    for words in names:
        if words not in {one.words for one in kept}:
            one = spare.pop(0) if spare else Activity(course=course, position=_free_position(kept))
            one.words = words
            one.save()
            kept.append(one)
    appointment.scores.filter(activity__in=spare).delete()
    Activity.objects.filter(pk__in=[one.pk for one in spare], scores__isnull=True).delete()
    return kept


def _free_position(taken: Sequence[Activity]) -> int:
    return min(set(range(1, MOST_ACTIVITIES + 1)) - {one.position for one in taken})


def _score(
    course: Course,
    appointment: Appointment,
    instrument: Instrument,
    value: int | None,
    on: date,
    activity: Activity | None = None,
) -> None:
    """Keep a number; left open, the one told before goes."""
    if value is None:
        appointment.scores.filter(instrument=instrument, activity=activity).delete()
    else:
        said = {"practice": course.practice, "course": course, "value": value, "given_on": on}
        Score.objects.update_or_create(
            appointment=appointment, instrument=instrument, activity=activity, defaults=said
        )
