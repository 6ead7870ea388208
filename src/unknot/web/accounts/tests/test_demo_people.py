"""The demo's people: there in the demo, with numbers that let one in, and nowhere else."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse
from pytest_django.fixtures import Settings

from unknot.web.accounts.actions import account_of, add_administrator
from unknot.web.accounts.models import Practice
from unknot.web.outbox.models import Message
from unknot.web.site import urls as real

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses as they are with ``UNKNOT_DEMO``."""
    urls = ModuleType("urls_of_the_demo")
    urls.urlpatterns = [
        path("demo/", include("unknot.web.outbox.demo_urls")),
        path("demo/", include("unknot.web.accounts.demo_urls")),
        *real.urlpatterns,
    ]
    monkeypatch.setitem(sys.modules, urls.__name__, urls)
    settings.ROOT_URLCONF = urls.__name__
    settings.EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
    cache.clear()


def test_outside_the_demo_there_is_no_such_page(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo-people")
    assert client.get("/demo/sign-in/").status_code == 404


def test_clients_in_mid_course_are_shown_with_what_is_to_see(client: Client, demo: None) -> None:
    for address in ("course3.8@demo.example", "course3.9@demo.example", "client1@demo.example"):
        account_of(address)
    page = client.get("/demo/sign-in/").content.decode()
    assert "course3.8@demo.example" in page
    assert "it gets worse" in page
    assert "course3.9@demo.example" not in page


def test_clients_have_names(client: Client, demo: None) -> None:
    user, practice = account_of("client1@demo.example"), Practice.objects.create(name="Ana's")
    person = apps.get_model("intake", "Person").objects.create(practice=practice, name="Jo Walker")
    apps.get_model("intake", "ActsFor").objects.create(user=user, person=person, acts_as="self")
    assert "client, Jo Walker" in client.get("/demo/sign-in/").content.decode()


def test_its_number_and_the_letters_code_let_one_in(client: Client, demo: None) -> None:
    TOTP.activate(account_of("practitioner1@demo.example"), generate_totp_secret())
    account_of("client1@demo.example")
    TOTP.activate(add_administrator("administrator@demo.example"), generate_totp_secret())
    client.post(reverse("account_login"), {"login": "administrator@demo.example"})
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", Message.objects.get().text)
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    page = client.get("/demo/sign-in/").content.decode()
    places = [page.index(f"{who}@demo.example") for who in ("administrator", "client1", "practitioner1")]
    assert places == sorted(places)
    assert "none needed" in page
    number = re.search(r"<code>(\d{6})</code>", page)
    assert number
    client.post(reverse("mfa_authenticate"), {"code": number[1]})
    assert client.get(reverse("accounts:home")).status_code == 200
