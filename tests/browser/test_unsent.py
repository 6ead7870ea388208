"""
What was charted waits on the device while there is no connection, and nothing of it is lost.

Nor by a page that was shut, a server that fails, a note that was signed meanwhile.
"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from looking import is_fine, soon
from playwright.sync_api import Page, expect
from treating import begin, failing, heading, hold, kept, tap, waits, written

from unknot.web.booking.models import Appointment
from unknot.web.care.models import Finding, Hold, Note, Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNSENT = "Object.keys(localStorage).filter(k => k.startsWith('unknot-charting'))"


def test_a_lost_connection_loses_nothing(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.context.set_offline(True)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-charting]")).to_contain_text("waiting to be sent")
    assert not Hold.objects.exists()
    tablet.context.set_offline(False)
    kept(tablet)
    assert Hold.objects.count() == 1


def test_what_waits_outlives_the_page(tablet: Page, visit: Appointment) -> None:
    """The tablet was shut in a cellar: what was charted is sent when the page is opened again."""
    begin(tablet, visit)
    guide = tablet.url
    tablet.context.set_offline(True)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-charting]")).to_contain_text("waiting to be sent")
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(guide)
    kept(tablet)
    assert Hold.objects.count() == 1


def charted_offline(tablet: Page, visit: Appointment) -> str:
    """One hold that waits on the device; the address of its session."""
    begin(tablet, visit)
    tablet.context.set_offline(True)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    waits(tablet)
    return tablet.url.removesuffix("treat/")


def unsent(tablet: Page) -> list[str]:
    kept: list[str] = tablet.evaluate(UNSENT)
    return kept


def test_what_waits_is_sent_from_every_page_and_stands_in_the_note(tablet: Page, visit: Appointment) -> None:
    session = charted_offline(tablet, visit)
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(f"{session}note/")
    expect(tablet.get_by_label("Objective")).to_have_value(re.compile("temporalis", re.IGNORECASE))
    assert Hold.objects.count() == 1
    soon(tablet, f"!{UNSENT}.length")


def test_what_arrives_while_holds_are_ticked_is_shown(tablet: Page, visit: Appointment) -> None:
    session = charted_offline(tablet, visit)
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(f"{session}done/")
    soon(tablet, f"!{UNSENT}.length")  # then the page is shown anew
    tablet.wait_for_timeout(1000)
    expect(tablet.get_by_text("Charted already: 1 s at level")).to_be_visible()
    is_fine(tablet)
    assert Hold.objects.count() == 1


def examines_offline(tablet: Page, visit: Appointment) -> None:
    """What was typed waits on the device and stands on the page."""
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "examination/"))
    tablet.context.set_offline(True)
    tablet.get_by_label("What has changed since last time").fill("Slept better.")
    tablet.get_by_label("Pain now, before treatment").select_option("6")
    tablet.get_by_label("head held forward").check()
    tablet.get_by_label("one shoulder higher").check()
    tap(tablet, "On to home care")
    waits(tablet)
    heading(tablet, "Examination and after")
    expect(tablet.get_by_label("What has changed since last time")).to_have_value("Slept better.")
    assert not Session.objects.get().changed


def is_examined() -> bool:
    found = Session.objects.get()
    said = (found.changed, found.pain_before, found.posture)
    return said == ("Slept better.", 6, ["head_forward", "shoulder_higher"])


def test_an_examination_without_connection_waits_and_goes_on(tablet: Page, visit: Appointment) -> None:
    examines_offline(tablet, visit)
    is_fine(tablet)
    tablet.context.set_offline(False)
    heading(tablet, "Home care")
    assert is_examined()


def test_what_is_typed_after_it_waits_stands_when_it_is_sent(tablet: Page, visit: Appointment) -> None:
    examines_offline(tablet, visit)
    tablet.get_by_label("Anything unwanted").fill("Dizzy.")
    tablet.context.set_offline(False)
    kept(tablet)
    assert is_examined()
    expect(tablet.get_by_label("Anything unwanted")).to_have_value("Dizzy.")
    tap(tablet, "On to home care")
    heading(tablet, "Home care")
    assert Session.objects.get().reaction == "Dizzy."


def test_an_examination_that_waited_is_shown_when_the_page_is_opened_again(
    tablet: Page, visit: Appointment
) -> None:
    examines_offline(tablet, visit)
    page = tablet.url
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(page)
    expect(tablet.get_by_label("What has changed since last time")).to_have_value("Slept better.")
    assert is_examined()
    tap(tablet, "On to home care")
    heading(tablet, "Home care")
    assert is_examined()


def test_an_examination_that_comes_too_late_can_be_read(tablet: Page, visit: Appointment) -> None:
    examines_offline(tablet, visit)
    page = tablet.url
    Session.objects.update(stopped="Fever: see a doctor.")
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(page)
    heading(tablet, "Note")
    aside = tablet.locator("[data-aside]")
    expect(aside).to_contain_text("as the client says: Slept better., ")
    expect(aside).to_contain_text("before treatment (0 to 10): 6, head held forward, one shoulder higher")
    is_fine(tablet)


def test_what_the_examination_refuses_is_said_on_its_page(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "examination/"))
    tablet.get_by_label("What has changed since last time").fill("Slept better.")
    tablet.get_by_label("Motion", exact=True).fill("neck, rotation")
    tablet.get_by_label("Degrees before treatment").fill("200")
    tap(tablet, "Keep the measurement")
    expect(tablet.get_by_text("Degrees from 0 to 180.")).to_be_visible()
    expect(tablet.get_by_label("What has changed since last time")).to_have_value("Slept better.")
    assert unsent(tablet) == []


def test_what_is_ticked_without_connection_waits(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "done/"))
    tablet.context.set_offline(True)
    row = tablet.locator("tbody tr").first
    row.get_by_role("checkbox").check()
    row.get_by_label("Seconds").fill("17")
    tap(tablet, "Keep these")
    waits(tablet)
    expect(row.get_by_role("checkbox")).to_be_checked()
    is_fine(tablet)
    tablet.context.set_offline(False)
    heading(tablet, "Examination and after")
    found = Hold.objects.get()
    assert (found.seconds, found.from_memory) == (17, True)


def test_what_is_ticked_and_to_be_mended_stands_when_more_arrives(tablet: Page, visit: Appointment) -> None:
    """Pressed meanwhile in another window, which can't send it."""
    begin(tablet, visit)
    failing(tablet, 503)
    ticking = tablet.context.new_page()
    ticking.goto(tablet.url.replace("treat/", "done/"))
    row = ticking.locator("tbody tr").first
    row.get_by_role("checkbox").check()
    row.get_by_label("Seconds").fill("900")
    tap(ticking, "Keep these")
    expect(ticking.get_by_text("A hold lasts from 1 to 90 seconds.").first).to_be_visible()
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(ticking.get_by_text("More of the chart arrived")).to_be_visible(timeout=20_000)
    expect(row.get_by_role("checkbox")).to_be_checked()
    expect(row.get_by_label("Seconds")).to_have_value("900")


