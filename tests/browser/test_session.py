"""
A session lived from both sides: told before, checked, agreed to, pressed by the timer, signed, done at home.

The practitioner has a tablet and taps; the client a phone. A screen that slept and a second tap lose nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from looking import is_fine, opened, sign_in
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from treating import begin, failing, heading, hold, kept, tap, waits

from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import user_of
from unknot.web.care.models import CheckIn, Finding, Hold, HomeCareDone, Note, Score, Session
from unknot.web.care.tests.clinic import brought_to
from unknot.web.directory.models import Practitioner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "color_scheme": "dark",
}


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(browser, live_server, **PHONE) as page:
        yield page


def test_a_session_from_both_sides(tablet: Page, phone: Page, ana: Practitioner, visit: Appointment) -> None:
    tells_before(phone, visit)
    begin(tablet, visit)
    presses(tablet)
    finds(tablet)
    tablet.get_by_role("link", name="Examination and after").tap()
    measures(tablet)
    gives_home_care(tablet)
    signs(tablet)
    reads_and_does_it(phone, visit)


def tells_before(phone: Page, visit: Appointment) -> None:
    brought_to(visit, timezone.now() + timedelta(hours=3))
    sign_in(phone, user_of("jo@example.org"))
    phone.goto(f"/appointments/{visit.public_id}/")
    phone.get_by_role("link", name="Tell it now").tap()
    heading(phone, "Before your appointment")
    is_fine(phone)
    phone.get_by_label("On average over the last week").select_option("7")
    phone.get_by_label("Something that is hard for you now").fill("turning my head in the car")
    phone.get_by_label("How well does it go?").first.select_option("3")
    tap(phone, "Send")
    expect(phone.get_by_text("Told. You can still change it.")).to_be_visible()
    assert Score.objects.count() == 2
    brought_to(visit, timezone.now() - timedelta(minutes=5))


def presses(tablet: Page) -> None:
    """All presses of the first point; the pain goes too high once, and the guide says so."""
    is_fine(tablet)
    hold(tablet, 1.4)
    tap(tablet, "9")
    expect(tablet.locator("[data-say]")).to_contain_text("Ease off: 9 is above the")
    tap(tablet, "Let go")
    guide = json.loads(tablet.locator("#guide").text_content() or "")
    point = guide["points"][guide["queue"][0]]
    presses = len(point["levels"]) * point["rounds"]
    for _each in range(presses - 1):
        hold(tablet, 1.2)
        tap(tablet, "Let go")
    expect(tablet.locator("[data-after]")).to_be_visible()
    tablet.locator('[data-pain-after="2"]').tap()
    tap(tablet, "softened")
    kept(tablet)
    holds = list(Hold.objects.order_by("id"))
    assert len(holds) == presses
    assert (holds[0].pain_during, holds[-1].pain_after, holds[-1].response) == (9, 2, "softened")
    assert all(one.level < holds[0].level or one.level == 1 for one in holds[1:])
    is_fine(tablet)


def finds(tablet: Page) -> None:
    tablet.get_by_text("What palpation found here").tap()
    tablet.get_by_label("Pressing it brings the familiar pain").select_option("yes")
    tablet.get_by_label("Tenderness, 0 to 10").select_option("7")
    tap(tablet, "Keep the finding")
    kept(tablet)
    found = Finding.objects.get()
    assert (found.familiar, found.tenderness, found.twitch) == (True, 7, None)


def measures(tablet: Page) -> None:
    heading(tablet, "Examination and after")
    is_fine(tablet)
    tablet.get_by_label("Motion", exact=True).fill("neck, rotation")
    tablet.get_by_label("Degrees before treatment").fill("40")
    tablet.get_by_label("Degrees after treatment").fill("55")
    tap(tablet, "Keep the measurement")
    expect(tablet.get_by_text("neck, rotation: 40° → 55°")).to_be_visible()
    tablet.get_by_label("Pain now, before treatment").select_option("6")
    tablet.get_by_label("Pain now, after treatment").select_option("3")
    tap(tablet, "On to home care")


def signs(tablet: Page) -> None:
    heading(tablet, "Note")
    is_fine(tablet)
    expect(tablet.get_by_label("Objective")).to_have_value(re.compile("familiar pain reproduced"))
    tablet.get_by_label("Plan").fill("Less laptop in bed.")
    expect(tablet.get_by_text("Draft saved.")).to_be_visible(timeout=10_000)
    assert Note.objects.get().plan == "Less laptop in bed."
    tablet.get_by_role("button", name=re.compile("Sign as Ana Ruiz")).tap()
    heading(tablet, "What follows")
    is_fine(tablet)
    assert Note.objects.get().signed_at


def gives_home_care(tablet: Page) -> None:
    heading(tablet, "Home care")
    is_fine(tablet)
    tap(tablet, "Give to the client, on to the note")
    heading(tablet, "Note")
    assert Session.objects.get().home_care.exists()


def reads_and_does_it(phone: Page, visit: Appointment) -> None:
    phone.goto(f"/appointments/{visit.public_id}/")
    expect(phone.get_by_role("heading", name="What was done")).to_be_visible()
    is_fine(phone)
    tap(phone, "Start the timer")
    expect(phone.locator("hold-timer output").first).to_have_text(re.compile(r"30|29"))
    tap(phone, "Done today")
    expect(phone.get_by_text("done on 1 day")).to_be_visible()
    assert HomeCareDone.objects.count() == 1
    phone.get_by_role("link", name="How it goes").tap()
    heading(phone, "How it goes")
    is_fine(phone)


def test_nothing_moves_under_the_finger_and_words_count_right(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    press = tablet.locator("[data-press]")
    there = press.bounding_box()
    assert there
    count = tablet.locator("[data-queue] [data-count]").first
    for times in ("done once", "done 2 times"):
        hold(tablet, 1.3)
        assert (press.bounding_box() or {})["y"] == there["y"]
        tap(tablet, "Let go")
        kept(tablet)
        assert (press.bounding_box() or {})["y"] == there["y"]
        expect(count).to_have_text(times)


def test_on_a_phone_ring_and_pain_stand_on_one_screen(
    phone: Page, ana: Practitioner, visit: Appointment
) -> None:
    """Also for a long name in a place that a grip opens."""
    sign_in(phone, ana.user)
    begin(phone, visit)
    phone.get_by_label("Look for a muscle").fill("sternocleidomastoid sternal left lower")
    phone.locator("[data-found] button").first.tap()
    expect(phone.locator("[data-only-by]")).to_be_visible()
    hold(phone, 1.3)
    phone.evaluate("scrollTo(0, 0)")
    for part in ("[data-ring]", "[data-press]", "[data-during] .number >> nth=-1"):
        box = phone.locator(part).bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["viewport"]["height"], part
    is_fine(phone)


def test_a_page_opened_anew_goes_on_where_it_was(tablet: Page, visit: Appointment) -> None:
    """From what is charted, and from what still waits on the device: the next press at the next level."""
    begin(tablet, visit)
    guide = json.loads(tablet.locator("#guide").text_content() or "")
    point = guide["points"][guide["queue"][0]]
    levels = point["levels"] * point["rounds"]
    assert len(levels) == 3
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-say]")).to_have_text(f"Press 2 of 3, at level {levels[1]}")
    kept(tablet)
    failing(tablet, 503)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    waits(tablet)
    tablet.reload()
    expect(tablet.locator("[data-count]").first).to_have_text("done 2 times")
    expect(tablet.locator("[data-say]")).to_have_text("Press 3 of 3")
    expect(tablet.locator("[data-level]")).to_have_text(f"Level {levels[2]} of 5")
    tablet.unroute("**/holds/")
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-after]")).to_be_visible()
    kept(tablet)
    assert list(Hold.objects.order_by("id").values_list("level", flat=True)) == levels


def test_what_hurt_too_much_is_pressed_lighter_after_a_reload_too(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    guide = json.loads(tablet.locator("#guide").text_content() or "")
    first = guide["points"][guide["queue"][0]]["levels"][0]
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    tap(tablet, "9")
    kept(tablet)
    tablet.reload()
    expect(tablet.locator("[data-say]")).to_have_text("Press 2 of 3")
    expect(tablet.locator("[data-level]")).to_have_text(f"Level {max(1, first - 1)} of 5")


def test_the_ring_keeps_the_press_that_was_let_go(tablet: Page, visit: Appointment) -> None:
    """Its seconds as they are charted, and its level; until the next begins."""
    begin(tablet, visit)
    ring = tablet.locator("[data-ring]")
    held_at = ring.locator("[data-level]").text_content() or ""
    hold(tablet, 1.8)
    tap(tablet, "Let go")
    kept(tablet)
    expect(ring.locator("[data-level]")).to_have_text(held_at)
    charted = Hold.objects.get().seconds
    expect(ring.locator("[data-seconds]")).to_have_text(str(charted))
    expect(tablet.locator("[data-done]")).to_contain_text(f"{charted} s")


def test_a_hold_taken_back_stays_so(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    kept(tablet)
    tap(tablet, "Take back")
    expect(tablet.locator("[data-done] li")).to_have_count(0)
    expect(tablet.locator("[data-during]")).to_be_hidden()
    expect(tablet.locator("[data-say]")).to_contain_text("Press 1 of")
    kept(tablet)
    assert not Hold.objects.exists()


def meant_shorter(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'"most": \d+', '"most": 40', answer.text()))


@pytest.mark.parametrize(("lasted", "charted", "words"), [(65, 65, "longer than"), (130, 90, "It ran 130")])
def test_a_long_hold_is_charted_as_long_as_it_was(
    tablet: Page, visit: Appointment, lasted: int, charted: int, words: str
) -> None:
    """Longer than is meant, it is warned of; longer than can be charted, it is asked about."""
    tablet.route("**/treat/", meant_shorter)
    tablet.clock.install()
    begin(tablet, visit)
    tablet.reload()  # what a form leads to isn't routed
    tap(tablet, "Press")
    for _second in range(lasted):
        tablet.clock.run_for(1000)
    tap(tablet, "Let go")
    expect(tablet.get_by_text(words)).to_be_visible()
    kept(tablet)
    assert Hold.objects.get().seconds == pytest.approx(charted, abs=1)


def test_a_screen_that_slept_asks_how_long_it_was(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    hold(tablet, 1.3)
    tablet.evaluate("{ const until = Date.now() + 3500; while (Date.now() < until); }")
    expect(tablet.locator("[data-slept]")).to_be_visible()
    kept(tablet)
    assert 1 <= Hold.objects.get().seconds <= 2
    tablet.locator("[data-slept-seconds]").fill("12")
    tablet.locator("[data-slept-seconds]").blur()
    kept(tablet)
    expect(tablet.locator("[data-done]")).to_contain_text("12 s")
    tablet.wait_for_timeout(300)
    assert Hold.objects.get().seconds == 12


def test_what_was_typed_for_a_hold_that_slept_counts_without_leaving_the_field(
    tablet: Page, visit: Appointment
) -> None:
    """As on tablets where a tap on a button leaves the focus in the field."""
    begin(tablet, visit)
    hold(tablet, 1.3)
    tablet.evaluate("{ const until = Date.now() + 3500; while (Date.now() < until); }")
    expect(tablet.locator("[data-slept]")).to_be_visible()
    tablet.evaluate("document.querySelector('[data-slept-seconds]').value = '14'")
    tablet.evaluate("document.querySelector('[data-press]').click()")
    expect(tablet.locator("[data-done]")).to_contain_text("14 s")
    tablet.wait_for_timeout(1200)
    tap(tablet, "Let go")
    kept(tablet)
    assert list(Hold.objects.order_by("id").values_list("seconds", flat=True)) == [14, 1]


def test_a_clock_that_was_set_back_does_not_block_the_button(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    tablet.evaluate("{ const now = Date.now; Date.now = () => now() - 3600_000; }")
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    kept(tablet)
    assert Hold.objects.count() == 2


def test_tapped_twice_it_is_pressed_once(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    press = tablet.locator("[data-press]")
    press.dblclick()
    expect(press).to_have_text("Let go")
    tablet.wait_for_timeout(1200)
    press.dblclick()
    expect(press).to_have_text("Next press")
    kept(tablet)
    assert Hold.objects.count() == 1


def test_a_page_left_while_pressing_charts_what_was_pressed(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    hold(tablet, 2.1)
    tablet.get_by_role("link", name="Examination and after").tap()
    heading(tablet, "Examination and after")
    tablet.go_back()
    expect(tablet.locator("[data-done]")).to_contain_text("2 s")
    assert Hold.objects.get().seconds == 2


def test_the_grip_that_opens_a_light_place_stands_above_the_ring(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    expect(tablet.locator("[data-only-by]")).to_be_hidden()
    tablet.get_by_label("Look for a muscle").fill("sternocleidomastoid sternal left lower")
    tablet.locator("[data-found] button").first.tap()
    expect(tablet.locator("[data-only-by]")).to_contain_text("carotid")
    is_fine(tablet)


def test_a_point_can_be_looked_for_and_closed_ones_say_why(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.get_by_label("Look for a muscle").fill("masseter left")
    tablet.locator("[data-found] button").first.tap()
    expect(tablet.locator("[data-name]")).to_contain_text("Masseter, left")
    tablet.get_by_label("Look for a muscle").fill("gluteus maximus left")
    closed = tablet.locator("[data-found] button").first
    expect(closed).to_be_disabled()
    expect(closed).to_contain_text("waits for consent")
    tablet.locator("[data-found]").get_by_role("button", name="Ask for consent").first.tap()
    heading(tablet, "Today's plan")
    assert "buttock" not in tablet.url
    expect(tablet.locator('select[name^="area-buttock"]').first).to_be_visible()


def test_an_emergency_ends_the_visit(tablet: Page, visit: Appointment) -> None:
    tablet.goto(f"/practice/appointments/{visit.public_id}/")
    tap(tablet, "Begin the session")
    tablet.locator('input[name="q-item"][value="symptoms.fever"]').check()
    tap(tablet, "Go on")
    expect(tablet.get_by_role("alert")).to_be_visible()
    is_fine(tablet)
    tap(tablet, "End the visit")
    heading(tablet, "Note")
    expect(tablet.get_by_label("Objective")).to_have_value(re.compile("no treatment was given"))
    assert not CheckIn.objects.exists()
