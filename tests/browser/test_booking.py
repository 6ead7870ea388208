"""
From where it hurts to a confirmed appointment, lived from both sides, in Chromium, across two time zones.

The client is in Los Angeles with a phone, the practitioner in New York.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone
from looking import is_fine, opened, sign_in, soon
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from walking import (
    answer,
    book_this_time,
    choose_near,
    enter_the_code,
    look_near,
    none_of_the_rest,
    open_profile,
    press,
    start_at_safety,
    type_contact,
)

from unknot.web.accounts.models import User
from unknot.web.booking.keys import key_of, page_of
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.tests.office import call_of, free, open_office, visit
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import credential, practitioner
from unknot.web.intake.actions import Contact
from unknot.web.outbox.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOS_ANGELES = "America/Los_Angeles"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "timezone_id": LOS_ANGELES,
    "color_scheme": "dark",
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "America/New_York"}


@pytest.fixture
def ana(settings: Settings) -> Practitioner:
    settings.EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
    cache.clear()
    made = open_office(name="Ana Ruiz")
    made.focus = ["head"]
    directory.save(made, by=made.user)
    return made


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(browser, live_server, **PHONE) as page:
        yield page


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(browser, live_server, **DESK) as page:
        yield page


def heading(page: Page, says: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def test_from_where_it_hurts_to_the_visit(phone: Page, desk: Page, ana: Practitioner) -> None:
    start_at_safety(phone, {"temple:left": 7, "neck_back:left": 5})
    answer(phone, 34)
    is_fine(phone)
    press(phone, "Find a practitioner")
    finds_ana(phone)
    at = books_by_their_own_clock(phone)
    made = Appointment.objects.get()
    assert int(made.starts_at.timestamp()) == at
    phone.go_back()
    phone.wait_for_url(re.compile("/appointments/"))  # not a second one
    assert Appointment.objects.count() == 1

    sign_in(desk, ana.user)
    local = made.starts_at.astimezone(ZoneInfo("America/New_York"))
    desk.goto(f"/practice/week/?on={local:%Y-%m-%d}")
    is_fine(desk)
    desk.goto(f"/practice/day/?on={local:%Y-%m-%d}")
    expect(desk.get_by_text(f"{local:%H:%M}").first).to_be_visible()
    is_fine(desk)
    sees_the_visit(desk)
    moves_it(desk, later := local + timedelta(days=2))
    phone.reload()
    expect(phone.get_by_text("The train is late on that day.")).to_be_visible()
    theirs = later.replace(hour=7, minute=30).astimezone(ZoneInfo(LOS_ANGELES))
    expect(phone.get_by_text(f"{theirs:%H:%M}").first).to_be_visible()

    phone.get_by_role("link", name="Cancel it").click()
    is_fine(phone)
    press(phone, "Cancel it")
    expect(phone.get_by_text("This appointment is cancelled.")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("cancelled", exact=True)).to_be_visible()


COUNTING = """
  const add = (what, n) => sessionStorage.setItem(what, n + Number(sessionStorage.getItem(what) ?? 0));
  if (location.protocol === "http:") add("pages", 1);
  addEventListener("pointerdown", ({ isTrusted }) => isTrusted && add("taps", 1), true);
  const typed = ({ target: { type, value } }) => {
    if (type !== "checkbox") add("letters", `${value ?? ""}`.length);
  };
  addEventListener("change", typed, true);
