"""Who may see an appointment: its person's account, who has its letter's key, and its practitioner."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.keys import fits
from unknot.web.booking.models import Appointment
from unknot.web.directory.entering import for_practitioners
from unknot.web.directory.models import Practitioner
from unknot.web.intake.queries import acts_for

View = Callable[..., HttpResponse]
Rest = ParamSpec("Rest")
WHAT = "booking.appointment"


def for_clients(view: Callable[Concatenate[HttpRequest, Appointment, Rest], HttpResponse]) -> View:
    """
    Hand a view one of the asker's own appointments, and write it in the trail.

    Who isn't signed in and has no key is sent to sign in, whether there is such an appointment or not.
    """

    @wraps(view)
    def asked(request: HttpRequest, public_id: UUID, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        key = given_key(request)
        if not request.user.is_authenticated and not key:
            return redirect_to_login(request.get_full_path())
        found = _appointment(public_id)
        if found is None:
            raise Http404
        if not _is_clients(found, request, key):
            _refuse(found, request)
        _read(found, request)
        return view(request, found, *args, **kwargs)

    return asked


def for_its_practitioner(
    view: Callable[Concatenate[HttpRequest, Practitioner, Appointment, Rest], HttpResponse],
) -> View:
    """Hand a view one of a practitioner's own appointments, and write it in the trail."""

    @for_practitioners
    @wraps(view)
    def asked(
        request: HttpRequest,
        practitioner: Practitioner,
        /,
        public_id: UUID,
        *args: Rest.args,
        **kwargs: Rest.kwargs,
    ) -> HttpResponse:
        found = _appointment(public_id)
        if found is None:
            raise Http404
        if found.practitioner_id != practitioner.pk:
            _refuse(found, request)
        _read(found, request)
        return view(request, practitioner, found, *args, **kwargs)

    return asked


def given_key(request: HttpRequest) -> str:
    """The key of a letter's link, from the address or a form."""
    return request.GET.get("key", "") or request.POST.get("key", "")


def _appointment(public_id: UUID) -> Appointment | None:
    found = Appointment.objects.select_related(
        "practitioner__practice", "practitioner__user", "person__contact", "practice", "intake__person"
    )
    return found.filter(public_id=public_id).first()


def _is_clients(appointment: Appointment, request: HttpRequest, key: str) -> bool:
    if fits(key, appointment):
        return True  # else it may be old, and who asks its owner all the same
    return isinstance(request.user, User) and acts_for(request.user, appointment.person)


def _refuse(appointment: Appointment, request: HttpRequest) -> None:
    practice = appointment.practice.public_id
    record(Did.REFUSED, WHAT, [appointment.public_id], by=request.user, practice=practice)
    raise Http404


def _read(appointment: Appointment, request: HttpRequest) -> None:
    practice = appointment.practice.public_id
    record(Did.READ, WHAT, [appointment.public_id], by=request.user, practice=practice)
