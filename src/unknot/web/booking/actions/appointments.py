"""Appointments: made, moved, cancelled, marked; with their letters, in one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists

from unknot.errors import InputError, UnknotError
from unknot.knowledge import load
from unknot.screening import Screening
from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import letters
from unknot.web.booking.actions.agreeing import terms_of
from unknot.web.booking.actions.reserving import Brought, Expired, NotFree
from unknot.web.booking.actions.taking import TimeTaken, layer_of, one_after_another, take_for
from unknot.web.booking.models import Appointment, Reservation, Status, TakenTime
from unknot.web.booking.queries import (
    cancelling_costs,
    diary_of,
    free_until_once_moved,
    has_session,
    is_free,
    last_bookable_day,
    law_of,
    may_tell,
    record_for,
    service_of,
    told_before,
)
from unknot.web.directory.models import Offer, Place, Practitioner, Service
from unknot.web.directory.queries import local_date
from unknot.web.intake import actions as intake
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Clearance, Consent, Draft, Intake, Person
from unknot.web.intake.queries import latest_intake, record_of
from unknot.web.intake.records import (
    GUARDIAN,
    NOTHING_TOLD,
    Bookable,
    Record,
    is_minor,
    read_record,
    screening_on,
)
from unknot.web.site.prepared import Query, insert_keyed, together, write

ARRIVES_AT_MOST_BEFORE = timedelta(hours=2)
_LOCKED_DRAFT = Query(
    lambda draft: Draft.objects.select_for_update(of=("self",)).filter(
        Exists(TakenTime.objects.filter(reservation__draft=draft)), pk=draft
    )
)
_BOOKED = """
    UPDATE booking_takentime
    SET what = 'booked', reservation_id = NULL, appointment_id = %s,
        layer = CASE WHEN lower_inf(layer) THEN layer ELSE %s::int8range END
    WHERE reservation_id = %s
"""


class NotBookable(UnknotError):  # noqa: N818 - it reads as what it is
    """What was told allows less for that day; ``bookable`` says what."""

    def __init__(self, bookable: Bookable) -> None:
        """Keep what may be booked."""
        super().__init__("the answers don't allow it")
        self.bookable = bookable


class NotPermitted(UnknotError):  # noqa: N818 - it reads as what it is
    """What permits the practitioner doesn't reach to that day, or not where the client will be."""


