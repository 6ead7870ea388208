"""
What is written of persons and of what they told; each runs in the transaction of its reason.

Who may do it the caller has checked. Only the drafts of somebody who isn't a client yet are no record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from unknot.screening import to_json
from unknot.web.accounts.models import Practice, User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.intake.models import (
    ActsFor,
    As,
    Clearance,
    Consent,
    ContactDetails,
    Draft,
    Intake,
    Person,
    ScreeningResult,
)

if TYPE_CHECKING:
    from unknot.screening.result import Screening

within = transaction.atomic(savepoint=False)
"""One transaction with what calls it: an error undoes all of it, so that no savepoint is needed."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person's name and how to reach them."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "en"


@within
def add_person(practice: Practice, contact: Contact, *, by: User | None) -> Person:
    """A new client of a practice."""
    person = Person.objects.create(practice=practice, name=contact.name, language=contact.language)
    ContactDetails.objects.create(person=person, email=contact.email, phone=contact.phone)
    changed(person, practice, by=by)
    return person


@within
def client_of(practice: Practice, user: User, acts_as: As, contact: Contact) -> Person:
    """
    The client whom an account books for: the one that it acted for before, or a new one.

    Oneself is one person in a practice; of all others the name tells which.
    """
    mine = ActsFor.objects.filter(user=user, acts_as=acts_as, person__practice=practice)
    if acts_as != As.SELF:
        mine = mine.filter(person__name=contact.name)
    found = mine.select_related("person").order_by("pk").first()
    if found is None:
        person = add_person(practice, contact, by=user)
        changed(ActsFor.objects.create(user=user, person=person, acts_as=acts_as), practice, by=user)
        return person
    renew(found.person, contact, by=user)
    return found.person


@within
def keep(person: Person, draft: Draft, *, at: datetime, on: date, by: User | None) -> Intake | None:
    """Make a record of what a draft holds, if it holds answers; the draft is left to its owner."""
    if not draft.selection:
        return None
    intake = Intake.objects.create(
        practice=person.practice,
        person=person,
        told_at=at,
        told_on=on,
        drawing=draft.drawing,
        selection=draft.selection,
    )
    changed(intake, person.practice, by=by)
    return intake


@within
def keep_screening(intake: Intake, screening: Screening, day: date, *, at: datetime) -> ScreeningResult:
    """Keep what screening said for a day."""
    return ScreeningResult.objects.create(
        practice=intake.practice,
        person=intake.person,
        intake=intake,
        for_day=day,
        screened_at=at,
        decision=screening.decision,
        held=screening.held,
        result=to_json(screening),
    )


@within
def consent(
    person: Person, to: Consent.To, words: str, *, given_by: str, at: datetime, by: User | None
) -> Consent:
    """Keep what was agreed to, in the words that were shown."""
    given = Consent.objects.create(
        practice=person.practice,
        person=person,
        to=to,
        words=words,
        given_by=given_by,
        given_at=at,
        user=by,
    )
    changed(given, person.practice, by=by)
    return given


@within
def record_clearance(clearance: Clearance, *, by: User | None) -> None:
    """Write a note that clears a rule, as its form checked it."""
    clearance.recorded_by = by
    clearance.practice = clearance.person.practice
    clearance.save()
    changed(clearance, clearance.practice, by=by)


@within
def renew(person: Person, contact: Contact, *, by: User) -> None:
    """Write a client's name and contact details as they are now."""
    person.name, person.language = contact.name, contact.language
    person.save(update_fields=["name", "language"])
    details = {"email": contact.email, "phone": contact.phone}
    ContactDetails.objects.update_or_create(person=person, defaults=details)
    changed(person, person.practice, by=by)


def changed(thing: models.Model, practice: Practice, *, by: User | None) -> None:
    """What has no id of its own is its person's."""
    public_id = getattr(thing, "public_id", None) or getattr(thing, "person").public_id  # noqa: B009
    record(Did.CHANGED, thing._meta.label_lower, [public_id], by=by, practice=practice.public_id)
