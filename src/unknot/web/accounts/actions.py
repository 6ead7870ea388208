"""Accounts that are made for somebody, and not by signing up."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from unknot.errors import InputError
from unknot.web.accounts.models import User, UserManager
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did

CONFIRMED_WITHIN = timedelta(days=1)


@transaction.atomic
def account_of(email: str) -> User:
    """
    The account of an address that we know to be somebody's; made if there is none.

    Raises InputError where it is no address.
    """
    address = UserManager.normalize_email(email)
    try:
        validate_email(address)
    except ValidationError:
        raise InputError(f"{email!r} is no e-mail address") from None
    user = _of(address)
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def account_to_confirm(email: str) -> User:
    """The account of an address that its owner is about to confirm by a code; made if there is none."""
    address = UserManager.normalize_email(email)
    user = _of(address)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True})
    return user


@transaction.atomic
def forget_unconfirmed(now: datetime) -> int:
    """Delete accounts whose address nobody has confirmed within a day; how many there were."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    old = User.objects.filter(joined_at__lt=now - CONFIRMED_WITHIN, last_login__isnull=True)
    waiting = old.filter(is_superuser=False, practitioner__isnull=True).exclude(pk__in=confirmed)
    found = list(waiting.values_list("pk", flat=True))
    User.objects.filter(pk__in=found).delete()
    return len(found)


@transaction.atomic
def end_sessions(user: User) -> None:
    """
    End every session of an account, as when it gets a second factor that none of them was asked for.

    Each session holds a hash of the password. Nobody signs in by one, so another that nobody can use does.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def add_administrator(email: str) -> User:
    """Make an account an administrator's. It must set up a second factor before it sees anything."""
    user = account_of(email)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    record(Did.CHANGED, "accounts.user", [user.public_id], by=None)
    return user


def _of(address: str) -> User:
    """The account of an address; of two that make it in the same instant the second finds the first's."""
    user, _is_new = User.objects.get_or_create(email=address, defaults={"password": make_password(None)})
    return user
