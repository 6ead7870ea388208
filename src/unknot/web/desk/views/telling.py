"""The safety questions, answered for an appointment that is booked already."""

from __future__ import annotations

import contextlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from unknot.errors import InputError
from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.forms.client import AgreeForm
from unknot.web.booking.keys import page_of
from unknot.web.booking.models import Appointment
from unknot.web.booking.queries import may_tell
from unknot.web.booking.telling import is_practitioners, waiting_for
from unknot.web.booking.views.reserving import agree
from unknot.web.desk.entering import for_clients, for_its_practitioner, given_key
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.records import is_minor, read_record, screening_on
from unknot.web.intake.sessions import tell_for, telling_key
from unknot.web.intake.views import emergency
from unknot.web.intake.walk import walk_of


@never_cache
@require_POST
@for_clients
def tell(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Begin, as the client."""
    if not may_tell(found, timezone.now(), by_practice=False):
        return redirect(page_of(found, given_key(request)))  # which says how it stands
    tell_for(request, str(found.public_id), given_key(request))
    return redirect("intake:start")


@never_cache
@require_POST
@for_its_practitioner
def tell_together(request: HttpRequest, _practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Begin, with the client on the phone or in the room."""
    if not may_tell(found, timezone.now(), by_practice=True):
        return redirect("desk:visit", public_id=found.public_id)
    tell_for(request, str(found.public_id))
    return redirect("intake:start")


@never_cache
@sensitive_post_parameters()
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Keep what was told, if that was agreed to; the session knows for which appointment it was begun."""
    found = waiting_for(request)
    if found is None:
        return redirect("desk:appointments")
    drawing, selection = request.POST.get("drawing", ""), request.POST.get("selection", "")
    now = timezone.now()
    on = local_date(found.practitioner, now)
    try:
        record = read_record(drawing, selection, on)
    except InputError:
        return redirect("intake:start")  # they are asked again; the browser still has them
    screening = screening_on(record, on)
    if screening.decision == "emergency":
        return emergency(request, walk_of(drawing, selection), screening)
    form = AgreeForm(request.POST, minor=is_minor(record))
    if not form.is_valid():
        return agree(request, found, form)
    user = request.user if isinstance(request.user, User) else None
    brought, by_practice = actions.Brought(drawing, selection), is_practitioners(found, user)
    with contextlib.suppress(actions.TooLate):  # the appointment's page says how it stands
        actions.tell(found, brought, form.agreement(), by=user, now=now, by_practice=by_practice)
    key = telling_key(request)
    tell_for(request, "")
    if by_practice:
        return redirect("desk:visit", public_id=found.public_id)
    return redirect(page_of(found, key))
