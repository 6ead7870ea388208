"""Who may open a session: its practitioner."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.care.models import Session
from unknot.web.directory.entering import for_practitioners
from unknot.web.directory.models import Practitioner


def for_its_practitioner(
    view: Callable[[HttpRequest, Practitioner, Session], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hand a view one of a practitioner's own sessions, and write it in the trail."""

    @for_practitioners
    @wraps(view)
    def asked(request: HttpRequest, practitioner: Practitioner, public_id: UUID) -> HttpResponse:
        sessions = Session.objects.select_related(
            "practice", "course__person", "course__practitioner__user", "appointment__intake__person", "note"
        )
        found = sessions.filter(public_id=public_id).first()
        if found is None:
            raise Http404
        if found.course.practitioner_id != practitioner.pk:
            _write(Did.REFUSED, found, request)
            raise Http404
        _write(Did.READ, found, request)
        return view(request, practitioner, found)

    return asked


def by_post(back: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """
    Take what is posted; who comes to such an address to read, as by changing the language, is led ``back``.

    ``back`` is a route with the same id.
    """

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def asked(request: HttpRequest, public_id: UUID) -> HttpResponse:
            if request.method != "POST":
                return redirect(back, public_id=public_id)
            return view(request, public_id=public_id)

        return asked

    return decorated


def _write(did: Did, session: Session, request: HttpRequest) -> None:
    practice = session.practice.public_id
    record(did, Session._meta.label_lower, [session.public_id], by=request.user, practice=practice)
