"""A time that is kept becomes an appointment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unknot.errors import InputError
from unknot.screening import Screening
from unknot.web.accounts.codes import ENDED, send_code
from unknot.web.accounts.models import User
from unknot.web.audit import actions as audit
from unknot.web.audit.models import Did
from unknot.web.booking import actions, queries
from unknot.web.booking.forms.client import TYPED, BookingForm, WishForm
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.views.reserving import choose_again, page_of, stop_an_emergency
from unknot.web.booking.words import cancelling, leading_zone
from unknot.web.directory.models import Offer
from unknot.web.directory.queries import local_date
from unknot.web.intake.models import Person
from unknot.web.intake.queries import acting_in, oneself
from unknot.web.intake.records import NOTHING_TOLD, Bookable, Record, is_minor
from unknot.web.intake.sessions import forget_time, keep_time, kept_times
from unknot.web.intake.views import emergency
from unknot.web.intake.walk import walk_of
from unknot.web.site.errors import too_many_tries
from unknot.web.site.forms import show_form

NOT_PERMITTED = _(
    "What permits this practitioner to practise has ended, or ends before that day. Choose somebody else, or"
    " an earlier time where there is one."
)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The time that is kept, who it is for, and the press that books it."""
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    kept = queries.kept_by(kept_times(request), public_id)
    if kept is None and user and (made := _made_of(public_id, user)):
        return redirect("desk:appointment", public_id=made.public_id)
    if kept is None or kept.expires_at <= now:
        return _over(request, now)
    if stopped := stop_an_emergency(request, *_carried(request), kept=kept):
        return stopped
    persons = _persons(kept, user)
    for_whom = request.POST.get("for_whom", _likeliest(kept, persons))
    record = _record(kept, persons.get(for_whom), now)
    bookable = record.bookable(local_date(kept.practitioner, kept.starts_at)) if record else NOTHING_TOLD
    if refused := _refused(request, kept, record, bookable, now):
        _read(kept, persons, user)
        return refused
    form = _form(request.POST or None, kept, user, persons, for_whom, record)
    if user and not persons and not form.is_bound:
        _fill_in(form, user)
    if form.is_valid():
        try:
            return _book(request, kept, form, user, now)
        except actions.NotPermitted:
            form.add_error(None, NOT_PERMITTED)
    _read(kept, persons, user)
    typed_before = {**kept.draft.typed, "for_whom": for_whom} if user and kept.draft.typed else None
    ready = _form(typed_before, kept, user, persons, for_whom, record).is_valid()
    return show_form(
        request,
        form,
        "booking/book.html",
        kept=kept,
        email=user.email if user else "",
        ready=ready and not form.is_bound,
        code_ended=ENDED in request.GET and user is None,
        told=bool(kept.draft.selection),
        from_before=record is not None and not kept.draft.selection,
        cancelling=cancelling(kept, leading_zone(kept), now),
    )


def _book(
    request: HttpRequest, kept: Reservation, form: BookingForm, user: User | None, now: datetime
) -> HttpResponse:
    """Book; for who isn't signed in, keep what they typed and send a code to their address first."""
    here = page_of(kept)
    if user is None:
        actions.type_in(kept, {key: str(form.cleaned_data.get(key) or "") for key in TYPED})
        to_code = send_code(request, form.cleaned_data["email"], then=here)
        if to_code is None:
            return too_many_tries(request)
        keep_time(request, str(kept.public_id), actions.wait_for_code(kept, now=now))
        return to_code
    try:
        made = actions.book(kept, form.client(user), by=user, now=now)
    except (actions.Expired, actions.NotBookable, InputError):
        return redirect(here)  # which says so, and what to do
    return redirect("desk:appointment", public_id=made.public_id)


def _form(
    data: Mapping[str, str] | None,
    kept: Reservation,
    user: User | None,
    persons: dict[str, Person],
    for_whom: str,
    record: Record | None,
) -> BookingForm:
    person = persons.get(for_whom)
    contact = getattr(person, "contact", None)
    known = {"name": person.name if person else "", "phone": contact.phone if contact else ""}
    return BookingForm(
        data,
        practitioner=kept.practitioner,
        persons=persons,
        told=bool(kept.draft.selection),
        minor=record is not None and record.guardian_consents,
        asks_email=user is None,
        initial={**known, **{k: v for k, v in kept.draft.typed.items() if v}, "for_whom": for_whom},
    )


def _fill_in(form: BookingForm, user: User) -> None:
    """What somebody new to this practice gave of themselves to another; who it is for is theirs to say."""
    known = oneself(user)
    if known is None:
        return
    audit.record(Did.READ, "intake.person", [known.public_id], by=user, practice=known.practice.public_id)
    contact = getattr(known, "contact", None)
    given = {"phone": contact.phone if contact else ""}
    if not form.is_for_a_minor:
        given["name"] = known.name
        form.fields["name"].help_text = _("As you gave it before. For somebody else, write their name.")
    form.initial.update({field: v for field, v in given.items() if not form.initial.get(field)})


