"""
Keeping a time for somebody who is about to book it.

A reservation is no record: it belongs to whom the browser's session knows it, and leaves no line in the
trail. With its draft it is gone when its time is up, or sooner by who wants the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from unknot.errors import UnknotError
from unknot.web.booking.actions.agreeing import terms_of
from unknot.web.booking.actions.taking import TimeTaken, one_after_another, take_for
from unknot.web.booking.models import Reservation
from unknot.web.booking.queries import diary_of, is_free
from unknot.web.directory.models import Place, Practitioner, Service
from unknot.web.intake.models import Draft
from unknot.web.site.prepared import insert_keyed

KEPT_FOR = timedelta(minutes=15)
KEPT_FOR_A_CODE = timedelta(minutes=20)  # as long as a code holds, and a moment to press
KEPT_AT_MOST = timedelta(minutes=45)  # however many codes are sent


class NotFree(UnknotError):  # noqa: N818 - it reads as what it is
    """The time is taken, past, too soon, too far or outside the hours."""


class Expired(UnknotError):  # noqa: N818 - it reads as what it is
    """The time is no longer kept."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """
    What somebody wants to book: which service, when, where, and by whose clock and law.

    ``press`` is the random number of the form, so that a doubled press is one.
    """

    service: Service
    starts_at: datetime
    place: Place | None
    client_zone: str
    client_in: str = ""
    press: UUID | None = None


@dataclass(frozen=True)
class Brought:
    """
    What comes along with a wish.

    ``drawing`` and ``selection`` are the carried fields of the visitor's walk, empty where nothing was told;
    ``typed`` is what was typed into the booking's form before.
    """

    drawing: str = ""
    selection: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def reserve(
    wish: Wish, brought: Brought, *, now: datetime, instead_of: Reservation | None = None
) -> Reservation:
    """
    Keep a time for a quarter of an hour, with what came along, instead of one that was kept before.

    The same form pressed twice for it has it once. Raises NotFree; what was kept before is kept on then.
    """
    practitioner = wish.service.practitioner
    one_after_another(practitioner.pk)
    delete_expired(now, practitioner)
    if again := _pressed_before(wish):
        return again
    if instead_of:
        release(instead_of)
    if not is_free(wish.service, wish.starts_at, now=now):
        raise NotFree
    diary = diary_of(practitioner)
    draft = Draft(
        drawing=brought.drawing, selection=brought.selection, typed=dict(brought.typed), made_at=now
    )
    insert_keyed(draft)
    reservation = Reservation(
        practitioner=practitioner,
        service=wish.service,
        place=wish.place,
        starts_at=wish.starts_at,
        ends_at=wish.starts_at + timedelta(minutes=wish.service.minutes),
        client_zone=wish.client_zone,
        client_in=wish.client_in,
        draft=draft,
        press=wish.press,
        expires_at=now + KEPT_FOR,
        **terms_of(wish.service, wish.place, wish.starts_at, diary),
    )
    insert_keyed(reservation)
    try:
        take_for(reservation, diary)
    except TimeTaken:
        raise NotFree from None
    return reservation


@transaction.atomic
def bring(reservation: Reservation, *, drawing: str, selection: str) -> None:
    """Put what was told after the time was chosen into the draft."""
    Draft.objects.filter(pk=reservation.draft_id).update(drawing=drawing, selection=selection)


@transaction.atomic
def type_in(reservation: Reservation, typed: dict[str, Any]) -> None:
    """Keep what was typed into the booking's form while the code is fetched."""
    Draft.objects.filter(pk=reservation.draft_id).update(typed=typed)


@transaction.atomic
def wait_for_code(reservation: Reservation, *, now: datetime) -> datetime:
    """Keep the time while a code is out, so that who fetches it loses nothing typed; until when."""
    until = min(now + KEPT_FOR_A_CODE, reservation.draft.made_at + KEPT_AT_MOST)
    Reservation.objects.filter(pk=reservation.pk, expires_at__lt=until).update(expires_at=until)
    return max(until, reservation.expires_at)


@transaction.atomic
def release(reservation: Reservation) -> None:
    """Give the time back, and forget what was told; who books it in the same instant is done first."""
    for draft in Draft.objects.select_for_update().filter(pk=reservation.draft_id):
        draft.delete()


@transaction.atomic
def delete_expired(now: datetime, practitioner: Practitioner | None = None) -> int:
    """
    Delete what is kept no longer, of one practitioner or all, and say how many there were.

    A draft without its reservation is of nobody any more, and goes when its time is up too.
    """
    over = Draft.objects.filter(
        Q(reservation__expires_at__lte=now) | Q(reservation__isnull=True, made_at__lte=now - KEPT_FOR)
    )
    if practitioner:
        over = over.filter(reservation__practitioner=practitioner)
    drafts = list(over.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    Draft.objects.filter(pk__in=drafts).delete()
    return len(drafts)


def _pressed_before(wish: Wish) -> Reservation | None:
    """What a first press of the same form keeps, whose answer may never have arrived."""
    if wish.press is None:
        return None
    kept = Reservation.objects.filter(practitioner=wish.service.practitioner, starts_at=wish.starts_at)
    return kept.filter(press=wish.press).first()
