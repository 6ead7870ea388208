"""A code by e-mail, asked for on a page of another app."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from unknot.web.accounts.actions import account_to_confirm
from unknot.web.accounts.models import UserManager


def send_code(request: HttpRequest, email: str, *, then: str) -> HttpResponse | None:
    """
    Send a code to an address, known or new; lead to the page that asks for it, and from there to ``then``.

    None where that was asked for too often; then no account is made either.
    """
    form = RequestLoginCodeForm({"email": UserManager.normalize_email(email)})  # which counts
    if not form.is_valid():
        return None
    user = account_to_confirm(email)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': then})}")
