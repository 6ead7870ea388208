"""The pages of practitioners, administrators and the search in Chromium: accessible, not too wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from looking import is_fine, sign_in
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from unknot.scheduling import TimeRange
from unknot.web.accounts.models import User
from unknot.web.booking import actions as booking
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Mode, Practitioner
from unknot.web.directory.tests.people import (
    administrator,
    complete,
    credential,
    place,
    practitioner,
    service,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = {
    "phone, dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}


@pytest.fixture(params=LOOKS)
def page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **LOOKS[request.param])
    yield context.new_page()
    context.close()


@pytest.fixture
def admin() -> User:
    return administrator()


@pytest.fixture
def ana(admin: User) -> Practitioner:
    made = complete(practitioner(name="Ana Castellanos-Montgomery de la Fuente y Aguilar"), admin)
    service(made, mode=Mode.IN_PERSON, price_minor=8000)
    place(made)
    booking.set_week(made, {day: [TimeRange(540, 1020)] for day in range(7)}, by=made.user)
    directory.go_live(made, by=made.user, now=timezone.now())
    return made


def shows(page: Page, address: str) -> None:
    page.goto(address)
    is_fine(page)


def test_the_search_leads_to_a_profile(page: Page, ana: Practitioner) -> None:
    shows(page, "/practitioners/")
    page.get_by_label("Town, or US postcode").fill("Albny")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Or did you mean:")).to_be_visible()
    for address in ("/practitioners/?place=Albany", "/practitioners/?place=Zzzq", "/practitioners/?video=on"):
        shows(page, address)
    page.locator(".card-title").get_by_role("link", name=ana.name).first.click()
    page.wait_for_url("**zone=**")  # the reader's own clock
    expect(page.get_by_role("heading", level=1)).to_have_text(ana.name)
    shows(page, page.url)


def test_who_fits_the_drawing_is_number_one_on_list_and_map(
    page: Page, ana: Practitioner, admin: User
) -> None:
    far = complete(practitioner("bo@example.org", name="Bo Lindqvist"), admin)
    service(far, mode=Mode.IN_PERSON, price_minor=8000)
    place(far, city="Schenectady")
    far.focus = ["head"]
    directory.save(far, by=far.user)
    booking.set_week(far, {0: [TimeRange(540, 1020)]}, by=far.user)
    directory.go_live(far, by=far.user, now=timezone.now())
    page.goto("/practitioners/?place=Albany, NY&within=50")
    expect(page.locator("#result-2 .result-number")).to_have_text("2")
    page.evaluate("""sessionStorage.setItem("unknot.walk", '{"drawing": {"pain-temple:left": "6"}}')""")
    page.reload()
    expect(page.locator(".result").first).to_contain_text("Bo Lindqvist")
    expect(page.locator(".result-number")).to_have_text(["1", "2"])
    expect(page.locator('.map a[href="#result-2"] .map-number')).to_have_text("1")
    is_fine(page)


def test_on_a_phone_the_first_result_is_in_sight(
    browser: Browser, live_server: LiveServer, ana: Practitioner
) -> None:
    context = browser.new_context(base_url=live_server.url, **LOOKS["phone, dark"])
    phone = context.new_page()
    phone.goto("/practitioners/?place=Albany, NY")
    first = phone.locator(".result").first.bounding_box()
    assert first
    assert first["y"] < 844 - 100
    phone.get_by_role("link", name="Next free:").click()
    expect(phone.get_by_role("heading", name="Free times")).to_be_in_viewport()
    context.close()


def test_a_practitioner_writes_hours_and_sees_what_is_free(page: Page, ana: Practitioner) -> None:
    sign_in(page, ana.user)
    page.goto("/practice/hours/week/")
    page.get_by_label("Monday, from").first.fill("10:00")
    page.get_by_label("Monday, to").first.fill("08:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This ends before it begins")).to_be_visible()
    page.get_by_label("Monday, to").first.fill("12:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("10:00\N{EN DASH}12:00")).to_be_visible()
    for address in ("", "profile/", "hours/", "hours/week/", "hours/dates/add/", "hours/blocked/add/"):
        shows(page, f"/practice/{address}")
    for address in ("hours/limits/", "credentials/add/", "services/add/", "places/add/"):
        shows(page, f"/practice/{address}")


def test_an_administrator_accepts_a_credential(page: Page, admin: User) -> None:
    bo = practitioner("bo@example.org", name="Bo Park")
    given = credential(bo, number="1234567890" * 4)
    sign_in(page, bo.user)
    shows(page, "/practice/")
    page.context.clear_cookies()
    sign_in(page, admin)
    shows(page, "/administration/credentials/")
    page.get_by_role("link", name="Bo Park").click()
    shows(page, page.url)
    page.get_by_label("Where you looked it up").fill("op.nysed.gov: registered")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    given.refresh_from_db()
    assert given.state == "verified"
