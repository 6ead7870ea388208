"""
A second factor, where a page asks for one.

Who signs in to an account that has one is asked for it. So a session without it can only be older than the
factor; those end when it is set up, all but the one that sets it up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from unknot.web.accounts.actions import end_sessions
from unknot.web.accounts.models import User

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


def watch() -> None:
    """Notice every second factor that is set up; for the app's ``ready``."""
    post_save.connect(_end_older_sessions, sender=Authenticator, dispatch_uid="accounts.end_older_sessions")
    signals.authenticator_added.connect(_keep_this_session, dispatch_uid="accounts.keep_this_session")


def _end_older_sessions(instance: Authenticator, *, created: bool, **_more: object) -> None:
    """In the transaction that writes the factor, so that no moment lies between."""
    if created and instance.type != Authenticator.Type.RECOVERY_CODES:  # those come with a factor
        end_sessions(instance.user)


def _keep_this_session(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: object
) -> None:
    """Who has just set a factor up has proved that they hold it, and is not asked for it at once again."""
    update_session_auth_hash(request, user)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        shown = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **shown)
