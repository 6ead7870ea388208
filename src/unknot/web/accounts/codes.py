"""A code by e-mail: asked for on a page of another app, entered, and asked for anew."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import confirm_login_code
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from unknot.web.accounts.actions import account_to_confirm
from unknot.web.accounts.models import UserManager

ASKED_ON = "asked_on"  # the page of ours that sent the code, where the address can be changed
ENDED = "code"  # what that page is told in its query when the code counts no longer


def send_code(request: HttpRequest, email: str, *, then: str) -> HttpResponse | None:
    """
    Send a code to an address, known or new; lead to the page that asks for it, and from there to ``then``.

    None where that was asked for too often; then no account is made either.
    """
    form = RequestLoginCodeForm({"email": UserManager.normalize_email(email)})  # which counts
    if not form.is_valid():
        return None
    user = account_to_confirm(email)
    process = LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    process.stage.state[ASKED_ON] = then
    process.persist()
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': then})}")


def enter_code(request: HttpRequest) -> HttpResponse:
    """Show allauth's page for the code; where it counts no longer, say so, and keep address and way on."""
    stage = get_pending_stage(request)
    state = dict(stage.state) if stage else {}
    asked_on = state.get(ASKED_ON, "")
    answer: HttpResponse = confirm_login_code(request)
    if answer.headers.get("Location") != reverse("account_request_login_code"):
        if hasattr(answer, "context_data"):
            answer.context_data["asked_on"] = asked_on
        return answer
    if asked_on:
        return redirect(f"{asked_on}{'&' if '?' in asked_on else '?'}{ENDED}=ended")
    return _ask_anew(request, state.get("email", ""))


def _ask_anew(request: HttpRequest, email: str) -> HttpResponse:
    then = get_next_redirect_url(request) or ""
    if not email:  # nobody was signing in here, or too long ago
        page = reverse("account_request_login_code")
        return redirect(f"{page}?{urlencode({'next': then})}" if then else page)
    shown = {"form": RequestLoginCodeForm(initial={"email": email}), "ended": True, "then": then}
    return render(request, "account/request_login_code.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
