"""Where allauth asks us."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from unknot.web.accounts.models import UserManager


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Addresses written our way, and no passwords."""

    def clean_email(self, email: str) -> str:
        """As `UserManager.normalize_email` writes it, so that an address has one account."""
        return UserManager.normalize_email(email)

    def send_account_already_exists_mail(self, email: str) -> None:
        """To somebody who has an account and wants to make one: the way to sign in."""
        self.send_mail(
            "account/email/account_already_exists",
            email,
            {"login_url": settings.ORIGIN + reverse("account_login")},
        )
