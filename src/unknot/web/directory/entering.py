"""Who may enter, and the one way to each thing of a practitioner's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from unknot.web.accounts.factors import second_factor_required
from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.directory import queries
from unknot.web.directory.models import Owned, Practitioner

Rest = ParamSpec("Rest")
Thing = TypeVar("Thing", bound=Owned)
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def for_practitioners(
    view: Callable[Concatenate[HttpRequest, Practitioner, Rest], HttpResponse],
) -> View[Rest]:
    """Hand a view the profile of who asks; who has none yet is sent to join."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        practitioner = queries.practitioner_of(signed_in(request))
        if practitioner is None:
            return redirect("directory:join")
        return second_factor_required(view)(request, practitioner, *args, **kwargs)

    return signed_in_first(asked)


def for_administrators(view: View[Rest]) -> View[Rest]:
    """A page of administrators; for others there is none."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not signed_in(request).is_superuser:
            raise Http404
        return second_factor_required(view)(request, *args, **kwargs)

    return signed_in_first(asked)


def signed_in_first(view: View[Rest]) -> View[Rest]:
    """Send who isn't signed in to do so; the page there says what became of a form that came without."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        unsent = {"unsent": "yes"} if request.method == "POST" else {}
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()} | unsent)}")

    return asked


def signed_in(request: HttpRequest) -> User:
    """Who asks, behind `signed_in_first`."""
    assert isinstance(request.user, User)  # noqa: S101 - for the types
    return request.user


def own(kind: type[Thing], public_id: UUID, practitioner: Practitioner) -> Thing:
    """One of a practitioner's own things; another's is refused."""
    thing = kind._default_manager.filter(public_id=public_id).select_related("practitioner__practice").first()
    if thing is None:
        raise Http404
    refuse_anothers(kind, public_id, thing.practitioner, practitioner)
    return thing


def refuse_anothers(
    kind: type[Model], public_id: UUID, owner: Practitioner, practitioner: Practitioner
) -> None:
    """Another's is not found, and the trail says who asked."""
    if owner.pk != practitioner.pk:
        practice = owner.practice.public_id
        record(Did.REFUSED, kind._meta.label_lower, [public_id], by=practitioner.user, practice=practice)
        raise Http404
