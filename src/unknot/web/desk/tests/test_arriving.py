"""Where signing in leads, and the header's way there."""

from __future__ import annotations

import pytest
from allauth.account.adapter import get_adapter
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from unknot.web.accounts.models import User
from unknot.web.booking.tests.office import signed_in, user_of, words
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import administrator, credential, practitioner

pytestmark = pytest.mark.django_db
DAY = f'href="{reverse("desk:day")}"'


def landing(user: User) -> str:
    request = RequestFactory().get("/")
    request.user = user
    url: str = get_adapter(request).get_login_redirect_url(request)
    return url


def test_everybody_arrives_where_their_work_is(ana: Practitioner) -> None:
    assert landing(User.objects.get(pk=ana.user_id)) == reverse("desk:day")
    assert landing(user_of("jo@example.org")) == reverse("desk:appointments")
    assert landing(administrator("another@example.org")) == reverse("directory:waiting")


def test_the_header_leads_practitioners_to_their_day_and_nobody_else(ana: Practitioner) -> None:
    client = Client()
    client.force_login(ana.user)
    for page in ("desk:book-for", "desk:appointments", "accounts:home"):
        header = client.get(reverse(page)).content.decode().split("</header>")[0]
        assert DAY in header, page
    jo = signed_in().get(reverse("desk:appointments")).content.decode()
    assert DAY not in jo


def test_pages_that_are_the_same_for_everybody_ask_nothing(ana: Practitioner) -> None:
    client = Client()
    client.force_login(ana.user)
    for page in ("intake:start", "learn:home"):
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse(page), {"not": "kept"})
        assert DAY not in shown.content.decode()
        assert len(asked) == 0


def test_administrators_see_how_much_waits() -> None:
    admin = administrator()
    client = Client()
    client.force_login(admin)
    assert "What waits for you: 0" in words(client, reverse("accounts:home"))
    credential(practitioner())
    assert "What waits for you: 1" in words(client, reverse("accounts:home"))
    assert "Credentials to check: 1" in words(client, reverse("directory:waiting"))
