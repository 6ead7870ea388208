"""The visitor's way, by its list and its questions, and who books: for tests in Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from unknot.web.outbox.models import Message


def none_of_the_rest(page: Page) -> None:
    """Tick "none of these" in every part in which nothing else is ticked."""
    for group in page.locator("[data-group]:visible").all():
        if not group.locator("input[name=q-item]:checked").count():
            group.locator("> .line--none input").check()


def start_at_safety(page: Page, places: dict[str, int], address: str = "/") -> None:
    """The first two pages, by the list."""
    page.goto(address)
    for place, pain in places.items():
        field = page.locator(f'[name="pain-{place}"]')
        field.evaluate("field => field.closest('details').open = true")
        field.fill(str(pain))
    page.locator("form#walk .actions button").last.click()
    page.locator("form[data-step=motions] .actions button").last.click()
    expect(page.locator("form[data-step=safety]")).to_be_visible()


def answer(page: Page, age: int, ticks: tuple[str, ...] = (), **given: str) -> None:
    """The safety page: ticks with what they open, none of the rest, on to the answer."""
    page.locator("[name=q-age]").fill(str(age))
    for item in ticks:
        page.locator(f'[name=q-item][value="{item}"]:visible').first.check()
    for name, value in given.items():
        page.locator(f'[name="q-{name}"][value="{value}"]:visible').first.check()
    none_of_the_rest(page)
    page.locator("form[data-step=safety] .actions button").last.click()


def press(page: Page, name: str) -> None:
    """The first button of that name."""
    page.get_by_role("button", name=name, exact=True).first.click()


def enter_the_code(page: Page) -> None:
    """The one that was sent last."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", Message.objects.latest("id").text)
    assert found
    page.get_by_label("Code").fill(found[0])
    press(page, "Confirm")


def choose_near(page: Page, name: str) -> None:
    """Somebody near Albany, and so to their profile by the reader's own clock."""
    look_near(page)
    open_profile(page, name)


def look_near(page: Page) -> None:
    """Near a place."""
    page.get_by_label("Town, or US postcode").fill("Albany, NY")
    press(page, "Search")


def open_profile(page: Page, name: str) -> None:
    """From a card."""
    page.locator(".card-title").get_by_role("link", name=name).click()
    page.wait_for_url(re.compile("zone="))


def book_this_time(page: Page) -> None:
    """With what was told on the way: who it is, the code, the press that books."""
    type_contact(page)
    page.get_by_label("I agree that this practice keeps").check()
    press(page, "Send me a code")
    enter_the_code(page)
    press(page, "Book")
    expect(page.get_by_text("It is booked")).to_be_visible()


def type_contact(page: Page) -> None:
    """Who books."""
    page.get_by_label("Name").fill("Jo Walker")
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_label("Phone").fill("310 555 0142")
