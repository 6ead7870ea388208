"""The demo's letter box: there in the demo, and nowhere else."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse
from pytest_django.fixtures import Settings

from unknot.web.outbox import actions
from unknot.web.site import urls as real

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses as they are with ``UNKNOT_DEMO``."""
    urls = ModuleType("urls_of_the_demo")
    urls.urlpatterns = [path("demo/", include("unknot.web.outbox.demo_urls")), *real.urlpatterns]
    monkeypatch.setitem(sys.modules, urls.__name__, urls)
    settings.ROOT_URLCONF = urls.__name__


def test_outside_the_demo_there_is_none(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("outbox:demo-mail")
    assert client.get("/demo/mail/").status_code == 404


def test_it_shows_the_newest_letter_first(client: Client, demo: None) -> None:
    for subject in ("The first", "The second"):
        actions.enqueue(to="ana@example.org", subject=subject, text="See <you>.")
    page = client.get("/demo/mail/").content.decode()
    assert page.index("The second") < page.index("The first")
    assert "See &lt;you&gt;." in page


def test_without_letters_it_says_how_to_get_one(client: Client, demo: None) -> None:
    assert "No letter yet" in client.get("/demo/mail/").content.decode()