"""


def test_a_new_client_books_with_few_touches(phone: Page, ana: Practitioner) -> None:
    """What two minutes on a phone allow: docs/bench.md counts the seconds."""
    phone.add_init_script(COUNTING)
    start_at_safety(phone, {"temple:left": 7})
    answer(phone, 34)
    press(phone, "Find a practitioner")
    choose_near(phone, "Ana Ruiz")
    phone.locator("button.time").first.click()
    heading(phone, "Book this time")
    book_this_time(phone)
    counted = {
        n: int(phone.evaluate("n => sessionStorage.getItem(n)", n)) for n in ("pages", "taps", "letters")
    }
    assert 10 <= counted["pages"] <= 12
    assert 15 <= counted["taps"] <= 24
    assert 40 <= counted["letters"] <= 70


def finds_ana(phone: Page) -> None:
    """Near a place; the fit to the drawing is told by the browser alone."""
    look_near(phone)
    expect(phone.get_by_text("where you marked pain")).to_be_visible()
    is_fine(phone)
    open_profile(phone, "Ana Ruiz")
    phone.wait_for_url(re.compile("zone=America%2FLos_Angeles"))
    is_fine(phone)


def books_by_their_own_clock(phone: Page) -> int:
    """When it was booked for, in seconds since 1970."""
    chosen = phone.locator("button.time").nth(20)
    at = int(chosen.get_attribute("value") or "0")
    chosen.click()
    heading(phone, "Book this time")
    expect(phone.get_by_text("Your drawing and your answers are with this booking")).to_be_visible()
    expect(phone.get_by_text(re.compile(r"\bP[SD]T\b"))).to_be_visible()
    expect(phone.get_by_text(re.compile(r"\bE[SD]T\b")).first).to_be_visible()
    is_fine(phone)
    book_this_time(phone)
    is_fine(phone)
    return at


def sees_the_visit(desk: Page) -> None:
    desk.get_by_role("link", name="Jo Walker").click()
    expect(desk.get_by_role("link", name="+13105550142")).to_be_visible()
    expect(desk.get_by_role("heading", name="What a therapist may check first")).to_be_visible()
    is_fine(desk)


def moves_it(desk: Page, to: datetime) -> None:
    """With words that the letter doesn't hold."""
    desk.get_by_role("link", name="Move it").click()
    is_fine(desk)
    desk.get_by_label("Date").fill(f"{to:%Y-%m-%d}")
    desk.get_by_label("Time").fill("07:30")
    desk.get_by_label("A message to the client").fill("The train is late on that day.")
    press(desk, "Move it")
    expect(desk.get_by_text("07:30").first).to_be_visible()
    assert "train" not in Message.objects.filter(to="jo@example.org").latest("id").text


def test_without_scripts_one_is_asked_again_and_books(
    browser: Browser, live_server: LiveServer, ana: Practitioner
) -> None:
    with opened(browser, live_server, java_script_enabled=False, **PHONE) as page:
        page.goto(f"/practitioners/{ana.public_id}/")
        page.locator("button.time").nth(16).click()
        heading(page, "First: is massage safe for you?")
        page.get_by_role("link", name="Begin").click()
        page.locator("summary", has_text="Head").first.click()
        page.locator('[name="pain-temple:left"]').fill("6")
        page.locator("form#walk .actions button").last.click()
        page.locator("form[data-step=motions] .actions button").last.click()
        page.locator("[name=q-age]").fill("34")
        none_of_the_rest(page)
        press(page, "Show the answer")
        if page.locator("[name=asked]").count():
            press(page, "Show the answer")
        press(page, "Go on with your booking")
        heading(page, "Book this time")
        type_contact(page)
        page.get_by_label("I agree that this practice keeps").check()
        press(page, "Send me a code")
        enter_the_code(page)
        press(page, "Book")
        expect(page.get_by_text("It is booked")).to_be_visible()


def test_an_emergency_told_in_this_tab_books_nothing(phone: Page, ana: Practitioner) -> None:
    start_at_safety(phone, {"temple:left": 7})
    answer(phone, 60, ("gate.stroke", "symptoms.face_droop"))
    heading(phone, "Is this right?")  # and not confirmed yet
    press(phone, "No, I want to correct it")
    phone.locator("[name=q-age]").fill("61")  # changed, and not answered anew
    phone.goto(f"/practitioners/{ana.public_id}/?service={call_of(ana).public_id}&zone={LOS_ANGELES}")
    phone.locator("button.time").first.click()
    expect(phone.get_by_text("Nothing is booked, and no time is kept for you.")).to_be_visible()
    expect(phone.get_by_text("Call your emergency number now.")).to_be_visible()
    is_fine(phone)
    assert not Reservation.objects.exists()


