"""What the client tells before a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from unknot.web.accounts.models import User
from unknot.web.booking.models import Appointment
from unknot.web.care.actions.sessions import course_of
from unknot.web.care.models import Activity, CheckIn, Course, Instrument, Score
from unknot.web.care.models.outcomes import MOST_ACTIVITIES
from unknot.web.intake import actions as intake


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


@transaction.atomic
def tell_before(appointment: Appointment, told: Told, *, on: date, by: User | None, now: datetime) -> Course:
    """
    Keep what a client tells before a visit; told again it is as it was told last.

    The activities named first stay those of the whole course.
    """
    course = course_of(appointment, by=by, now=now)
    CheckIn.objects.update_or_create(
        appointment=appointment, defaults={"told_at": now, "changed": told.changed}
    )
    _score(course, appointment, Instrument.NPRS, told.pain_last_week, on)
    _score(course, appointment, Instrument.GROC, told.change, on)
    there = {activity.words: activity for activity in course.activities.all()}
    for words, value in told.activities[:MOST_ACTIVITIES]:
        if words not in there and len(there) < MOST_ACTIVITIES:
            there[words] = Activity.objects.create(course=course, position=len(there) + 1, words=words)
        if words in there:
            _score(course, appointment, Instrument.PSFS, value, on, there[words])
    intake.changed(course, course.practice, by=by)
    return course


def _score(
    course: Course,
    appointment: Appointment,
    instrument: Instrument,
    value: int | None,
    on: date,
    activity: Activity | None = None,
) -> None:
    if value is not None:
        Score.objects.update_or_create(
            appointment=appointment,
            instrument=instrument,
            activity=activity,
            defaults={"practice": course.practice, "course": course, "value": value, "given_on": on},
        )
