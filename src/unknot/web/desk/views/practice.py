"""A practitioner's day, week and visits."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.queries import has_session, may_tell
from unknot.web.booking.words import cancelling, owed
from unknot.web.desk import queries
from unknot.web.desk.entering import for_its_practitioner
from unknot.web.desk.forms import (
    ClearanceForm,
    MessageForm,
    MoveForm,
    NextVisitForm,
    PhoneBookingForm,
    VisitForm,
)
from unknot.web.desk.views.dates import day_asked_for
from unknot.web.desk.views.times import pressed, show_with_times, times_for
from unknot.web.directory.entering import for_practitioners
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake import actions as intake
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Person
from unknot.web.site.forms import show_form
from unknot.web.site.languages import language

NOT_PERMITTED = gettext_lazy(
    "What permits you to practise, or to treat where the client will be, doesn't reach to this day. Choose an"
    " earlier one, or give a new last day on your profile."
)


@never_cache
@require_safe
@for_practitioners
def day(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Who comes, when, why, and what to mind."""
    now = timezone.now()
    today = local_date(practitioner, now)
    on = day_asked_for(request, today)
    found = queries.day(practitioner, on, now)
    to_sign = queries.notes_to_sign(practitioner, on) if on == today else None
    earlier = to_sign.visits if to_sign else []
    _read([*(line.appointment for line in found.lines), *earlier], practitioner)
    shown = {
        "practitioner": practitioner,
        "day": found,
        "today": today,
        "dates": _dates(on, 1),
        "to_sign": to_sign,
    }
    return render(request, "desk/day.html", shown)


