"""A second factor, where a page asks for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def remember_that_it_was_shown(request: HttpRequest, authenticator: Authenticator, **_: object) -> None:
    """Who has just set a factor up has proved that they hold it, and is not asked for it at once again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        shown = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, authenticator.user, "mfa", **shown)


def second_factor_required(view: View[Rest]) -> View[Rest]:
    """Send who has none to set one up; who has one was asked for it when signing in."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not get_adapter().is_mfa_enabled(request.user):
            return redirect("accounts:second-factor")
        return view(request, *args, **kwargs)

    return asked
