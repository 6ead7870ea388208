"""
Keeping a time, and giving it back.

What was told travels in the bodies of POSTs and waits in the draft; the browser's session knows the
reservation's random id and until when it is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from unknot.errors import InputError
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking import actions, queries
from unknot.web.booking.forms.client import TYPED, AgreeForm, WishForm
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.telling import waiting_for
from unknot.web.directory.models import Mode, Service
from unknot.web.directory.queries import local_date
from unknot.web.intake.records import emergency_in, is_minor, read_record
from unknot.web.intake.sessions import forget_time, keep_time, kept_times
from unknot.web.intake.views import emergency
from unknot.web.intake.walk import walk_of
from unknot.web.site.limits import at_most


@never_cache
@sensitive_post_parameters()
@require_POST
@at_most(30, per=actions.KEPT_FOR, shared_as="reserve")  # so many times are kept for one address at most
def reserve(request: HttpRequest) -> HttpResponse:
    """Keep a time; where it is no longer free, show the nearest that are, with all that came along."""
    now = timezone.now()
    form = WishForm(request.POST)
    if not form.is_valid():
        return choose_again(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, now)
    before = _newest_kept(request, now)
    told = _told(request, before)
    if stopped := stop_an_emergency(request, *told, kept=before):
        return stopped
    draft = actions.Brought(*told, typed=_typed(request, before))
    try:
        kept = actions.reserve(form.wish(), draft, now=now, instead_of=before)
    except actions.NotFree:
        return choose_again(request, form, HTTPStatus.CONFLICT, now)
    if before:
        forget_time(request, str(before.public_id))
    keep_time(request, str(kept.public_id), kept.expires_at)
    return redirect(page_of(kept))


@csrf_exempt  # the visitor's way sets no cookie; another site's POST comes without the session's
@never_cache
@sensitive_post_parameters()
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Back from the safety questions to what waits for them; else to the search, and nothing is kept."""
    drawing, selection = request.POST.get("drawing", ""), request.POST.get("selection", "")
    is_readable = _is_readable(drawing, selection)
    if waiting := waiting_for(request):
        if not is_readable:
            return redirect("intake:start")  # they are asked again; the browser still has them
        on = local_date(waiting.practitioner, timezone.now())
        return agree(request, waiting, AgreeForm(minor=is_minor(read_record(drawing, selection, on))))
    kept = _newest_kept(request, timezone.now())
    if kept is None:
        return redirect("search:results")
    if is_readable:
        actions.bring(kept, drawing=drawing, selection=selection)
    return redirect(page_of(kept))


@never_cache
@require_POST
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the time back, and forget what was told."""
    kept = queries.kept_by(kept_times(request), public_id)
    if kept is None:
        return redirect("search:results")
    actions.release(kept)
    forget_time(request, str(public_id))
    return redirect("search:practitioner", public_id=kept.practitioner.public_id)


def page_of(kept: Reservation) -> str:
    """The page of a time that is kept, with what was chosen: once it is over, others can be offered."""
    chosen = {
        "service": kept.service.public_id if kept.service else "",
        "start": int(kept.starts_at.timestamp()),
        "zone": kept.client_zone,
        "client_in": kept.client_in,
        "place": kept.place.public_id if kept.place else "",
    }
    page = reverse("booking:book", kwargs={"public_id": kept.public_id})
    return f"{page}?{urlencode({key: said for key, said in chosen.items() if said})}"


def stop_an_emergency(
    request: HttpRequest, drawing: str, selection: str, *, kept: Reservation | None
) -> HttpResponse | None:
    """Where what was told is an emergency: what to do now. Nothing is booked; confirmed, no time is kept."""
    screening = emergency_in(drawing, selection, datetime.now(UTC).date()) if selection else None
    if screening is None:
        return None
    if kept and request.POST.get("confirmed") == "yes":
        actions.release(kept)
        forget_time(request, str(kept.public_id))
        kept = None
    walk = walk_of(drawing, selection)
    confirm_at = page_of(kept) if kept else ""
    return emergency(request, walk, screening, confirm_at=confirm_at, books_nothing=not kept)


def choose_again(request: HttpRequest, form: WishForm, status: HTTPStatus, now: datetime) -> HttpResponse:
    """The nearest free times, each a press that keeps it."""
    said = form.cleaned_data
    service: Service | None = said.get("service")
    wanted = datetime.fromtimestamp(said.get("start") or 0, UTC)
    shown = {
        "form": form,
        "service": service,
        "zone": _zone_of(service, said.get("zone", "")),
        "free": queries.nearest_free(service, max(wanted, now), now=now) if service else (),
        "is_over": status == HTTPStatus.GONE,
        "carried": {key: form.data.get(key, "") for key in (*CARRIED, *TYPED)},
        "has_typed": any(form.data.get(key) for key in TYPED),
    }
    return render(request, "booking/choose_again.html", shown, status=status)


def _zone_of(service: Service | None, said: str) -> str:
    """The clock of where one has to be; by video the reader's own."""
    if service is None:
        return said or "UTC"
    in_person = service.mode == Mode.IN_PERSON
    return service.practitioner.zone if in_person else said or service.practitioner.zone


CARRIED = ("service", "zone", "client_in", "place", "drawing", "selection")


def agree(request: HttpRequest, appointment: Appointment, form: AgreeForm) -> HttpResponse:
    """Before answers go to an appointment that is booked already: whose it is, and the consent."""
    person, practice = appointment.person.public_id, appointment.practice.public_id
    record(Did.READ, "intake.person", [person], by=request.user, practice=practice)
    shown = {
        "appointment": appointment,
        "carried": {key: request.POST.get(key, "") for key in ("drawing", "selection")},
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "booking/agree.html", shown, status=status)


def _newest_kept(request: HttpRequest, now: datetime) -> Reservation | None:
    for public_id in reversed(kept_times(request)):
        kept = queries.kept_by([public_id], UUID(public_id))
        if kept and kept.expires_at > now:
            return kept
    return None


def _told(request: HttpRequest, before: Reservation | None) -> tuple[str, str]:
    """What was told: what comes along, else what waits with the time kept before."""
    drawing, selection = request.POST.get("drawing", ""), request.POST.get("selection", "")
    if selection and _is_readable(drawing, selection):
        return drawing, selection
    return (before.draft.drawing, before.draft.selection) if before else ("", "")


def _typed(request: HttpRequest, before: Reservation | None) -> dict[str, str]:
    """What PostgreSQL can keep of it: a NUL is no text there."""
    said = {key: request.POST.get(key, "").replace("\0", "")[:300] for key in TYPED}
    typed = {key: text for key, text in said.items() if text}
    return typed or (before.draft.typed if before else {})


def _is_readable(drawing: str, selection: str) -> bool:
    """What can't be read is asked again, as if nothing had been told."""
    try:
        read_record(drawing, selection, datetime.now(UTC).date())
    except InputError:
        return False
    return True
