"""Where allauth asks us."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.web.accounts.models import User, UserManager


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Addresses written our way, and no passwords."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_taken": _("There is an account with this e-mail address already."),
        "incorrect_code": _(
            "That isn't the code of the latest letter. Look once more, or have another sent."
        ),
        "rate_limited": _("That was a lot in a short time. Wait a minute, then try again."),
        "same_as_current": _("That is the address that you have now."),
    }

    def clean_email(self, email: str) -> str:
        """As `UserManager.normalize_email` writes it, so that an address has one account."""
        return UserManager.normalize_email(email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody's work is, unless they were on the way to another page."""
        user = request.user
        if user.is_superuser:
            return reverse("directory:waiting")
        return reverse("desk:day" if hasattr(user, "practitioner") else "desk:appointments")

    def send_account_already_exists_mail(self, email: str) -> None:
        """To somebody who has an account and wants to make one: the way to sign in."""
        self.send_mail(
            "account/email/account_already_exists",
            email,
            {"login_url": settings.ORIGIN + reverse("account_login")},
        )


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second factors are kept encrypted: who reads the database alone can't make the numbers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Set another second factor up first."),
        "incorrect_code": _(
            "That isn't the number of this half minute, nor an unused recovery code. Try the next."
        ),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's name
        """What a new passkey is called unless its owner says otherwise."""
        n = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey %(n)s") % {"n": n + 1} if n else gettext("My passkey")

    def encrypt(self, text: str) -> str:
        """With a key that follows from the site's own."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` hid; raises InvalidToken where the site's key has changed since."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"unknot second factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
