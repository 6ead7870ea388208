"""What every test in Chromium asks of a page, and being signed in on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from unknot.web.accounts.models import User

SOON_MS, LOOK_EVERY_MS = 10_000, 50


def is_fine(page: Page) -> None:
    """Accessible by axe's rules, and no wider than the screen."""
    result = Axe().run(page)
    assert result.violations_count == 0, f"{page.url}: {result.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def soon(page: Page, holds: str) -> None:
    """Wait for what the page does of itself; its policy refuses Playwright's own way to wait."""
    for _ in range(SOON_MS // LOOK_EVERY_MS):
        with suppress(Error):  # a page on its way to the next has no answer
            if page.evaluate(holds):
                return
        page.wait_for_timeout(LOOK_EVERY_MS)
    raise AssertionError(f"never: {holds}")


def sign_in(page: Page, user: User) -> None:
    """As somebody who has signed in before."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.goto("/healthz")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])


@contextmanager
def opened(browser: Browser, live_server: LiveServer, **how: Any) -> Iterator[Page]:
    """A page of its own, on which no script may fail."""
    context = browser.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"), reduced_motion="reduce", **how
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
    context.close()
