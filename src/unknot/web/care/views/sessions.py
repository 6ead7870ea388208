"""A session from its beginning to the first touch: begun, checked, agreed to; or ended there."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unknot.knowledge import load
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.actions import opens_at
from unknot.web.booking.models import Appointment
from unknot.web.care import actions, queries
from unknot.web.care.entering import by_post, for_its_practitioner
from unknot.web.care.forms.closing import ConsentForm, GoalsForm
from unknot.web.care.models import Session
from unknot.web.care.today import has_agreed, today
from unknot.web.directory.entering import for_practitioners
from unknot.web.directory.models import Practitioner
from unknot.web.site.forms import show_form


@never_cache
@by_post(back="desk:visit")
@for_practitioners
def begin(request: HttpRequest, practitioner: Practitioner, public_id: UUID) -> HttpResponse:
    """Open the session of one of the practitioner's own appointments."""
    found = (
        Appointment.objects.filter(public_id=public_id)
        .select_related("practice", "person", "practitioner")
        .first()
    )
    if found is None:
        raise Http404
    if found.practitioner_id != practitioner.pk:
        ids, practice = [found.public_id], found.practice.public_id
        record(Did.REFUSED, "booking.appointment", ids, by=request.user, practice=practice)
        raise Http404
    now = timezone.now()
    try:
        session = actions.begin(found, by=practitioner.user, now=now)
    except actions.NotOpen:
        opens = opens_at(found)
        shown = {
            "appointment": found,
            "practitioner": practitioner,
            "opens_at": opens,
            "is_early": now < opens,
        }
        return render(request, "care/not_open.html", shown, status=409)
    return redirect("care:session", public_id=session.public_id)


@never_cache
@require_safe
@for_its_practitioner
def session(request: HttpRequest, _practitioner: Practitioner, found: Session) -> HttpResponse:
    """Send on to the step that is next; who wanted a later one (``first``) reads there why."""
    step = reverse(queries.next_step(found), args=[found.public_id])
    return redirect(f"{step}?first" if "first" in request.GET else step)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def agree(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """
    Today's plan, and the client's word on it.

    The guide posts what a closed point needs with ``ask``: then nothing is agreed to yet. Where somebody is
    to be touched stands in no address.
    """
    if request.method != "POST" and found.is_over:
        return redirect("care:note", public_id=found.public_id)
    day = today(found)
    if day is None or not day.may_touch:
        return redirect(f"{reverse('care:session', args=[found.public_id])}?first")
    more = _more(request)
    areas = dict.fromkeys((*day.areas_asked(), *queries.areas_asked_before(found), *more))
    said = None if "ask" in request.POST else request.POST or None
    form = ConsentForm(
        said,
        areas=list(areas),
        minor=queries.minor_of(found),
        initial=queries.consent_given(found),
    )
    goals = GoalsForm(said, initial={"goals": found.course.goals})
    if form.is_valid() and goals.is_valid():
        agreement = form.agreement(goals.cleaned_data["goals"])
        try:
            actions.agree(found, agreement, by=practitioner.user, now=timezone.now())
        except actions.Signed:
            return redirect("care:note", public_id=found.public_id)
        return redirect("care:treat", public_id=found.public_id)
    shown = {
        "session": found, "practitioner": practitioner, "day": day, "goals": goals, "step": "consent",
        "queue": queries.queue_words(day), "light_work": queries.light_words(day),
        "has_agreed": has_agreed(found), "keep_to": queries.keep_to(day), "more": more,
        "is_led_here": "first" in request.GET,
    }  # fmt: skip
    if said is None:
        return render(request, "care/consent.html", {"form": form, **shown})
    return show_form(request, form, "care/consent.html", **shown)


@never_cache
@by_post(back="care:session")
@for_its_practitioner
def withdraw(_request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """The client takes their word back."""
    with contextlib.suppress(actions.Signed):  # the note stands as it is
        actions.withdraw(found, by=practitioner.user)
    return redirect("care:session", public_id=found.public_id)


def _more(request: HttpRequest) -> list[str]:
    """Areas that a closed point needs, asked for from the guide."""
    return [area for area in request.POST.getlist("area") if area in load().regions]
