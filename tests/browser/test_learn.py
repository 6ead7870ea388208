"""The library in Chromium: accessible, self-contained, and whole on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

PAGES = (
    "/library/",
    "/library/muscles/upper-trapezius/",
    "/library/regions/temple/",
    "/library/conditions/mechanical-neck-pain/",
    "/library/licences/",
    "/es/library/questions/is-it-painful/",
    "/library/safety/emergency/",
    "/library/search/?q=neck",
    "/nothing/",
)


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_self_contained(page: Page, live_server: LiveServer, path: str) -> None:
    asked, refused = [], []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.on("console", lambda message: refused.append(message.text) if "Policy" in message.text else None)
    page.goto(path)
    assert set(asked) == {urlsplit(live_server.url).netloc}
    assert refused == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.fonts.load('16px \"Inter Variable\"').then((found) => found.length > 0)")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/library/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_source_mark_opens_its_reference(page: Page) -> None:
    page.goto("/library/questions/is-a-knot-a-spasm/")
    page.get_by_role("link", name="Sources 1").first.click()
    assert urlsplit(page.url).fragment == "source-1"
    assert page.locator("#source-1").bounding_box()["y"] < 844


def test_from_the_search_to_a_muscle_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/library/")
    page.get_by_role("searchbox", name="Search the library").fill("masseter")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Masseter").first.click()
    assert page.get_by_role("heading", level=1).text_content() == "Masseter"
    context.close()


def test_touch_targets_are_large_enough(page: Page) -> None:
    page.goto("/library/conditions/mechanical-neck-pain/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                '.button, .pill, .masthead a, .plain-links a, .colophon a, summary')]
            .filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent.trim())"""
    )
    assert small == []
