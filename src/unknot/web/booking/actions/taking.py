"""Taking time of a practitioner's: what everything that fills a calendar goes through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from unknot.errors import UnknotError
from unknot.web.booking.models import Appointment, Diary, Reservation, TakenTime
from unknot.web.directory.models import Practitioner

EXCLUDED = "23P01"  # PostgreSQL's code for what an exclusion constraint refuses
EVERY_LAYER = NumericRange()


class TimeTaken(UnknotError):  # noqa: N818 - it reads as what it is
    """Something is there already."""


def one_after_another(practitioner: Practitioner) -> None:
    """
    Wait for who takes time of the same practitioner's now.

    The constraint alone would do, but of several that insert at once each waits for the others until
    PostgreSQL finds the deadlock, a second later, and ends one with an error that says nothing of time.
    """
    Practitioner.objects.select_for_update(no_key=True).get(pk=practitioner.pk)


def take(taken: TakenTime, start: datetime, end: datetime, *, layer: NumericRange) -> TakenTime:
    """Write one taken time. Raises TimeTaken where some of it is taken in its layer."""
    taken.during, taken.layer = DateTimeTZRange(start, end), layer
    try:
        with transaction.atomic():
            taken.save()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) == EXCLUDED:
            raise TimeTaken from None
        raise
    return taken


def take_for(agreed: Reservation | Appointment, diary: Diary) -> None:
    """
    Take the time of a reservation or appointment in every layer, its buffers in a layer of their own.

    Raises TimeTaken where one of them meets what is taken already.
    """
    start, end = agreed.starts_at, agreed.ends_at
    before = timedelta(minutes=diary.buffer_before_minutes)
    after = timedelta(minutes=diary.buffer_after_minutes)
    take(_of(agreed), start, end, layer=EVERY_LAYER)
    if before:
        take(_of(agreed), start - before, start, layer=layer_of(agreed))
    if after:
        take(_of(agreed), end, end + after, layer=layer_of(agreed))


def layer_of(agreed: Reservation | Appointment) -> NumericRange:
    """Where its buffers lie and no other's; a reservation's number is written below nothing."""
    number = -agreed.pk if isinstance(agreed, Reservation) else agreed.pk
    return NumericRange(number, number, "[]")


def _of(agreed: Reservation | Appointment) -> TakenTime:
    if isinstance(agreed, Reservation):
        return TakenTime(
            practitioner_id=agreed.practitioner_id, what=TakenTime.What.RESERVED, reservation=agreed
        )
    return TakenTime(practitioner_id=agreed.practitioner_id, what=TakenTime.What.BOOKED, appointment=agreed)
