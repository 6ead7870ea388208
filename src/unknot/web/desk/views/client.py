"""A client's own appointments."""

from __future__ import annotations

import contextlib
from copy import copy
from datetime import datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import actions
from unknot.web.booking.calendars import calendar_file, media_type
from unknot.web.booking.forms.client import MoveToForm
from unknot.web.booking.keys import page_of
from unknot.web.booking.letters import client_link
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.queries import (
    cancelling_costs,
    free_starts,
    free_until_once_moved,
    law_of,
    may_tell,
    service_of,
)
from unknot.web.booking.words import by_day, cancelling, leading_zone, owed
from unknot.web.desk import queries
from unknot.web.desk.entering import for_clients, given_key
from unknot.web.desk.views.dates import day_asked_for
from unknot.web.directory.entering import signed_in
from unknot.web.directory.queries import local_date
from unknot.web.intake.sessions import forget_time

SHOWN_DAYS = 14


@never_cache
@require_safe
@login_required
def appointments(request: HttpRequest) -> HttpResponse:
    """What is to come and what was, of everybody whom the account acts for."""
    now, user = timezone.now(), signed_in(request)
    coming, past = list(queries.coming(user, now)), list(queries.past(user, now)[:20])
    ids = [a.public_id for a in (*coming, *past)]
    record(Did.READ, "booking.appointment", ids, by=user)
    return render(request, "desk/appointments.html", {"coming": coming, "past": past})


@never_cache
@require_safe
@for_clients
def appointment(request: HttpRequest, found: Appointment) -> HttpResponse:
    """One appointment: when, where, the way in, and how to change it."""
    forget_time(request, str(found.reservation))  # here, so that a booking is one transaction and no more
    now = timezone.now()
    return render(
        request,
        "desk/appointment.html",
        {
            **_shown(request, found),
            "can_tell": may_tell(found, now, by_practice=False) and queries.questions_are_open(found),
            "room_is_open": queries.room_is_open(found, now),
            "opens_at": found.starts_at - queries.OPENS,
            "is_moved": "moved" in request.GET and bool(found.revision),
            "is_new": found.booked_at > now - timedelta(minutes=10) and not found.revision,
            **queries.care_for_client(found, now),
        },
    )


@never_cache
@require_safe
@for_clients
def calendar(_request: HttpRequest, found: Appointment) -> HttpResponse:
    """The entry for a calendar."""
    text = calendar_file(
        found, with_whom=found.practitioner.name, link=client_link(found), now=timezone.now()
    )
    return HttpResponse(text, content_type=media_type(found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_clients
def move(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Another time for it: chosen, then confirmed with what cancelling will cost; a GET only shows."""
    now = timezone.now()
    if found.status != Status.BOOKED or found.starts_at <= now:
        return redirect(page_of(found, given_key(request)))  # which says how it stands
    form = MoveToForm(request.POST or None)
    problem = ""
    if form.is_valid() and "sure" not in request.POST:
        return _ask_whether_to_move(request, found, form.at())
    if form.is_valid():
        try:
            actions.move(found, form.at(), by=_user(request), now=now, by_practice=False)
        except actions.NotFree:
            problem = _("This time was just taken. Your appointment stands as it was; choose another.")
        except actions.NotBookable:
            problem = _(
                "By what you told it can't be on that day. Your appointment stands as it was; choose another."
            )
        except actions.NotPermitted:
            problem = _(
                "What permits your practitioner ends before that day. Your appointment stands as it was;"
                " choose an earlier one."
            )
        except actions.TooLate:
            return redirect(page_of(found, given_key(request)))  # which says so
        if not problem:
            return redirect(_with_moved(page_of(found, given_key(request))))
    today = local_date(found.practitioner, now)
    first = max(day_asked_for(request, today), today)
    last = first + timedelta(days=SHOWN_DAYS - 1)
    times = free_starts(
        service_of(found), now=now, first=first, last=last, but=found, client_in=law_of(found)
    )
    local = [at.astimezone(ZoneInfo(leading_zone(found))) for at in times if at != found.starts_at]
    shown = {
        **_shown(request, found),
        "problem": problem,
        "costs": cancelling_costs(found, now),
        "free": by_day(local),
        "later": first + timedelta(days=SHOWN_DAYS),
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "desk/move.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_clients
def cancel(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Cancel it, knowing what that costs; a GET only shows."""
    now = timezone.now()
    if request.method == "POST":
        with contextlib.suppress(actions.TooLate):  # the appointment's page says so
            actions.cancel(found, by=_user(request), now=now, by_practice=False)
        return redirect(page_of(found, given_key(request)))
    shown = {**_shown(request, found), "costs": cancelling_costs(found, now)}
    return render(request, "desk/cancel.html", shown)


def _ask_whether_to_move(request: HttpRequest, found: Appointment, to: datetime) -> HttpResponse:
    """Both times, and what cancelling will cost then."""
    now, moved = timezone.now(), copy(found)
    moved.starts_at, moved.free_until = to, free_until_once_moved(found, to, now, by_practice=False)
    shown = {
        **_shown(request, found),
        "moved": moved,
        "cancelling": cancelling(moved, leading_zone(found), now),
    }
    return render(request, "desk/move_sure.html", shown)


def _with_moved(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}moved=yes"


def _shown(request: HttpRequest, found: Appointment) -> dict[str, object]:
    now = timezone.now()
    can_change = found.status == Status.BOOKED and found.starts_at > now
    return {
        "appointment": found,
        "can_change": can_change,
        "key": given_key(request),
        "cancelling": cancelling(found, leading_zone(found), now) if can_change else owed(found),
    }


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
