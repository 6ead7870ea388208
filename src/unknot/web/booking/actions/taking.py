"""Taking time of a practitioner's: what everything that fills a calendar goes through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from unknot.errors import UnknotError
from unknot.web.booking.models import Appointment, Diary, Reservation, TakenTime
from unknot.web.directory.models import Practitioner
from unknot.web.site.database import EXCLUDED, refused_as
from unknot.web.site.prepared import Query

EVERY_LAYER = NumericRange()
_LOCKED = Query(
    lambda practitioner: (
        Practitioner.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice", "user", "diary")
        .filter(pk=practitioner)
    )
)


class TimeTaken(UnknotError):  # noqa: N818 - it reads as what it is
    """Something is there already."""


def one_after_another(practitioner_id: int) -> Practitioner:
    """
    Wait for who takes time of the same practitioner's now, and read them with practice, user and diary.

    The constraint alone would do, but of several that insert at once each waits for the others until
    PostgreSQL finds the deadlock, a second later, and ends one with an error that says nothing of time.
    """
    found = _LOCKED(practitioner_id).first()
    if found is None:
        raise Practitioner.DoesNotExist
    return found


def take(practitioner: Practitioner, start: datetime, end: datetime) -> TakenTime:
    """Block time. Raises TimeTaken where some of it is taken; the transaction can't go on then."""
    blocked = TakenTime(
        practitioner=practitioner,
        what=TakenTime.What.BLOCKED,
        during=DateTimeTZRange(start, end),
        layer=EVERY_LAYER,
    )
    _write([blocked])
    return blocked


def take_for(agreed: Reservation | Appointment, diary: Diary) -> None:
    """
    Take the time of a reservation or appointment in every layer, its buffers in a layer of their own.

    Raises TimeTaken where one of them meets what is taken already; the transaction can't go on then.
    """
    start, end = agreed.starts_at, agreed.ends_at
    before = timedelta(minutes=diary.buffer_before_minutes)
    after = timedelta(minutes=diary.buffer_after_minutes)
    own = layer_of(agreed)
    rows = [_of(agreed, start, end, EVERY_LAYER)]
    rows += [_of(agreed, start - before, start, own)] if before else []
    rows += [_of(agreed, end, end + after, own)] if after else []
    _write(rows)


def _write(rows: list[TakenTime]) -> None:
    try:
        TakenTime.objects.bulk_create(rows)
    except IntegrityError as error:
        if refused_as(error, EXCLUDED):
            raise TimeTaken from None
        raise


def layer_of(agreed: Reservation | Appointment) -> NumericRange:
    """Where its buffers lie and no other's; a reservation's number is written below nothing."""
    number = -agreed.pk if isinstance(agreed, Reservation) else agreed.pk
    return NumericRange(number, number, "[]")


def _of(agreed: Reservation | Appointment, start: datetime, end: datetime, layer: NumericRange) -> TakenTime:
    taken = TakenTime(practitioner_id=agreed.practitioner_id, during=DateTimeTZRange(start, end), layer=layer)
    if isinstance(agreed, Reservation):
        taken.what, taken.reservation = TakenTime.What.RESERVED, agreed
    else:
        taken.what, taken.appointment = TakenTime.What.BOOKED, agreed
    return taken