def _carried(request: HttpRequest) -> tuple[str, str]:
    """What the browser's tab was told, which need not have come to the draft."""
    return request.POST.get("drawing", ""), request.POST.get("selection", "")


def _record(kept: Reservation, person: Person | None, now: datetime) -> Record | None:
    """What counts, for a minor with the consent that the form asks their guardian for."""
    on, visit_day = (local_date(kept.practitioner, at) for at in (now, kept.starts_at))
    before = queries.told_before(kept.draft, person, visit_day)
    record = queries.record_for(kept.draft, person, before, on)
    return replace(record, guardian_consents=is_minor(record)) if record else None


def _persons(kept: Reservation, user: User | None) -> dict[str, Person]:
    if user is None:
        return {}
    acting = acting_in(kept.practitioner.practice_id, user)
    return {str(known.person.public_id): known.person for known in acting}


def _read(kept: Reservation, persons: dict[str, Person], user: User | None) -> None:
    """The page names them, with a phone number and what follows from what they told."""
    if persons:
        ids = [person.public_id for person in persons.values()]
        audit.record(Did.READ, "intake.person", ids, by=user, practice=kept.practitioner.practice.public_id)


def _likeliest(kept: Reservation, persons: dict[str, Person]) -> str:
    """Who is known already, unless another name was typed before the code was fetched."""
    typed = str(kept.draft.typed.get("name", "")).casefold()
    fits = [key for key, person in persons.items() if not typed or person.name.casefold() == typed]
    return next(iter(fits), "")


def _refused(
    request: HttpRequest, kept: Reservation, record: Record | None, bookable: Bookable, now: datetime
) -> HttpResponse | None:
    """What is shown instead, where what was told doesn't allow it."""
    if bookable.screening and bookable.screening.decision == "emergency":
        return _emergency(request, kept, bookable.screening)
    if not bookable.allows(discovery=kept.offer == Offer.DISCOVERY):
        return _not_bookable(request, kept, record, bookable, now)
    return None


def _emergency(request: HttpRequest, kept: Reservation, screening: Screening) -> HttpResponse:
    """Nothing is booked; once it is confirmed, nothing is kept either."""
    walk = walk_of(kept.draft.drawing, kept.draft.selection)
    if request.POST.get("confirmed") == "yes":
        actions.release(kept)
        forget_time(request, str(kept.public_id))
    return emergency(request, walk, screening, confirm_at=request.get_full_path())


def _not_bookable(
    request: HttpRequest, kept: Reservation, record: Record | None, bookable: Bookable, now: datetime
) -> HttpResponse:
    """Why this can't be booked now, and what can."""
    call = kept.practitioner.services.filter(offer=Offer.DISCOVERY).first() if bookable.discovery else None
    shown: dict[str, object] = {
        "kept": kept,
        "told": record is not None,
        "screening": bookable.screening,
        "call": call,
        "calls": queries.nearest_free(call, kept.starts_at, now=now) if call else (),
    }
    if first_day := _first_day(record, kept) if record and not bookable.discovery else None:
        shown |= {"first_day": first_day, "first_date": local_date(kept.practitioner, first_day)}
    return render(request, "booking/not_bookable.html", shown)


def _first_day(record: Record, kept: Reservation) -> datetime | None:
    """
    From when on time alone lets it be booked, if it does within the horizon.

    By weeks and then by days: to screen for each of 365 days would take half a second.
    """
    discovery = kept.offer == Offer.DISCOVERY
    last = queries.diary_of(kept.practitioner).horizon_days - 1

    def is_allowed(days: int) -> bool:
        day = local_date(kept.practitioner, kept.starts_at + timedelta(days=days))
        return record.bookable(day).allows(discovery=discovery)

    week = next((n for n in (*range(7, last, 7), last) if is_allowed(n)), None)
    if week is None:
        return None
    first = next(n for n in range(max(week - 6, 0), week + 1) if is_allowed(n))
    return kept.starts_at + timedelta(days=first)


def _over(request: HttpRequest, now: datetime) -> HttpResponse:
    """The time is no longer kept; its address, or a form that came too late, knows what it was for."""
    form = WishForm(request.POST or request.GET)
    if form.is_valid():
        return choose_again(request, form, HTTPStatus.GONE, now)
    return render(request, "booking/over.html", status=HTTPStatus.GONE)


def _made_of(public_id: UUID, user: User) -> Appointment | None:
    """What the first press made, for who pressed."""
    return Appointment.objects.filter(reservation=public_id, person__actors__user=user).first()