class TooLate(UnknotError):  # noqa: N818 - it reads as what it is
    """The appointment is over, cancelled, or another's turn has come; nothing of it can be changed."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """
    What was agreed to, for oneself, or as ``guardian``, by name, for a minor.

    ``keeping`` and ``treating`` are the words that were shown.
    """

    keeping: str
    guardian: str = ""
    treating: str = ""


@dataclass(frozen=True, kw_only=True)
class Client(Agreement):
    """Who books, for oneself or as a guardian."""

    contact: Contact
    person: Person | None = None  # whom the account booked for before


@transaction.atomic
@together()
def book(kept: Reservation, client: Client, *, by: User, now: datetime) -> Appointment:
    """
    Make an appointment of a reservation: person, answers, screening, consent, taken time and letters.

    Pressed twice it is the same appointment. Raises Expired where the time isn't kept any more, NotPermitted
    where the practitioner may not treat then, NotBookable where the answers allow less, InputError where what
    was told lately has no consent yet.
    """
    if not _is_still_kept(kept):
        return _booked_before(kept.public_id, by)
    if kept.expires_at <= now:
        raise Expired
    practitioner = kept.practitioner
    on, visit_day = local_date(practitioner, now), local_date(practitioner, kept.starts_at)
    _refuse_what_is_not_permitted(kept, kept.starts_at)
    before = told_before(kept.draft, client.person, visit_day)
    counts = record_for(kept.draft, client.person, before, on)
    guarded = counts is not None and is_minor(counts)
    person = _person(client, practitioner, by, guarded=guarded)
    if person is not client.person and not person._state.adding:  # noqa: SLF001 - somebody known after all
        before = told_before(kept.draft, person, visit_day)
        counts = record_for(kept.draft, person, before, on)
    if counts and guarded:
        notes = _let_guardian_consent(person, client, by=by, now=now, on=on)
        counts = replace(counts, notes=(*counts.notes, *notes))
    screening = _refuse_what_is_not_bookable(kept, counts)
    told_anew = intake.keep(person, kept.draft, at=now, on=on, by=by)
    if told_anew:
        _consent_to_keeping(person, client, by=by, now=now)
    told = told_anew or before
    appointment = _make(_agreed_on(kept, person, told), practitioner, now)
    if told and screening:
        _keep_screening(appointment, screening, now)
    _hand_over_time(kept, appointment)
    _changed(appointment, by=by)
    letters.booked(appointment)
    return appointment


@transaction.atomic
def book_for(
    service: Service,
    start: datetime,
    person: Person | Contact,
    *,
    place: Place | None,
    by: User,
    now: datetime,
) -> Appointment:
    """
    The practice books somebody, who may have a phone only; their safety questions stand open.

    Any time does that isn't taken. Raises TimeTaken, and NotPermitted.
    """
    practitioner = service.practitioner
    client = person if isinstance(person, Person) else intake.add_person(practitioner.practice, person, by=by)
    appointment = Appointment(
        practitioner=practitioner,
        person=client,
        starts_at=start,
        ends_at=start + timedelta(minutes=service.minutes),
        client_zone=practitioner.zone,
        intake=latest_intake(client, local_date(practitioner, start)),
        **terms_of(service, place, start, diary_of(practitioner)),
    )
    one_after_another(practitioner.pk)
    _refuse_what_is_not_permitted(appointment, start)
    _make(appointment, practitioner, now)
    take_for(appointment, diary_of(practitioner))
    _screen(appointment, now)
    _changed(appointment, by=by)
    letters.booked(appointment)
    return appointment


@transaction.atomic
def move(
    appointment: Appointment, start: datetime, *, by: User | None, now: datetime, by_practice: bool,
    message: str = "",
) -> Appointment:  # fmt: skip
    """
    Move an appointment, and screen the answers for its new day.

    A client may choose among the free times, the practice any that isn't taken. Moved to where it is, nothing
    changes. Raises NotFree, TooLate, NotPermitted, and for a client NotBookable.
    """
    one_after_another(appointment.practitioner_id)
    appointment = _changeable(appointment, now)
    if appointment.starts_at == start:
        return appointment  # pressed twice
    _refuse_what_is_not_permitted(appointment, start)
    if not by_practice:
        _refuse_move_to(appointment, start, now)
    appointment.taken.all().delete()
    before = appointment.starts_at
    appointment.free_until = free_until_once_moved(appointment, start, now, by_practice=by_practice)
    appointment.starts_at, appointment.ends_at = start, start + timedelta(minutes=appointment.minutes)
    appointment.message = message
    appointment.revision += 1
    _set_local_start(appointment)
    appointment.save()
    try:
        take_for(appointment, diary_of(appointment.practitioner))
    except TimeTaken:
        raise NotFree from None
    _screen(appointment, now)
    _changed(appointment, by=by)
    letters.moved(appointment, by_practice=by_practice, before=before)
    return appointment


@transaction.atomic
def cancel(
    appointment: Appointment, *, by: User | None, now: datetime, by_practice: bool, message: str = ""
) -> Appointment:
    """Cancel an appointment and give its time back; cancelled twice is cancelled. Raises TooLate."""
    one_after_another(appointment.practitioner_id)
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if found.status == Status.CANCELLED:
        return found
    appointment = _changeable(found, now)
    appointment.owed_minor = 0 if by_practice else cancelling_costs(appointment, now)
    appointment.status, appointment.ended_by_practice = Status.CANCELLED, by_practice
    appointment.cancelled_at = now
    appointment.message = message
    appointment.revision += 1
    appointment.save()
    appointment.taken.all().delete()
    _changed(appointment, by=by)
    letters.cancelled(appointment, by_practice=by_practice)
    return appointment


@transaction.atomic
def tell(
    appointment: Appointment,
    brought: Brought,
    agreed: Agreement,
    *,
    by: User | None,
    now: datetime,
    by_practice: bool,
) -> Appointment:
    """
    Keep, with consent, what was told for an appointment that is booked already.

    Raises TooLate, and InputError where the answers can't be read or are a minor's without a guardian.
    """
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if not may_tell(found, now, by_practice=by_practice):
        raise TooLate
    person = found.person
    on = local_date(found.practitioner, now)
    if is_minor(read_record(brought.drawing, brought.selection, on)):
        _let_guardian_consent(person, agreed, by=by, now=now, on=on)
    draft = Draft(drawing=brought.drawing, selection=brought.selection)
    found.intake = intake.keep(person, draft, at=now, on=on, by=by)
    found.save(update_fields=["intake"])
    _consent_to_keeping(person, agreed, by=by, now=now)
    _screen(found, now)
    _changed(found, by=by)
    return found


def opens_at(appointment: Appointment) -> datetime:
    """From when on the client may have arrived, and the session can be begun."""
    return appointment.starts_at - ARRIVES_AT_MOST_BEFORE


@transaction.atomic
def mark(appointment: Appointment, status: Status, *, by: User, now: datetime) -> Appointment:
    """
    Mark somebody as arrived, or as not having come, which gives their time back. Raises TooLate.

    Arrived can be taken back; who did not come can only be booked again.
    """
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if found.status == status:
        return found
    early = now < opens_at(found)
    too_soon = status == Status.NO_SHOW and now < found.starts_at
    closed = found.status not in (Status.BOOKED, Status.ARRIVED) or status == Status.CANCELLED
    if closed or early or too_soon or has_session(found):
        raise TooLate
    found.status = status
    found.save(update_fields=["status"])
    if status == Status.NO_SHOW:
        found.taken.all().delete()
    _changed(found, by=by)
    return found


def _is_still_kept(kept: Reservation) -> bool:
    """
    Whether it is there with its time; locked then in the order of who reserves and deletes.

    Without its time nothing keeps others out of it: then it is not kept, whatever became of the rest.
    Nothing of a reservation changes but its draft, which is read again.
    """
    kept.practitioner = one_after_another(kept.practitioner_id)
    draft = _LOCKED_DRAFT(kept.draft_id).first()
    if draft:
        kept.draft = draft
    return draft is not None


def _booked_before(reservation_id: UUID, by: User) -> Appointment:
    """What the first press made; another's stays hidden."""
    made = Appointment.objects.filter(reservation=reservation_id, person__actors__user=by).first()
    if made is None:
        raise Expired
    return made


