"""A session begins, is checked, agreed to, or stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from unknot.errors import UnknotError
from unknot.screening import Screening, to_json
from unknot.web.accounts.models import User
from unknot.web.booking.actions import ARRIVES_AT_MOST_BEFORE
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
    early = now < found.starts_at - ARRIVES_AT_MOST_BEFORE
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
        number=course.sessions.count() + 1,
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


@transaction.atomic
def agree_to_plan(session: Session, words: str, *, given_by: str, by: User, now: datetime) -> None:
    """The client agreed to today's plan, in the words that were shown. Raises Signed."""
    found = unsigned(session)
    if found.consent_id is None:
        person = found.course.person
        found.consent = intake.consent(person, Consent.To.PLAN, words, given_by=given_by, at=now, by=by)
        found.save(update_fields=["consent"])
        changed(found, Session, by=by)


@transaction.atomic
def agree_to_area(
    session: Session, area: str, words: str, *, agreed: bool, given_by: str, by: User, now: datetime
) -> AreaConsent:
    """Consent to a sensitive area for this session, or that it was declined or taken back. Raises Signed."""
    found = unsigned(session)
    asked, _is_new = AreaConsent.objects.get_or_create(session=found, area=area)
    if asked.given != agreed:
        person = found.course.person
        asked.consent = (
            intake.consent(person, Consent.To.AREA, words, given_by=given_by, at=now, by=by)
            if agreed
            else None
        )
        asked.save()
    changed(found, AreaConsent, by=by)
    return asked


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
