from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


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
