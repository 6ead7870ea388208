from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

User = get_user_model()

pytestmark = pytest.mark.django_db


def test_a_user_signs_in_by_email_whatever_its_capitals() -> None:
    alice = User.objects.create_user("Alice@Example.org", "a long sentence to remember")
    assert alice.email == "alice@example.org"
    assert authenticate(username="ALICE@example.org", password="a long sentence to remember") == alice


def test_without_a_password_nobody_signs_in_with_one() -> None:
    alice = User.objects.create_user("alice@example.org")
    assert not alice.has_usable_password()
    assert authenticate(username="alice@example.org", password="") is None


def test_the_public_id_is_a_uuid_of_its_own() -> None:
    alice, bob = User.objects.create_user("alice@example.org"), User.objects.create_user("bob@example.org")
    assert isinstance(alice.public_id, UUID)
    assert alice.public_id != bob.public_id


def test_a_second_account_for_an_address_is_refused_with_a_sentence() -> None:
    User.objects.create_user("alice@example.org")
    with pytest.raises(ValidationError, match="account with this e-mail address already"):
        User.objects.create_user("ALICE@example.org")


@pytest.mark.parametrize(
    ("email", "constraint"),
    [
        ("alice@example.org", "accounts_user_email_key"),
        ("ALICE@example.org", "user_email_in_small_letters"),
        ("", "user_email_given"),
    ],
)
def test_the_database_itself_refuses(email: str, constraint: str) -> None:
    """Past every form and every action: a plain insert."""
    User.objects.create_user("alice@example.org")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.bulk_create([User(email=email, password="!")])
    cause = refused.value.__cause__
    assert cause is not None
    assert cause.diag.constraint_name == constraint  # type: ignore[attr-defined]


@pytest.mark.parametrize("email", ["", "nobody", "two@@example.org"])
def test_an_address_that_is_none_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        User.objects.create_user(email)


def test_a_superuser_may_do_everything() -> None:
    root = User.objects.create_superuser("root@example.org", "a long sentence to remember")
    assert root.has_perm("accounts.delete_user")
    assert not User.objects.create_user("bob@example.org").has_perm("accounts.delete_user")
