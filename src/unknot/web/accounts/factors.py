"""A second factor, where a page asks for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def second_factor_required(view: View[Rest]) -> View[Rest]:
    """Send who has none to set one up; who has one was asked for it when signing in."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not get_adapter().is_mfa_enabled(request.user):
            return redirect("accounts:second-factor")
        return view(request, *args, **kwargs)

    return asked