def test_a_clearance_opens_the_session(phone: Page, desk: Page, ana: Practitioner) -> None:
    start_at_safety(phone, {"low_back:left": 6})
    rare = phone.locator('[name=q-item][value="conditions.thrombocytopenia"]').first
    rare.evaluate("box => { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })) }")
    answer(phone, 52)
    press(phone, "Find a practitioner")
    phone.goto(f"/practitioners/{ana.public_id}/?zone={LOS_ANGELES}")
    phone.locator("button.time").nth(16).click()
    heading(phone, "First somebody has to say yes")
    is_fine(phone)
    phone.locator("button.time").first.click()
    heading(phone, "Book this time")
    book_this_time(phone)

    sign_in(desk, ana.user)
    desk.goto(f"/practice/appointments/{Appointment.objects.get().public_id}/")
    desk.get_by_role("link", name="Record a clearance").click()
    is_fine(desk)
    desk.get_by_label("Who gave it, by name").fill("Dr. Li, haematology")
    desk.get_by_label("Its date").fill(f"{timezone.now().astimezone(ZoneInfo('America/New_York')):%Y-%m-%d}")
    press(desk, "Save")
    expect(desk.get_by_text("Clearances on file")).to_be_visible()
    is_fine(desk)

    phone.evaluate("sessionStorage.clear()")
    phone.goto(f"/practitioners/{ana.public_id}/?zone={LOS_ANGELES}")
    phone.locator("button.time").nth(20).click()
    heading(phone, "Book this time")
    press(phone, "Book")
    expect(phone.get_by_text("It is booked")).to_be_visible()


def test_who_is_too_late_chooses_another_time(phone: Page, desk: Page, ana: Practitioner) -> None:
    address = f"/practitioners/{ana.public_id}/?service={call_of(ana).public_id}&zone={LOS_ANGELES}"
    for page in (phone, desk):
        page.goto(address)
    value = phone.locator("button.time").nth(9).get_attribute("value")
    desk.locator(f'button.time[value="{value}"]').click()
    heading(desk, "Book this time")
    phone.locator(f'button.time[value="{value}"]').click()
    heading(phone, "This time was just taken")
    is_fine(phone)
    phone.locator("button.time").first.click()
    heading(phone, "Book this time")
    type_contact(phone)
    Reservation.objects.filter(client_zone=LOS_ANGELES).update(expires_at=timezone.now())
    press(phone, "Send me a code")
    heading(phone, "This time is no longer kept for you")
    is_fine(phone)
    phone.locator("button.time").last.click()
    heading(phone, "Book this time")
    expect(phone.get_by_label("Name")).to_have_value("Jo Walker")


def test_what_is_wrong_has_the_focus_and_what_was_typed_survives_the_time(
    phone: Page, ana: Practitioner
) -> None:
    phone.goto(f"/practitioners/{ana.public_id}/?service={call_of(ana).public_id}&zone={LOS_ANGELES}")
    phone.locator("button.time").nth(9).click()
    press(phone, "Send me a code")
    expect(phone.get_by_label("Name")).to_be_focused()
    expect(phone.get_by_label("Name")).to_be_in_viewport()
    expect(phone).to_have_title(re.compile("^To mend:"))
    is_fine(phone)
    type_contact(phone)
    press(phone, "Send me a code")
    Reservation.objects.update(expires_at=timezone.now())
    enter_the_code(phone)
    heading(phone, "This time is no longer kept for you")
    is_fine(phone)
    phone.locator("button.time").last.click()
    heading(phone, "Book this time")
    expect(phone.get_by_text("It stands here again")).to_be_visible()
    expect(phone.get_by_label("Name")).to_have_value("Jo Walker")
    expect(phone.get_by_label("Phone")).to_have_value("310 555 0142")
    press(phone, "Book")
    expect(phone.get_by_text("It is booked")).to_be_visible()
    soon(phone, "sessionStorage.getItem('unknot.unsent') === null")


def test_what_a_lost_session_took_comes_back(desk: Page, ana: Practitioner) -> None:
    sign_in(desk, ana.user)
    desk.goto("/practice/profile/")
    desk.get_by_label("About you and how you work").fill("Long words, typed for an hour.")
    desk.context.clear_cookies(name="sessionid")
    press(desk, "Save")
    expect(desk.get_by_text("You were signed out before this was saved.")).to_be_visible()
    soon(desk, "Boolean(JSON.parse(sessionStorage.getItem('unknot.unsent'))?.interrupted)")
    is_fine(desk)
    sign_in(desk, ana.user)
    desk.goto("/practice/profile/")
    expect(desk.get_by_label("About you and how you work")).to_have_value("Long words, typed for an hour.")
    is_fine(desk)
    press(desk, "Save")
    desk.goto("/practice/profile/")
    expect(desk.get_by_text("It stands here again")).to_be_hidden()


