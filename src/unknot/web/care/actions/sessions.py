"""A session begins, is checked, agreed to, or stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from unknot.errors import UnknotError
from unknot.screening import Screening, to_json
from unknot.web.accounts.models import User
from unknot.web.booking.actions import opens_at
from unknot.web.booking.models import Appointment, Status
from unknot.web.care.actions.signed import changed, unsigned
from unknot.web.care.models import AreaConsent, Check, Course, Session
from unknot.web.directory.models import Offer
from unknot.web.intake import actions as intake
from unknot.web.intake.models import Consent

CHARTED_AT_MOST_AFTER = timedelta(days=30)


class NotOpen(UnknotError):  # noqa: N818 - it reads as what it is
    """The appointment can't be charted: it is a talk, to come, cancelled, or long over."""


@transaction.atomic
def begin(appointment: Appointment, *, by: User, now: datetime) -> Session:
    """
    Open the session of an appointment, in the course that is open or a new one; the client has arrived.

    Begun twice it is the same session. Raises NotOpen.
    """
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    begun = Session.objects.filter(appointment=found).first()
    if begun:
        return begun
    early = now < opens_at(found)
    late = now > found.ends_at + CHARTED_AT_MOST_AFTER
    if found.offer == Offer.DISCOVERY or found.status not in (Status.BOOKED, Status.ARRIVED) or early or late:
        raise NotOpen
    found.status = Status.ARRIVED
    found.save(update_fields=["status"])
    course = course_of(found, by=by, now=now)
    session = Session.objects.create(
        practice=found.practice,
        appointment=found,
        course=course,
        position=course.sessions.count() + 1,
        begun_at=now,
    )
    changed(session, Session, by=by)
    return session


def course_of(appointment: Appointment, *, by: User | None, now: datetime) -> Course:
    """
    The person's open course with the practitioner, or a new one; locked, so that sessions are counted.

    Runs in the transaction of its reason.
    """
    whose = {"practitioner": appointment.practitioner, "person": appointment.person}
    course, is_new = Course.objects.get_or_create(
        **whose, ended_at=None, defaults={"practice": appointment.practice, "begun_at": now}
    )
    if is_new:
        intake.changed(course, appointment.practice, by=by)
    return Course.objects.select_for_update(of=("self",)).get(pk=course.pk)


@transaction.atomic
def keep_check(session: Session, answers: object, screening: Screening, *, by: User, now: datetime) -> Check:
    """Keep what was asked on the day, and what screening says with it. Raises Signed."""
    found = unsigned(session)
    if found.stopped:  # it was ended by mistake
        found.stopped = ""
        found.save(update_fields=["stopped"])
    kept = Check.objects.create(
        session=found,
        checked_at=now,
        answers=answers,
        decision=screening.decision,
        held=screening.held,
        treatable=screening.treatable,
        result=to_json(screening),
    )
    changed(found, Check, by=by)
    return kept


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """
    What a client agrees to today, in the words that were shown, and by whose name.

    ``areas`` are the sensitive areas that were asked about: the words, and whether they were agreed to.
    """

    plan: str
    given_by: str
    goals: str
    areas: Mapping[str, tuple[str, bool]]


@transaction.atomic
def agree(session: Session, agreement: Agreement, *, by: User, now: datetime) -> None:
    """Keep the client's word on today's plan, each sensitive area, and what they want. Raises Signed."""
    found = unsigned(session)
    person = found.course.person
    if found.course.goals != agreement.goals:
        found.course.goals = agreement.goals
        found.course.save(update_fields=["goals"])
        intake.changed(found.course, found.practice, by=by)

    def consent(to: Consent.To, words: str) -> Consent:
        return intake.consent(person, to, words, given_by=agreement.given_by, at=now, by=by)

    found.consent = consent(Consent.To.PLAN, agreement.plan)
    found.save(update_fields=["consent"])
    changed(found, Session, by=by)
    for area, (words, agreed) in agreement.areas.items():
        asked, _is_new = AreaConsent.objects.get_or_create(session=found, area=area)
        asked.consent = consent(Consent.To.AREA, words) if agreed else None
        asked.save()
        changed(found, AreaConsent, by=by)


@transaction.atomic
def withdraw(session: Session, *, by: User) -> None:
    """The client takes back what was agreed to: nothing more is done today. Raises Signed."""
    found = unsigned(session)
    found.consent = None
    found.save(update_fields=["consent"])
    changed(found, Session, by=by)
    for asked in found.areaconsents.exclude(consent=None):
        asked.consent = None
        asked.save()
        changed(found, AreaConsent, by=by)


@transaction.atomic
def stop(session: Session, words: str, *, by: User) -> Session:
    """The visit ends at the check; ``words`` say why and what to do now. Nothing is owed. Raises Signed."""
    found = unsigned(session)
    found.stopped = words
    found.save(update_fields=["stopped"])
    changed(found, Session, by=by)
    return found


@transaction.atomic
def end_course(course: Course, *, by: User, now: datetime) -> None:
    """The course is over; the next visit begins another."""
    found = Course.objects.select_for_update(of=("self",)).select_related("practice").get(pk=course.pk)
    if found.ended_at is None:
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        intake.changed(found, found.practice, by=by)
