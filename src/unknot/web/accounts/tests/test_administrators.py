"""Administrators are added from the command line, and see nothing before their second factor."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from unknot.errors import InputError
from unknot.web.accounts.actions import add_administrator
from unknot.web.accounts.models import User
from unknot.web.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_the_account_is_made_or_taken() -> None:
    known = User.objects.create_user("known@example.org")
    assert add_administrator(" Known@Example.org") == known
    assert add_administrator("new@example.org").is_superuser
    assert add_administrator("new@example.org").is_superuser
    assert User.objects.filter(is_superuser=True).count() == 2
    assert Entry.objects.filter(what="accounts.user", ids=[known.public_id]).exists()


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "two@example.org, one@example.org"])
def test_what_is_no_address_is_told(email: str) -> None:
    with pytest.raises(InputError, match="is no e-mail address"):
        add_administrator(email)
    assert not User.objects.exists()


def test_a_second_factor_comes_first(client: Client) -> None:
    client.force_login(add_administrator("new@example.org"))
    told = client.get(reverse("directory:waiting"))
    assert told.headers["Location"] == reverse("accounts:second-factor")
    assert client.get(told.headers["Location"]).status_code == 200
