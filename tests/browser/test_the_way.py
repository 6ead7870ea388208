"""
The visitor's way in Chromium, from where it hurts to the answer: by mouse, by keyboard, without scripts.

On every page of it: no violation that axe finds, no complaint in the console, nothing asked of another site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from looking import is_fine
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from walking import answer, none_of_the_rest, start_at_safety

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
ENOUGH_TABS = 400


@contextmanager
def visiting(browser: Browser, live_server: LiveServer, **how: Any) -> Iterator[Page]:
    """A page of a new visitor, watched for complaints and for requests to others."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **how)
    page = context.new_page()
    asked: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if unexpected(message.text) else None)
    yield page
    assert asked == {urlsplit(live_server.url).netloc}
    assert complaints == []
    assert context.cookies() == []
    context.close()


def unexpected(complaint: str) -> bool:
    """Whether the console says more than that a form came back with 422."""
    return "422" not in complaint


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def next_page(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def mark(page: Page, place: str, pain: int) -> None:
    """Tap a place on the whole body, and its pain in the picker."""
    spot = page.locator(f'[data-view="back"] [data-place="{place}"]')
    spot.scroll_into_view_if_needed()
    spot.click()
    page.locator(f'.picker-step[value="{pain}"]').click()


def test_by_mouse(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **DESKTOP) as page:
        page.goto("/")
        is_fine(page)
        mark(page, "low_back:left", 6)
        mark(page, "buttock_upper:left", 4)
        expect(page.locator('[name="pain-low_back:left"]')).to_have_value("6")
        page.reload()
        expect(page.locator('[name="pain-low_back:left"]')).to_have_value("6")
        next_page(page, "Next")
        expect(heading(page)).to_have_text("What makes it worse?")
        page.go_back()
        expect(page.locator('[name="pain-low_back:left"]')).to_have_value("6")
        next_page(page, "Next")
        page.get_by_label("Bending forward").first.check()
        page.get_by_label("In your own words").fill("carrying my daughter")
        is_fine(page)
        page.locator(".actions button").last.click()

        expect(heading(page)).to_have_text("Is it safe for you?")
        page.locator("[name=q-age]").fill("34")
        page.locator('[name=q-item][value="conditions.hypertension"]').check()
        expect(page.locator('[name="q-conditions.hypertension-status"]').first).to_be_attached()
        is_fine(page)
        none_of_the_rest(page)
        next_page(page, "Show the answer")

        expect(page.get_by_role("alert")).to_contain_text("missing")  # the status was not told
        is_fine(page)
        page.locator('.line:has(> .line__head [value="conditions.hypertension"]) .chip input').first.check()
        next_page(page, "Show the answer")

        expect(page.get_by_role("heading", name="What a therapist may check first")).to_be_visible()
        expect(page.get_by_text("carrying my daughter")).to_be_visible()
        expect(page.locator(".checks")).not_to_contain_text("%")
        is_fine(page)

        page.get_by_role("button", name="Español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        expect(page.get_by_text("carrying my daughter")).to_be_visible()
        page.get_by_role("button", name="English").click()
        next_page(page, "Change the drawing")
        expect(page.locator('[name="pain-buttock_upper:left"]')).to_have_value("4")
        for _ in range(2):
            page.locator(".actions button").last.click()
        expect(page.locator('[name=q-item][value="conditions.hypertension"]')).to_be_checked()
        next_page(page, "Show the answer")
        page.get_by_role("link", name="Forget everything and start anew").click()
        expect(page.locator('[name="pain-low_back:left"]')).to_have_value("")


def test_what_a_tick_opens_never_takes_the_tick_away(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **DESKTOP) as page:
        start_at_safety(page, {"temple:left": 6})
        cancer = page.locator('[name=q-item][value="conditions.cancer"]')
        cancer.check()
        for kind in ("status", "place"):
            page.locator(f'[name="q-conditions.cancer-{kind}"]').first.check()
        expect(cancer).to_be_checked()

        group = page.locator("[data-group=conditions]")
        group.locator("> .line--none input").check()
        expect(cancer).not_to_be_checked()
        unknown = page.locator('[name=q-unknown][value="conditions.cancer"]')
        unknown.check()
        expect(group.locator("> .line--none input")).not_to_be_checked()
        cancer.check()
        expect(unknown).not_to_be_checked()


def tab_to(page: Page, target: str) -> None:
    """Press Tab until the element that matches ``target`` has the focus, and see that it shows."""
    for _ in range(ENOUGH_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            shown = (
                "const e = document.activeElement; e.matches(':focus-visible') && e.getClientRects().length"
            )
            assert page.evaluate(f"() => {{ {shown.replace('; e', '; return e')} > 0 }}"), target
            return
    pytest.fail(f"Tab never comes to {target}")


def test_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **DESKTOP) as page:
        press = page.keyboard.press
        page.goto("/")
        tab_to(page, "form#walk .actions button")
        press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()  # nothing was marked

        tab_to(page, ".region-group:nth-of-type(1) > summary")
        press("Enter")
        tab_to(page, '[name="pain-temple:left"]')
        page.keyboard.type("7")
        tab_to(page, "form#walk .actions button")
        press("Enter")

        expect(heading(page)).to_have_text("What makes it worse?")
        tab_to(page, "[name=worse]")
        press("Space")
        tab_to(page, "form#walk .actions button:last-child")
        press("Enter")

        expect(heading(page)).to_have_text("Is it safe for you?")
        tab_to(page, "[name=q-age]")
        page.keyboard.type("30")
        for group in page.locator("[data-group]:visible").all():
            id_ = group.get_attribute("data-group")
            tab_to(page, f'[name=q-none][value="{id_}"]')
            press("Space")
        tab_to(page, "form#walk .actions button:last-child")
        press("Enter")
        expect(heading(page)).to_have_text("Massage looks safe for you")


def test_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **PHONE, java_script_enabled=False) as page:
        page.goto("/")
        page.locator("summary", has_text="Neck").first.click()
        page.locator('[name="pain-neck_side:left"]').fill("11")
        next_page(page, "Next")
        expect(page.get_by_role("alert")).to_contain_text("from 1 to 10")
        expect(page.locator('[name="pain-neck_side:left"]')).to_have_value("11")
        page.locator('[name="pain-neck_side:left"]').fill("5")
        next_page(page, "Next")
        page.get_by_label("Turning the head").first.check()
        page.locator(".actions button").last.click()

        page.locator("[name=q-age]").fill("58")
        opened = page.locator(
            '.line:has(> .line__head [value="medications.anticoagulant"]) > .line__more'
        ).first
        expect(opened).to_be_hidden()
        page.locator('[name=q-item][value="medications.anticoagulant"]').check()
        expect(opened).to_be_visible()  # a tick opens its questions by style alone
        opened.locator(".line--none input").first.check()
        none_of_the_rest(page)
        next_page(page, "Show the answer")
        if page.locator("[name=asked]").count():
            next_page(page, "Show the answer")
        expect(page.locator("main")).to_contain_text("Pressure at most 2 of 5")

        next_page(page, "Change my answers")
        expect(page.locator('[name=q-item][value="medications.anticoagulant"]')).to_be_checked()
        next_page(page, "Back")
        expect(page.get_by_label("Turning the head").first).to_be_checked()
        next_page(page, "Back")
        expect(page.locator('[name="pain-neck_side:left"]')).to_have_value("5")


def test_an_emergency_is_confirmed_once_and_shows_only_what_to_do(
    browser: Browser, live_server: LiveServer
) -> None:
    with visiting(browser, live_server, **PHONE) as page:
        start_at_safety(page, {"chest:left": 6})
        answer(page, 50, ("gate.chest", "symptoms.coughing_blood"))
        expect(heading(page)).to_have_text("Is this right?")
        is_fine(page)
        next_page(page, "Yes, that is right")
        expect(heading(page)).to_have_text("What to do now")
        expect(page.get_by_role("link", name="911")).to_be_visible()
        assert page.locator("main figure, main table").count() == 0
        is_fine(page)


def test_a_letter_is_printed_for_whom_the_rule_names(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **PHONE) as page:
        start_at_safety(page, {"temple:left": 6})
        answer(page, 16)
        expect(heading(page)).to_have_text("Ask first")
        is_fine(page)
        next_page(page, "Show the letter")
        expect(page.locator(".letter__to")).to_contain_text("parent or guardian")
        is_fine(page)
        next_page(page, "Back to the answer")
        expect(heading(page)).to_have_text("Ask first")


@pytest.mark.parametrize("address", ["/", "/es/"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_of_the_way_is_accessible_in_the_dark(
    browser: Browser, live_server: LiveServer, screen: dict[str, Any], address: str
) -> None:
    with visiting(browser, live_server, **screen, color_scheme="dark") as page:
        page.goto(address)
        is_fine(page)
        start_at_safety(page, {"temple:left": 6, "neck_side:left": 3}, address)
        is_fine(page)
        answer(page, 40)
        expect(page.locator(".verdict--ok")).to_be_visible()
        is_fine(page)


def test_the_browsers_own_back_leads_to_what_was_told(browser: Browser, live_server: LiveServer) -> None:
    with visiting(browser, live_server, **PHONE) as page:
        start_at_safety(page, {"temple:left": 7})
        answer(page, 34)
        expect(page.locator(".verdict--ok")).to_be_visible()
        page.locator("main a[href*='/library/muscles/']").first.click()
        expect(page.locator(".verdict--ok")).to_be_hidden()
        page.go_back()
        expect(page.locator(".verdict--ok")).to_be_visible()
        page.reload()
        expect(page.locator(".verdict--ok")).to_be_visible()
        page.go_back()
        expect(page.locator("[name=q-age]")).to_have_value("34")
        page.go_back()
        expect(page.locator("form[data-step=motions]")).to_be_visible()
        page.go_back()
        expect(page.locator('[name="pain-temple:left"]')).to_have_value("7")
        page.go_forward()
        expect(page.locator("form[data-step=motions]")).to_be_visible()


def test_an_address_of_the_way_by_itself_leads_to_the_start(
    browser: Browser, live_server: LiveServer
) -> None:
    with visiting(browser, live_server, **PHONE) as page:
        page.goto("/es/check/answer/")
        page.wait_for_url(re.compile("/es/$"))
