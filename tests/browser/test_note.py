"""A note keeps itself while it is written: one saving at a time, whatever becomes of its answer."""

from __future__ import annotations

import pytest
from looking import sign_in, soon
from playwright.sync_api import Page, Route, expect
from treating import begin, heading, tap, written

from unknot.web.booking.models import Appointment
from unknot.web.care.models import Note
from unknot.web.directory.models import Practitioner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_note_left_while_writing_is_kept(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    tablet.get_by_label("Plan").fill("Less laptop in bed.")
    tablet.get_by_role("link", name="Close", exact=True).tap()
    heading(tablet, "What follows")
    written(tablet, "Less laptop in bed.")  # it is sent while the next page comes


def saves_slowly(tablet: Page) -> list[Route]:
    """The server keeps the first saving of a note at once; its answer waits until it is let go."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        route.fetch()
        held.append(route)

    tablet.route("**/note/", keep, times=1)
    return held


def test_what_is_written_while_a_saving_is_under_way_is_saved_after_it(
    tablet: Page, visit: Appointment
) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    held = saves_slowly(tablet)
    tablet.get_by_label("Plan").fill("Ice.")
    written(tablet, "Ice.")
    tablet.get_by_label("Plan").fill("Ice, and less laptop.")
    tablet.wait_for_timeout(3000)
    assert Note.objects.get().plan == "Ice."  # one at a time
    held[0].fulfill(json={"revision": 1})
    written(tablet, "Ice, and less laptop.")
    expect(tablet.get_by_text("Draft saved.")).to_be_visible()
    assert Note.objects.get().revision == 2


def test_draft_saved_is_said_of_what_stands_there(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    held = saves_slowly(tablet)
    tablet.get_by_label("Plan").fill("Ice.")
    written(tablet, "Ice.")
    tablet.get_by_label("Plan").fill("Ice, and less laptop.")
    held[0].fulfill(json={"revision": 1})
    tablet.wait_for_timeout(500)
    expect(tablet.get_by_text("Draft saved.")).to_be_hidden()


def test_a_note_left_while_a_saving_is_under_way_is_kept_whole(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    saves_slowly(tablet)
    tablet.get_by_label("Plan").fill("Ice.")
    written(tablet, "Ice.")
    tablet.get_by_label("Plan").fill("Ice, and less laptop.")
    tablet.get_by_role("link", name="Close", exact=True).tap()
    heading(tablet, "What follows")
    written(tablet, "Ice, and less laptop.")


def test_a_saving_whose_answer_was_lost_is_no_other_windows(tablet: Page, visit: Appointment) -> None:
    begin(tablet, visit)
    tablet.goto(tablet.url.replace("treat/", "note/"))
    held = saves_slowly(tablet)
    tablet.get_by_label("Plan").fill("Ice.")
    written(tablet, "Ice.")
    held[0].abort()
    tablet.get_by_label("Plan").fill("Ice, and less laptop.")
    expect(tablet.get_by_text("Draft saved.")).to_be_visible(timeout=10_000)
    written(tablet, "Ice, and less laptop.")


def test_a_note_written_while_signed_out_stands_there_again(
    tablet: Page, visit: Appointment, ana: Practitioner
) -> None:
    begin(tablet, visit)
    tablet.goto(note := tablet.url.replace("treat/", "note/"))
    tablet.context.clear_cookies(name="sessionid")
    tablet.get_by_label("Plan").fill("Ice, and less laptop.")
    expect(tablet.get_by_text("You are signed out. What you typed stands here")).to_be_visible()
    tap(tablet, "Save the draft")
    expect(tablet.get_by_text("You were signed out before this was saved.")).to_be_visible()
    soon(tablet, "Boolean(JSON.parse(sessionStorage.getItem('unknot.unsent'))?.interrupted)")
    sign_in(tablet, ana.user)
    tablet.goto(note)
    expect(tablet.get_by_label("Plan")).to_have_value("Ice, and less laptop.")
    expect(tablet.get_by_text("It stands here again")).to_be_visible()
    written(tablet, "Ice, and less laptop.")
