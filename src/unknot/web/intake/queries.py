"""Who acts for whom, and the record of a person."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from unknot.errors import InputError
from unknot.web.accounts.models import User
from unknot.web.intake.models import ActsFor, As, Intake, Person
from unknot.web.intake.records import Record, read_record
from unknot.web.site.prepared import Query

COUNTS_FOR = timedelta(days=180)


def acts_for(user: User, person: Person) -> bool:
    """Whether an account may see and do what a person may."""
    return ActsFor.objects.filter(user=user, person=person).exists()


_ACTING_IN = Query(
    lambda user, practice: (
        ActsFor.objects.filter(user=user, person__practice=practice)
        .select_related("person__contact")
        .order_by("person")
    )
)
_LATEST_INTAKE = Query(lambda person, since: Intake.objects.filter(person=person, told_on__gt=since)[:1])


def acting_in(practice_id: int, user: User) -> list[ActsFor]:
    """For whom an account acts in a practice, with their contact details, the first known first."""
    return _ACTING_IN(user.pk, practice_id).all()


def oneself(user: User) -> Person | None:
    """Who an account's owner is, as they gave it last, to whichever practice."""
    given = ActsFor.objects.filter(user=user, acts_as=As.SELF).select_related(
        "person__contact", "person__practice"
    )
    latest = given.order_by("-since").first()
    return latest.person if latest else None


def persons_of(user: User) -> QuerySet[Person]:
    """Everybody whom an account acts for."""
    return Person.objects.filter(actors__user=user)


def latest_intake(person: Person, visit_day: date) -> Intake | None:
    """What a person told last, unless on that day it is too old by the rule ``intake_stale``: 180 days."""
    return _LATEST_INTAKE(person.pk, visit_day - COUNTS_FOR).first()


def record_of(intake: Intake) -> Record | None:
    """
    An intake as values, with the notes that the person's practice has recorded.

    None where today's questions can't be read from it any more: then they are open again.
    """
    notes = tuple(intake.person.clearances.all())
    try:
        return read_record(intake.drawing, intake.selection, intake.told_on, notes)
    except InputError:
        return None
