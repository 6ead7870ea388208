"""One Chromium a module; a practitioner with a visit that begins now, and their tablet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from looking import opened, sign_in
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from treating import TABLET

from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import open_office
from unknot.web.care.tests.clinic import booked_now
from unknot.web.directory.models import Practitioner


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture
def ana(settings: Settings) -> Practitioner:
    settings.EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
    cache.clear()
    return open_office(name="Ana Ruiz")


@pytest.fixture
def visit(ana: Practitioner) -> Appointment:
    return booked_now(ana)


@pytest.fixture
def tablet(browser: Browser, live_server: LiveServer, ana: Practitioner) -> Iterator[Page]:
    with opened(browser, live_server, **TABLET) as page:
        sign_in(page, ana.user)
        yield page