def _person(client: Client, practitioner: Practitioner, by: User, *, guarded: bool) -> Person:
    """Whom it is for: somebody known, or one more whom the account acts for."""
    if client.person:
        intake.renew(client.person, client.contact, by=by)
        return client.person
    return intake.client_of(practitioner.practice, by, client.contact, guarded=guarded)


def _let_guardian_consent(
    person: Person, agreed: Agreement, *, by: User | None, now: datetime, on: date
) -> list[Clearance]:
    """The consent, and with it the clearances that the rules ask a guardian for."""
    if not (agreed.guardian and agreed.treating):
        raise InputError("a guardian has to consent")
    intake.consent(
        person, Consent.To.TREATING_A_MINOR, agreed.treating, given_by=agreed.guardian, at=now, by=by
    )
    notes = [
        Clearance(person=person, rule=rule.id, by_whom=GUARDIAN, given_by=agreed.guardian, given_on=on)
        for rule in load().rules.values()
        if rule.clears_with.who == GUARDIAN
    ]
    for note in notes:
        intake.record_clearance(note, by=by)
    return notes


def _refuse_what_is_not_permitted(agreed: Reservation | Appointment, start: datetime) -> None:
    """A discovery call is no treatment, and open to all."""
    if agreed.offer == Offer.DISCOVERY:
        return
    until = last_bookable_day(agreed.practitioner, law_of(agreed))
    if until and local_date(agreed.practitioner, start) > until:
        raise NotPermitted


