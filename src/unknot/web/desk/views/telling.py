"""The safety questions, answered for an appointment that is booked already."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from unknot.errors import InputError
from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.forms.client import keeping_words
from unknot.web.booking.keys import page_of
from unknot.web.booking.models import Appointment
from unknot.web.booking.views.reserving import agree
from unknot.web.desk.entering import for_clients, for_its_practitioner, given_key
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.records import read_record, screening_on
from unknot.web.intake.sessions import tell_for, telling_for
from unknot.web.intake.views import emergency
from unknot.web.intake.walk import walk_of

KEY = "telling_key"


@never_cache
@require_POST
@for_clients
def tell(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Begin, as the client."""
    tell_for(request, str(found.public_id))
    request.session[KEY] = given_key(request)
    return redirect("intake:start")


@never_cache
@require_POST
@for_its_practitioner
def tell_together(request: HttpRequest, _practitioner: Practitioner, found: Appointment) -> HttpResponse:
    """Begin, with the client on the phone or in the room."""
    tell_for(request, str(found.public_id))
    return redirect("intake:start")


@never_cache
@sensitive_post_parameters()
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Keep what was told, if that was agreed to; the session knows for which appointment it was begun."""
    waiting = telling_for(request)
    found = Appointment.objects.filter(public_id=waiting).first() if waiting else None
    if found is None:
        return redirect("desk:appointments")
    drawing, selection = request.POST.get("drawing", ""), request.POST.get("selection", "")
    now = timezone.now()
    on = local_date(found.practitioner, now)
    try:
        screening = screening_on(read_record(drawing, selection, on), on)
    except InputError:
        return redirect("intake:start")  # they are asked again; the browser still has them
    if screening.decision == "emergency":
        return emergency(request, walk_of(drawing, selection), screening)
    if not request.POST.get("keeping"):
        return agree(request, found, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    user = request.user if isinstance(request.user, User) else None
    actions.tell(found, actions.Brought(drawing, selection), keeping_words(), by=user, now=now)
    tell_for(request, "")
    return _back(request, found, user)


def _back(request: HttpRequest, found: Appointment, user: User | None) -> HttpResponse:
    if user and found.practitioner.user_id == user.pk:
        return redirect("desk:visit", public_id=found.public_id)
    return redirect(page_of(found, request.session.pop(KEY, "")))
