"""What permits a practitioner ends before a visit: who is told, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import letters
from unknot.web.booking.models import Appointment, LicenceNotice, Status
from unknot.web.booking.queries import law_of
from unknot.web.directory.models import Offer
from unknot.web.directory.queries import is_being_checked, local_date, permitted_until

TOLD_BEFORE = timedelta(days=14)


def tell_of_ending_licences(now: datetime) -> int:
    """
    Tell client, practitioner and administrators of visits after a licence's last day; say how many.

    From two weeks before that day on, once for each visit and last day; where a credential was refused and
    nothing permits the visit any more, at once. Where what is missing waits to be checked, nobody is alarmed.
    From then on cancelling is free. A discovery call is no treatment and goes on.
    """
    booked = Appointment.objects.filter(status=Status.BOOKED, starts_at__gt=now)
    treating = booked.exclude(offer=Offer.DISCOVERY).select_related("practitioner")
    visits = treating.prefetch_related("practitioner__credentials", "practitioner__places")
    return sum(_tell(visit, now) for visit in visits)


@dataclass(frozen=True)
class _Ends:
    """What permits a visit ends before it; without a last day nothing permits it any more."""

    last_day: date | None


def _ends_before(visit: Appointment, now: datetime) -> _Ends | None:
    """By what the visit's place asks for and, by video, the client's; None where there is nothing to tell."""
    practitioner, law = visit.practitioner, law_of(visit)
    permitted = permitted_until(practitioner, law)
    if permitted is None:
        return None if is_being_checked(practitioner, law) else _Ends(None)
    last_day = permitted.last_day
    if last_day is None or last_day > local_date(practitioner, now) + TOLD_BEFORE:
        return None
    return _Ends(last_day) if local_date(practitioner, visit.starts_at) > last_day else None


@transaction.atomic
def _tell(visit: Appointment, now: datetime) -> bool:
    if _ends_before(visit, now) is None:
        return False
    locked = Appointment.objects.select_for_update(of=("self",)).filter(status=Status.BOOKED)
    found = (
        locked.select_related("person__contact", "practitioner__user", "practice").filter(pk=visit.pk).first()
    )
    ends = _ends_before(found, now) if found else None  # it may have been moved or cancelled meanwhile
    if found is None or ends is None:
        return False
    _notice, is_new = LicenceNotice.objects.get_or_create(appointment=found, last_day=ends.last_day)
    if is_new:
        found.late_fee_minor = 0
        found.save(update_fields=["late_fee_minor"])
        record(
            Did.CHANGED,
            "booking.appointment",
            [found.public_id],
            by=None,
            practice=found.practice.public_id,
        )
        letters.licence_ends(found, ends.last_day)
    return is_new