def held_up(tablet: Page) -> None:
    expect(tablet.locator("[data-charting]")).to_contain_text("No connection now.")


def test_no_form_leaves_its_page_without_connection(tablet: Page, visit: Appointment) -> None:
    tablet.goto(f"/practice/appointments/{visit.public_id}/")
    tap(tablet, "Begin the session")
    heading(tablet, "Anything changed today?")
    for none in tablet.locator("[data-group] > .line--none input").all():
        none.check()
    tablet.context.set_offline(True)
    tap(tablet, "Go on")
    held_up(tablet)
    is_fine(tablet)
    tablet.context.set_offline(False)
    tap(tablet, "Go on")
    heading(tablet, "Today's plan")
    tablet.get_by_label("What the client wants").fill("Turn my head.")
    tablet.context.set_offline(True)
    tap(tablet, "Agreed: to the treatment")
    held_up(tablet)
    expect(tablet.get_by_label("What the client wants")).to_have_value("Turn my head.")


def test_a_note_that_is_signed_without_connection_stands(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    tablet.context.set_offline(True)
    tablet.get_by_label("Plan").fill("Ice.")
    tablet.get_by_role("button", name=re.compile("Sign as Ana Ruiz")).tap()
    held_up(tablet)
    tablet.context.set_offline(False)
    tablet.get_by_role("link", name="Close", exact=True).tap()
    heading(tablet, "What follows")
    written(tablet, "Ice.")


def test_a_note_is_not_signed_while_something_waits(tablet: Page, visit: Appointment) -> None:
    session = charted_offline(tablet, visit)
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    failing(tablet, 503)
    tablet.goto(f"{session}note/")
    waits(tablet)
    tablet.get_by_role("button", name=re.compile("Sign as Ana Ruiz")).tap()
    expect(tablet.get_by_text("Something that was charted isn't sent yet.")).to_be_visible()
    is_fine(tablet)
    assert not Note.objects.filter(signed_at__isnull=False).exists()
    tablet.get_by_label("Plan").fill("Less laptop in bed.")
    tablet.unroute("**/holds/")
    expect(tablet.get_by_text("More of the chart arrived")).to_be_visible(timeout=10_000)
    expect(tablet.get_by_text("Something that was charted isn't sent yet.")).to_be_hidden()
    assert Hold.objects.count() == 1
    tablet.get_by_role("button", name=re.compile("Sign as Ana Ruiz")).tap()
    heading(tablet, "What follows")


def test_what_comes_after_signing_is_shown_for_the_addendum(tablet: Page, visit: Appointment) -> None:
    """Signed on another device meanwhile."""
    session = charted_offline(tablet, visit)
    Note.objects.create(
        session=Session.objects.get(),
        objective="One press to the upper trapezius.",
        signed_at=timezone.now(),
        signed_name="Ana Ruiz",
        signed_by=visit.practitioner.user,
    )
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(f"{session}treat/")
    aside = tablet.locator("[data-aside]")
    expect(aside).to_contain_text("addendum")
    tablet.goto(f"{session}note/")
    expect(aside).to_contain_text("1 s, Level")
    is_fine(tablet)
    tap(tablet, "Remove it here")
    expect(aside).to_be_hidden()
    assert unsent(tablet) == []


def test_who_signs_out_is_warned_and_leaves_nothing_behind(tablet: Page, visit: Appointment) -> None:
    charted_offline(tablet, visit)
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto("/account/logout/")
    expect(tablet.get_by_role("alert")).to_contain_text("signing out removes it")
    is_fine(tablet)
    (key,) = unsent(tablet)
    assert f"-{visit.practitioner.user_id}-" in key
    tap(tablet, "Sign out")
    heading(tablet, "Where does it hurt?")
    assert unsent(tablet) == []


def test_signing_in_again_in_another_window_is_enough(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.evaluate(
        "for (const f of document.querySelectorAll('[name=csrfmiddlewaretoken]')) f.value = 'x'.repeat(64)"
    )
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    kept(tablet)
    assert Hold.objects.count() == 1


def test_one_that_fails_is_set_aside_and_the_others_go_on(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    failing(tablet, 500)
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-aside]")).to_contain_text("It could not be kept.", timeout=20_000)
    expect(tablet.locator("[data-done]")).to_contain_text("It could not be kept.")
    is_fine(tablet)
    tablet.get_by_text("What palpation found here").tap()
    tablet.get_by_label("Tenderness, 0 to 10").select_option("7")
    with tablet.expect_response("**/findings/") as answer:
        tap(tablet, "Keep the finding")
    assert answer.value.ok
    assert Finding.objects.count() == 1
    assert not Hold.objects.exists()
    tablet.unroute("**/holds/")
    tap(tablet, "Send it again")
    kept(tablet)
    expect(tablet.locator("[data-done]")).not_to_contain_text("could not be kept")
    assert Hold.objects.count() == 1


def test_what_is_refused_is_marked_and_can_be_mended(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.route(
        "**/holds/",
        lambda route: route.continue_(post_data=re.sub("level=.", "level=5", route.request.post_data or "")),
        times=1,
    )
    hold(tablet, 1.3)
    tap(tablet, "Let go")
    expect(tablet.locator("[data-done]")).to_contain_text("is allowed here today")
    tablet.locator("[data-aside]").get_by_label("Level").fill("1")
    tablet.locator("[data-aside]").get_by_label("Seconds").fill("7")
    tap(tablet, "Send it again")
    kept(tablet)
    expect(tablet.locator("[data-done]")).to_contain_text("7 s, Level 1 of 5")
    found = Hold.objects.get()
    assert (found.level, found.seconds) == (1, 7)
