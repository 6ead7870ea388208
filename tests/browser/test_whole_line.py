"""
The whole line, by touch and from both sides: from where it hurts to the second session, and whether it helps.

The client has a phone, the practitioner a tablet; the hours and days between are the only thing that isn't
lived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from looking import is_fine, opened, sign_in
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from treating import TABLET, begin, heading, hold, kept, tap
from walking import answer, book_this_time, choose_near, start_at_safety

from unknot.web.billing.models import Payment
from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import user_of
from unknot.web.care.models import Hold, Note
from unknot.web.care.tests.clinic import after_three_sessions, brought_to
from unknot.web.directory.models import Practitioner
from unknot.web.outbox.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tablet(browser: Browser, live_server: LiveServer, ana: Practitioner) -> Iterator[Page]:
    with opened(browser, live_server, **TABLET, color_scheme="dark") as page:
        sign_in(page, ana.user)
        yield page


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(browser, live_server, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        yield page


def test_from_where_it_hurts_to_the_second_session(phone: Page, tablet: Page, ana: Practitioner) -> None:
    first = finds_and_books(phone)
    tells_before(phone, first, pain="7", driving="3")
    is_treated(tablet, first)
    follows_up(tablet)
    second = Appointment.objects.latest("starts_at")
    assert second.person_id == first.person_id
    reads_what_was_done(phone, first)
    tells_before(phone, second, pain="3", driving="8")
    is_treated(tablet, second)
    sees_whether_it_helps(phone, second)


def finds_and_books(phone: Page) -> Appointment:
    """From the drawing to a confirmed appointment in person."""
    start_at_safety(phone, {"temple:left": 7, "neck_back:left": 5})
    answer(phone, 34)
    tap(phone, "Find a practitioner")
    choose_near(phone, "Ana Ruiz")
    phone.locator("button.time").nth(20).tap()
    heading(phone, "Book this time")
    book_this_time(phone)
    made = Appointment.objects.get()
    assert Message.objects.filter(to="jo@example.org", attachment__contains="BEGIN:VEVENT").exists()
    return made


def tells_before(phone: Page, visit: Appointment, *, pain: str, driving: str) -> None:
    """The half minute before a visit, whose hour then comes."""
    brought_to(visit, timezone.now() + timedelta(hours=3))
    phone.goto(f"/appointments/{visit.public_id}/")
    phone.get_by_role("link", name="Tell it now").tap()
    heading(phone, "Before your appointment")
    is_fine(phone)
    phone.get_by_label("On average over the last week").select_option(pain)
    activity = phone.get_by_label("Something that is hard for you now")
    if activity.count():
        activity.fill("turning my head in the car")
        phone.get_by_label("How well does it go?").first.select_option(driving)
    else:
        phone.get_by_label("turning my head in the car").select_option(driving)
    tap(phone, "Send")
    expect(phone.get_by_text("Told. You can still change it.")).to_be_visible()
    brought_to(visit, timezone.now() - timedelta(minutes=5))


def is_treated(tablet: Page, visit: Appointment) -> None:
    """Checked, agreed to, pressed, home care given, the note signed."""
    before = Hold.objects.count()
    begin(tablet, visit)
    hold(tablet, 1.3)
    tap(tablet, "4")
    tap(tablet, "Let go")
    kept(tablet)
    assert Hold.objects.count() == before + 1
    tablet.get_by_role("link", name="Home care", exact=True).tap()
    heading(tablet, "Home care")
    tap(tablet, "Give to the client, on to the note")
    heading(tablet, "Note")
    expect(tablet.get_by_label("Objective")).to_have_value(re.compile("trapezius", re.IGNORECASE))
    tablet.get_by_role("button", name=re.compile("Sign as Ana Ruiz")).tap()
    heading(tablet, "What follows")
    assert Note.objects.get(session__appointment=visit).signed_at


def follows_up(tablet: Page) -> None:
    """What was paid, and the next session."""
    after = tablet.url
    tablet.get_by_role("link", name="Record what was paid").tap()
    heading(tablet, "Payment")
    is_fine(tablet)
    tap(tablet, "Keep it and make the receipt")
    expect(tablet.get_by_text("All is paid.")).to_be_visible()
    assert Payment.objects.get().amount_minor == 8000
    tablet.goto(after)
    tablet.get_by_role("link", name="Book the next session").tap()
    heading(tablet, "Book the next session")
    is_fine(tablet)
    tap(tablet, "Book")
    expect(tablet).to_have_url(re.compile(r"/practice/appointments/"))
    assert Appointment.objects.count() == 2


def reads_what_was_done(phone: Page, visit: Appointment) -> None:
    """What was done, what to do at home, and a receipt."""
    phone.goto(f"/appointments/{visit.public_id}/")
    expect(phone.get_by_role("heading", name="What was done")).to_be_visible()
    is_fine(phone)
    tap(phone, "Done today")
    expect(phone.get_by_text("done on 1 day")).to_be_visible()
    address = phone.get_by_role("link", name=re.compile("Receipt")).get_attribute("href")
    receipt = phone.request.get(str(address))
    assert receipt.headers["content-type"] == "application/pdf"
    assert receipt.body().startswith(b"%PDF")


def sees_whether_it_helps(phone: Page, visit: Appointment) -> None:
    """Both numbers and both sessions."""
    phone.goto(f"/appointments/{visit.public_id}/course/")
    heading(phone, "How it goes")
    expect(phone.get_by_text("from 7 to 3")).to_be_visible()
    expect(phone.locator(".sessions li")).to_have_count(2)
    is_fine(phone)


def test_after_three_sessions_one_looks_back(phone: Page, tablet: Page, ana: Practitioner) -> None:
    """The rules propose, the practitioner decides, the client reads it in plain words."""
    fourth = after_three_sessions(ana)
    begin(tablet, fourth)
    tablet.get_by_role("link", name="Close", exact=True).tap()
    tablet.get_by_role("link", name="Look back", exact=True).tap()
    heading(tablet, "How it goes")
    expect(tablet.get_by_text("7 to 3").first).to_be_visible()
    is_fine(tablet)
    tablet.locator('[name=decided][value="space_out"]').check()
    tablet.get_by_label("In your words, for the client").fill("Every second week from now on.")
    tap(tablet, "Keep the decision")
    heading(tablet, "What follows")
    sign_in(phone, user_of("jo@example.org"))
    phone.goto(f"/appointments/{fourth.public_id}/")
    expect(phone.get_by_text("Every second week from now on.")).to_be_visible()
    phone.get_by_role("link", name="How it goes").tap()
    heading(phone, "How it goes")
    expect(phone.locator(".sessions li")).to_have_count(4)
    is_fine(phone)
