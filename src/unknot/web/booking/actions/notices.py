"""What permits a practitioner ends before a visit: who is told, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from unknot.web.booking import letters
from unknot.web.booking.models import Appointment, LicenceNotice, Status
from unknot.web.booking.queries import last_bookable_day
from unknot.web.directory.models import Offer, Practitioner
from unknot.web.directory.queries import local_date

TOLD_BEFORE = timedelta(days=14)


def tell_of_ending_licences(now: datetime) -> int:
    """
    Tell client, practitioner and administrators of visits after a licence's last day; say how many.

    From two weeks before that day on, once for each visit and last day. From then on cancelling is free. A
    discovery call is no treatment and goes on.
    """
    coming = Practitioner.objects.filter(appointments__status=Status.BOOKED, appointments__starts_at__gt=now)
    told = 0
    for practitioner in coming.prefetch_related("credentials", "places").distinct():
        last_day = last_bookable_day(practitioner)
        if last_day is not None and last_day <= local_date(practitioner, now) + TOLD_BEFORE:
            told += sum(_tell(visit, last_day) for visit in _after(practitioner, last_day, now))
    return told


def _after(practitioner: Practitioner, last_day: date, now: datetime) -> list[Appointment]:
    visits = practitioner.appointments.filter(status=Status.BOOKED, starts_at__gt=now)
    treating = visits.exclude(offer=Offer.DISCOVERY).select_related("person__contact", "practitioner__user")
    return [visit for visit in treating if local_date(practitioner, visit.starts_at) > last_day]


@transaction.atomic
def _tell(visit: Appointment, last_day: date) -> bool:
    _notice, is_new = LicenceNotice.objects.get_or_create(appointment=visit, last_day=last_day)
    if is_new:
        Appointment.objects.filter(pk=visit.pk).update(late_fee_minor=0)
        visit.late_fee_minor = 0
        letters.licence_ends(visit, last_day)
    return is_new