@never_cache
@require_safe
@for_practitioners
def week(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Seven days."""
    now = timezone.now()
    today = local_date(practitioner, now)
    on = day_asked_for(request, today)
    days = queries.week(practitioner, on, now)
    _read([line.appointment for each in days for line in each.lines], practitioner)
    shown = {"practitioner": practitioner, "days": days, "today": today, "dates": _dates(on, 7)}
    return render(request, "desk/week.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def book(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Somebody who called."""
    now = timezone.now()
    times = times_for(request, practitioner, now, {})
    form = PhoneBookingForm(pressed(request), practitioner=practitioner, now=now, initial=times.begun)
    if form.is_valid():
        said = form.cleaned_data
        contact = Contact(name=said["name"], email=said["email"], phone=said["phone"], language=language())
        if made := _book(practitioner, form, contact, now):
            return redirect("desk:visit", public_id=made.public_id)
    return show_with_times(request, form, "desk/book_for.html", times, practitioner=practitioner)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def book_next(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """The next visit of the same client, as much later as the course plans."""
    now = timezone.now()
    times = times_for(request, practitioner, now, queries.visit_after(found))
    form = NextVisitForm(pressed(request), practitioner=practitioner, now=now, initial=times.begun)
    if form.is_valid() and (made := _book(practitioner, form, found.person, now)):
        return redirect("desk:visit", public_id=made.public_id)
    return show_with_times(
        request, form, "desk/book_next.html", times, practitioner=practitioner, appointment=found
    )


def _book(
    practitioner: Practitioner, form: VisitForm, whom: Person | Contact, now: datetime
) -> Appointment | None:
    """Book what a form says, once; None where that can't be, and the form says why."""
    said = form.cleaned_data
    place = said.get("place") or practitioner.places.first()
    try:
        return actions.book_for(said["service"], said["at"], whom, place=place, by=practitioner.user, now=now)
    except actions.TimeTaken:
        if made_before := queries.made_just_now(practitioner, said["at"], whom.name, now):
            return made_before
        form.add_error("start", _("Some of this time is taken already. Choose another."))
    except actions.NotPermitted:
        form.add_error("on", NOT_PERMITTED)
    return None


@never_cache
@require_safe
@for_its_practitioner
def visit(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """All that is known for a visit."""
    now = timezone.now()
    known = queries.visit(found)
    is_open = not has_session(found)
    can_change = is_open and found.status == Status.BOOKED and found.starts_at > now
    return render(
        request,
        "desk/visit.html",
        {
            "practitioner": practitioner,
            "appointment": found,
            "visit": known,
            "clearances": found.person.clearances.all(),
            "cancelling": cancelling(found, practitioner.zone, now) if can_change else owed(found),
            "can_change": can_change,
            "can_mark": is_open
            and found.status in (Status.BOOKED, Status.ARRIVED)
            and now >= actions.opens_at(found),
            "can_tell": may_tell(found, now, by_practice=True),
            "has_begun": found.starts_at <= now,
            "room_is_open": queries.room_is_open(found, now),
            **queries.care_of(found, now),
        },
    )


@never_cache
@require_POST
@for_its_practitioner
def mark(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Arrived, not arrived after all; did not come, which can't be taken back and is asked once more."""
    status = request.POST.get("status")
    if status == Status.NO_SHOW and found.status == Status.BOOKED and "sure" not in request.POST:
        shown = {"practitioner": practitioner, "appointment": found}
        return render(request, "desk/no_show_sure.html", shown)
    if status in (Status.BOOKED, Status.ARRIVED, Status.NO_SHOW):
        with contextlib.suppress(actions.TooLate):  # the page says how it stands
            actions.mark(found, Status(status), by=practitioner.user, now=timezone.now())
    return redirect("desk:visit", public_id=found.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def move(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Another time for it, with a message to the client."""
    now = timezone.now()
    form = MoveForm(request.POST or None, zone=practitioner.zone, now=now, gets_letters=_gets_letters(found))
    if form.is_valid():
        at, said = form.cleaned_data["at"], form.cleaned_data.get("message", "")
        try:
            actions.move(found, at, by=practitioner.user, now=now, by_practice=True, message=said)
        except actions.NotFree:
            form.add_error("start", _("Some of this time is taken already. Choose another."))
        except actions.NotPermitted:
            form.add_error("on", NOT_PERMITTED)
        except actions.TooLate:
            form.add_error(None, _("It has begun, is over or was cancelled, and can't be moved."))
        else:
            return redirect("desk:visit", public_id=found.public_id)
    return show_form(request, form, "desk/visit_move.html", practitioner=practitioner, appointment=found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def cancel(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Cancel it, with a message to the client."""
    form = MessageForm(request.POST if request.method == "POST" else None, gets_letters=_gets_letters(found))
    if form.is_valid():
        said = form.cleaned_data.get("message", "")
        try:
            actions.cancel(found, by=practitioner.user, now=timezone.now(), by_practice=True, message=said)
        except actions.TooLate:
            form.add_error(None, _("It has begun or is over, and can't be cancelled."))
        else:
            return redirect("desk:visit", public_id=found.public_id)
    return show_form(request, form, "desk/visit_cancel.html", practitioner=practitioner, appointment=found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def clearance(request: HttpRequest, practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Record a note that clears a rule."""
    rules = tuple(dict.fromkeys(need.rule for need in queries.visit(found).needs))
    today = local_date(practitioner, timezone.now())
    form = ClearanceForm(request.POST or None, person=found.person, rules=rules, today=today)
    if form.is_valid():
        intake.record_clearance(form.save(commit=False), by=practitioner.user)
        return redirect("desk:visit", public_id=found.public_id)
    return show_form(
        request, form, "desk/clearance.html", practitioner=practitioner, appointment=found, rules=rules
    )


def _gets_letters(appointment: Appointment) -> bool:
    contact = getattr(appointment.person, "contact", None)
    return bool(contact and contact.email)


def _dates(on: date, days: int) -> dict[str, date]:
    step = timedelta(days=days)
    return {"before": on - step, "after": on + step}


def _read(shown: list[Appointment], practitioner: Practitioner) -> None:
    ids = [appointment.public_id for appointment in shown]
    practice = practitioner.practice.public_id
    record(Did.READ, "booking.appointment", ids, by=practitioner.user, practice=practice)
