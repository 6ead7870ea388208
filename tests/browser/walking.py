"""The visitor's way, by its list and its questions, for tests that need an answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect


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