def _refuse_what_is_not_bookable(kept: Reservation, told: Record | None) -> Screening | None:
    """What screening says for the day."""
    day = local_date(kept.practitioner, kept.starts_at)
    bookable = told.bookable(day) if told else NOTHING_TOLD
    if not bookable.allows(discovery=kept.offer == Offer.DISCOVERY):
        raise NotBookable(bookable)
    return bookable.screening


def _refuse_move_to(appointment: Appointment, start: datetime, now: datetime) -> None:
    """Who was booked without answers may move so too."""
    if not is_free(service_of(appointment), start, now=now, but=appointment):
        raise NotFree
    if appointment.intake is None:
        return
    record = record_of(appointment.intake)
    bookable = record.bookable(local_date(appointment.practitioner, start)) if record else NOTHING_TOLD
    if not bookable.allows(discovery=appointment.offer == Offer.DISCOVERY):
        raise NotBookable(bookable)


def _consent_to_keeping(person: Person, agreed: Agreement, *, by: User | None, now: datetime) -> None:
    """Answers may have come along from another tab since the form was shown, which then asked for nothing."""
    if not agreed.keeping:
        raise InputError("consent to keeping what was told is missing")
    given_by = agreed.guardian or person.name
    intake.consent(person, Consent.To.KEEPING, agreed.keeping, given_by=given_by, at=now, by=by)


def _agreed_on(kept: Reservation, person: Person, told: Intake | None) -> Appointment:
    return Appointment(
        reservation=kept.public_id,
        practitioner=kept.practitioner,
        person=person,
        starts_at=kept.starts_at,
        ends_at=kept.ends_at,
        client_zone=kept.client_zone,
        client_in=kept.client_in,
        intake=told,
        offer=kept.offer,
        mode=kept.mode,
        minutes=kept.minutes,
        price_minor=kept.price_minor,
        currency=kept.currency,
        address=kept.address,
        free_until=kept.free_until,
        late_fee_minor=kept.late_fee_minor,
    )


def _make(appointment: Appointment, practitioner: Practitioner, now: datetime) -> Appointment:
    appointment.practice = practitioner.practice
    appointment.booked_at = now
    _set_local_start(appointment)
    insert_keyed(appointment)
    return appointment


def _set_local_start(appointment: Appointment) -> None:
    """The start by the wall clock, which `unknot check` compares with a later day's rules of the zone."""
    appointment.zone = appointment.practitioner.zone
    local = appointment.starts_at.astimezone(ZoneInfo(appointment.zone))
    appointment.local_start = local.strftime("%Y-%m-%dT%H:%M")


def _screen(appointment: Appointment, now: datetime) -> None:
    """Screen what was told for the appointment's day, and keep the result."""
    record = record_of(appointment.intake) if appointment.intake else None
    if record:
        day = local_date(appointment.practitioner, appointment.starts_at)
        _keep_screening(appointment, screening_on(record, day), now)


def _keep_screening(appointment: Appointment, screening: Screening, now: datetime) -> None:
    if appointment.intake:
        day = local_date(appointment.practitioner, appointment.starts_at)
        intake.keep_screening(appointment.intake, screening, day, at=now)


def _hand_over_time(kept: Reservation, appointment: Appointment) -> None:
    """The reservation's time becomes the appointment's, row by row, so that it is free at no moment."""
    write(_BOOKED, [appointment.pk, layer_of(appointment), kept.pk])
    write("DELETE FROM booking_reservation WHERE id = %s", [kept.pk])
    write("DELETE FROM intake_draft WHERE id = %s", [kept.draft_id])


def _changeable(appointment: Appointment, now: datetime) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if found.status != Status.BOOKED or found.starts_at <= now or has_session(found):
        raise TooLate
    return found


def _changed(appointment: Appointment, *, by: User | None) -> None:
    practice = appointment.practice.public_id
    record(Did.CHANGED, "booking.appointment", [appointment.public_id], by=by, practice=practice)
