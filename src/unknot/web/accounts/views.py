from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unknot.web.accounts.models import User

DEMO_CLIENTS_SHOWN = 6
IN_MID_COURSE = {
    "course1": _("after three sessions it gets better"),
    "course2": _("after three sessions it stays as it was"),
    "course3": _("after three sessions it gets worse, and what follows from that"),
    "course4": _("after one session: home care, and the questions before the next"),
}
"""What is to see with the clients of `unknot.demo.courses`, by how their addresses begin."""
PERIOD_S = 30  # how long a number of an authenticator app holds


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demo whom one may be."""

    user: User
    role: str
    number: str  # none where no second factor is asked for
    to_see: str = ""


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One's own account: the address, the second factors, signing out."""
    user = request.user
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).count()
    return render(
        request,
        "accounts/home.html",
        {"passkeys": passkeys, "has_factor": get_adapter().is_mfa_enabled(user)},
    )


@never_cache
@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why one is needed here, and the two ways to set it up."""
    return render(request, "accounts/second_factor.html")


@never_cache
@require_safe
def demo_people(request: HttpRequest) -> HttpResponse:
    """The demo's people with the numbers that their authenticator apps show now; none of them is real."""
    secrets = {a.user_id: a.wrap() for a in Authenticator.objects.filter(type=Authenticator.Type.TOTP)}
    with_app = User.objects.filter(pk__in=secrets).order_by("-is_superuser", "pk")
    others = User.objects.exclude(pk__in=secrets).exclude(email__startswith="course")
    clients = others.order_by("pk")[:DEMO_CLIENTS_SHOWN]
    people = [_practitioner_or_administrator(user, secrets[user.pk]) for user in with_app]
    people[1:1] = [*_in_mid_course(), *(DemoPerson(user, "client", "") for user in clients)]
    return render(request, "accounts/demo_people.html", {"people": people})


def _in_mid_course() -> Iterator[DemoPerson]:
    """The first client of each story, who shows it from the client's side."""
    for begins, to_see in IN_MID_COURSE.items():
        if user := User.objects.filter(email__startswith=f"{begins}.").order_by("pk").first():
            yield DemoPerson(user, "client", "", str(to_see))


def _practitioner_or_administrator(user: User, app: TOTP) -> DemoPerson:
    return DemoPerson(user, "administrator" if user.is_superuser else "practitioner", _number(app))


def _number(app: TOTP) -> str:
    secret = get_adapter().decrypt(app.instance.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_S)))
