"""What permits a practitioner ends before a visit: who is told, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import letters
from unknot.web.booking.models import Appointment, LicenceNotice, Status
from unknot.web.directory.models import CredentialState, Offer, Practitioner
from unknot.web.directory.queries import local_date, permitted_until

TOLD_BEFORE = timedelta(days=14)


def tell_of_ending_licences(now: datetime) -> int:
    """
    Tell client, practitioner and administrators of visits after a licence's last day; say how many.

    From two weeks before that day on, once for each visit and last day; where a credential was refused and
    nothing permits the practitioner any more, at once. What waits to be checked alarms nobody. From then on
    cancelling is free. A discovery call is no treatment and goes on.
    """
    coming = Practitioner.objects.filter(appointments__status=Status.BOOKED, appointments__starts_at__gt=now)
    told = 0
    for practitioner in coming.prefetch_related("credentials", "places").distinct():
        permitted = permitted_until(practitioner)
        last_day = permitted.last_day if permitted else None
        if permitted is None and any(
            c.state == CredentialState.WAITING for c in practitioner.credentials.all()
        ):
            continue
        if permitted and (not last_day or last_day > local_date(practitioner, now) + TOLD_BEFORE):
            continue
        told += sum(_tell(visit, last_day) for visit in _after(practitioner, last_day, now))
    return told


def _after(practitioner: Practitioner, last_day: date | None, now: datetime) -> list[Appointment]:
    visits = practitioner.appointments.filter(status=Status.BOOKED, starts_at__gt=now)
    treating = visits.exclude(offer=Offer.DISCOVERY).select_related(
        "person__contact", "practitioner__user", "practice"
    )
    return [v for v in treating if last_day is None or local_date(practitioner, v.starts_at) > last_day]


@transaction.atomic
def _tell(visit: Appointment, last_day: date | None) -> bool:
    _notice, is_new = LicenceNotice.objects.get_or_create(appointment=visit, last_day=last_day)
    if is_new:
        Appointment.objects.filter(pk=visit.pk).update(late_fee_minor=0)
        visit.late_fee_minor = 0
        record(
            Did.CHANGED,
            "booking.appointment",
            [visit.public_id],
            by=None,
            practice=visit.practice.public_id,
        )
        letters.licence_ends(visit, last_day)
    return is_new
