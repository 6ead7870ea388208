"""A session by touch, for tests that need one: begun, agreed to, pressed."""

from __future__ import annotations

from typing import Any

from looking import is_fine
from playwright.sync_api import Page, expect

from unknot.web.booking.models import Appointment
from unknot.web.care.models import Note

TABLET: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


def tap(page: Page, name: str) -> None:
    """The first button of that name."""
    page.get_by_role("button", name=name, exact=True).first.tap()


def heading(page: Page, says: str) -> None:
    """The page that is expected is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def begin(tablet: Page, visit: Appointment) -> None:
    """From the visit's page to the guide: nothing new, agreed."""
    tablet.goto(f"/practice/appointments/{visit.public_id}/")
    tap(tablet, "Begin the session")
    heading(tablet, "Anything changed today?")
    is_fine(tablet)
    for none in tablet.locator("[data-group] > .line--none input").all():
        none.check()
    tap(tablet, "Go on")
    heading(tablet, "Today's plan")
    is_fine(tablet)
    tablet.get_by_label("The client has heard").check()
    for asked in tablet.locator('select[name^="area-"]').all():
        asked.select_option("yes")
    tap(tablet, "Agreed: to the treatment")
    expect(tablet.locator("session-guide [data-press]")).to_be_enabled()


def hold(tablet: Page, seconds: float) -> None:
    """Press, for so long; it isn't let go yet. A tap just after another counts for the same."""
    tablet.wait_for_timeout(450)
    tap(tablet, "Press" if tablet.get_by_role("button", name="Press", exact=True).count() else "Next press")
    tablet.wait_for_timeout(seconds * 1000)


def kept(tablet: Page) -> None:
    """All that was charted is with the server."""
    expect(tablet.locator("[data-charting]")).to_have_text("Saved")


def waits(tablet: Page) -> None:
    """Something that was charted is still on the device."""
    expect(tablet.locator("[data-charting]")).to_contain_text("waiting to be sent")


def failing(tablet: Page, status: int) -> None:
    """Let the server fail at every hold, as it may."""
    tablet.route("**/holds/", lambda route: route.fulfill(status=status, body=""))


def written(tablet: Page, plan: str) -> None:
    """The server has such a note, soon."""
    for _tenth in range(100):
        if Note.objects.filter(plan=plan).exists():
            return
        tablet.wait_for_timeout(100)
    raise AssertionError(f"never kept: {plan}")
