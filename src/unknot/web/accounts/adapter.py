"""Where allauth asks us."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
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


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second factors are kept encrypted: who reads the database alone can't make the numbers."""

    def encrypt(self, text: str) -> str:
        """With a key that follows from the site's own."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` hid; raises InvalidToken where the site's key has changed since."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"unknot second factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