def test_a_client_moves_it_knowing_what_that_costs(phone: Page, ana: Practitioner) -> None:
    made = visit(ana)
    phone.goto(page_of(made, key_of(made)))
    is_fine(phone)
    phone.get_by_role("link", name="Move it").click()
    phone.locator("button.time").nth(3).click()
    heading(phone, "Move it to this time?")
    is_fine(phone)
    press(phone, "Move it")
    expect(phone.get_by_text("It is moved.")).to_be_visible()
    is_fine(phone)


def test_somebody_calls(desk: Page, ana: Practitioner) -> None:
    sign_in(desk, ana.user)
    desk.goto("/practice/book/")
    is_fine(desk)
    start = free(call_of(ana))[4]
    desk.get_by_label("Date").fill(f"{start:%Y-%m-%d}")
    desk.get_by_label("Time").fill(f"{start:%H:%M}")
    desk.get_by_label("Name").fill("Walter Quinn")
    desk.get_by_label("Phone").fill("212 555 0199")
    press(desk, "Book")
    expect(desk.get_by_text("The safety questions are open")).to_be_visible()
    is_fine(desk)
    press(desk, "Ask them together")
    start_at_safety(desk, {"calf_lower:left": 4})
    answer(desk, 68)
    press(desk, "Go on with your booking")
    is_fine(desk)
    desk.get_by_label("I agree that this practice keeps").check()
    press(desk, "Send them")
    expect(desk.get_by_text("Screened for")).to_be_visible()


def test_who_came_and_who_did_not(desk: Page, ana: Practitioner) -> None:
    made = visit(ana, contact=Contact(name="Jo Walker"))
    now = timezone.now()
    Appointment.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=55))
    sign_in(desk, ana.user)
    desk.goto(f"/practice/appointments/{made.public_id}/")
    press(desk, "Arrived")
    expect(desk.get_by_text("arrived", exact=True)).to_be_visible()
    press(desk, "Not arrived after all")
    press(desk, "Did not come")
    heading(desk, "Did not come?")
    is_fine(desk)
    press(desk, "Did not come")
    expect(desk.get_by_text("did not come", exact=True)).to_be_visible()
    is_fine(desk)


def test_somebody_joins_is_verified_and_is_found(desk: Page, phone: Page, ana: Practitioner) -> None:
    """Ways 1 and 2: what is missing until the profile is live, and who looks at it."""
    bo = practitioner("bo@example.org", name="Bo Park")
    sign_in(desk, bo.user)
    desk.goto("/practice/profile/")
    desk.get_by_label("About you and how you work").fill("Quiet room, steady hands.")
    desk.get_by_label("Link to your video room").fill("https://meet.example.org/bo")
    desk.get_by_label("Neck").check()
    is_fine(desk)
    press(desk, "Save")
    desk.get_by_role("link", name="Add a session").click()
    desk.get_by_label("Where", exact=True).select_option("video")
    desk.get_by_label("How long").select_option("60")
    desk.get_by_label("Price").fill("90")
    press(desk, "Save")
    desk.goto("/practice/hours/week/")
    for weekday in ("Monday", "Wednesday"):
        desk.get_by_label(f"{weekday}, from").first.fill("09:00")
        desk.get_by_label(f"{weekday}, to").first.fill("17:00")
    press(desk, "Save")
    given = credential(bo)
    desk.goto("/practice/")
    expect(desk.get_by_role("button", name="Go live")).to_have_count(0)

    sign_in(phone, User.objects.get(is_superuser=True))
    phone.goto("/administration/credentials/")
    phone.get_by_role("link", name="Bo Park").click()
    phone.get_by_label("Where you looked it up").fill("op.nysed.gov: registered")
    phone.get_by_role("button", name="Accept", exact=True).click()
    given.refresh_from_db()
    assert given.state == "verified"

    desk.reload()
    press(desk, "Go live")
    desk.goto("/practitioners/?video=on")
    desk.get_by_role("link", name="Bo Park").click()
    expect(desk.get_by_text("Say first where you will be.")).to_be_visible()
    desk.get_by_label("Where you will be").select_option("US-TX")
    press(desk, "Show")
    expect(desk.get_by_text("doesn't count where you will be")).to_be_visible()
    desk.get_by_label("Where you will be").select_option("US-NY")
    press(desk, "Show")
    expect(desk.locator("button.time").first).to_be_visible()
    is_fine(desk)
