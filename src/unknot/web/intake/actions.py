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
from unknot.web.intake.queries import acting_in
from unknot.web.site.prepared import insert, insert_keyed, write

if TYPE_CHECKING:
    from unknot.screening.result import Screening

_REACHED_BY = """
    INSERT INTO intake_contactdetails (person_id, email, phone) VALUES (%s, %s, %s)
    ON CONFLICT (person_id) DO UPDATE SET email = excluded.email, phone = excluded.phone
"""

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
    person = Person(practice=practice, name=contact.name, language=contact.language)
    insert_keyed(person)
    insert(ContactDetails(person=person, email=contact.email, phone=contact.phone))
    changed(person, practice, by=by)
    return person


@within
def client_of(practice: Practice, user: User, contact: Contact, *, guarded: bool) -> Person:
    """
    The client whom an account books for: the one that it acted for before, or a new one.

    Somebody ``guarded`` is its child; else the first in a practice is oneself, and all others are others. Of
    those the name tells which.
    """
    acting = acting_in(practice.pk, user)
    acts_as = As.GUARDIAN if guarded else As.OTHER if any(a.acts_as == As.SELF for a in acting) else As.SELF
    for known in acting:
        if known.acts_as == acts_as and known.person.name == contact.name:
            renew(known.person, contact, by=user)
            return known.person
    person = add_person(practice, contact, by=user)
    acts_for = ActsFor(user=user, person=person, acts_as=acts_as)
    insert(acts_for)
    changed(acts_for, practice, by=user)
    return person


@within
def keep(person: Person, draft: Draft, *, at: datetime, on: date, by: User | None) -> Intake | None:
    """Make a record of what a draft holds, if it holds answers; the draft is left to its owner."""
    if not draft.selection:
        return None
    intake = Intake(
        practice=person.practice,
        person=person,
        told_at=at,
        told_on=on,
        drawing=draft.drawing,
        selection=draft.selection,
    )
    insert_keyed(intake)
    changed(intake, person.practice, by=by)
    return intake


@within
def keep_screening(intake: Intake, screening: Screening, day: date, *, at: datetime) -> None:
    """Keep what screening said for a day."""
    insert(
        ScreeningResult(
            practice=intake.practice,
            person=intake.person,
            intake=intake,
            for_day=day,
            screened_at=at,
            decision=screening.decision,
            held=screening.held,
            result=to_json(screening),
        )
    )


@within
def consent(
    person: Person, to: Consent.To, words: str, *, given_by: str, at: datetime, by: User | None
) -> Consent:
    """Keep what was agreed to, in the words that were shown."""
    given = Consent(
        practice=person.practice,
        person=person,
        to=to,
        words=words,
        given_by=given_by,
        given_at=at,
        user=by,
    )
    insert_keyed(given)
    changed(given, person.practice, by=by)
    return given


@within
def record_clearance(clearance: Clearance, *, by: User | None) -> None:
    """Write a note that clears a rule, as its form checked it."""
    clearance.recorded_by = by
    clearance.practice = clearance.person.practice
    insert(clearance)
    changed(clearance, clearance.practice, by=by)


@within
def renew(person: Person, contact: Contact, *, by: User) -> None:
    """Write a client's name and contact details as they are now."""
    person.name, person.language = contact.name, contact.language
    write(
        "UPDATE intake_person SET name = %s, language = %s WHERE id = %s",
        [person.name, person.language, person.pk],
    )
    write(_REACHED_BY, [person.pk, contact.email, contact.phone])
    person.contact = ContactDetails(email=contact.email, phone=contact.phone)
    changed(person, person.practice, by=by)


def changed(thing: models.Model, practice: Practice, *, by: User | None) -> None:
    """What has no id of its own is its person's."""
    public_id = getattr(thing, "public_id", None) or getattr(thing, "person").public_id  # noqa: B009
    record(Did.CHANGED, thing._meta.label_lower, [public_id], by=by, practice=practice.public_id)
