"""What the session guide gets as data: the day's points with their bounds, what was done, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from unknot.knowledge import KnowledgeBase, load
from unknot.knowledge.labels import place_name
from unknot.planning import opened_by_grip
from unknot.planning.bounds import pressed
from unknot.web.care.models import Finding, Hold, Response, Session
from unknot.web.care.models.charting import LONGEST_HOLD
from unknot.web.care.today import Point, Today
from unknot.web.care.words import point_name
from unknot.web.site.languages import language

ONE_AND_MORE = (1, 2)
"""What both languages tell apart when they count."""


def guide(session: Session, day: Today) -> dict[str, Any]:
    """
    All that the guide needs until the page is closed, so that a lost connection stops nothing.

    ``points`` are those that may be pressed today, and closed ones with why; ``queue`` are their ids.
    """
    kb = load()
    queue = [point.id for point in day.queue()]
    return {
        "longest": LONGEST_HOLD,
        "holds_at": reverse("care:hold", kwargs={"public_id": session.public_id}),
        "forget_at": reverse("care:forget-hold", kwargs={"public_id": session.public_id}),
        "findings_at": reverse("care:finding", kwargs={"public_id": session.public_id}),
        "consent_at": reverse("care:consent", kwargs={"public_id": session.public_id}),
        "queue": queue,
        "points": {point.id: _point(point, day, kb) for point in day.points() if point.id not in queue}
        | {point.id: _point(point, day, kb) for point in day.queue()},
        "holds": [hold_words(hold, kb) for hold in session.holds.all()],
        "findings": {finding.point: _finding(finding) for finding in session.findings.all()},
        "words": _words(),
    }


def hold_words(hold: Hold, kb: KnowledgeBase) -> dict[str, Any]:
    """A hold as the guide lists it."""
    return {
        "public_id": str(hold.public_id),
        "point": hold.point,
        "name": point_name(hold.muscle, hold.side, hold.trigger_point, kb),
        "level": hold.level,
        "seconds": hold.seconds,
        "pain_during": hold.pain_during,
        "pain_after": hold.pain_after,
        "response": hold.response,
    }


def why_closed(point: Point, day: Today) -> str:
    """Why nothing is pressed at a point today; empty where it is open."""
    if point.hold:
        return ""
    if day.is_avoided(point):
        return _("left alone today: screening")
    if day.wants_consent(point.muscle, point.trigger_point) and not day.areas.issuperset(
        point.trigger_point.press_at
    ):
        return _("waits for consent")
    return _("light work only, or closed today")


def not_asked(session: Session, day: Today) -> list[str]:
    """The planned points that are closed since nobody asked about their area; what was declined stays so."""
    asked = {consent.area for consent in session.areaconsents.all()}
    waiting = (p for p in day.queue() if not p.hold and not asked.issuperset(p.trigger_point.press_at))
    return [point_name(p.muscle.id, p.side, p.trigger_point.id, load()) for p in waiting]


def _point(point: Point, day: Today, kb: KnowledgeBase) -> dict[str, Any]:
    places = pressed(point.trigger_point, point.side, kb)
    said: dict[str, Any] = {
        "name": point_name(point.muscle.id, point.side, point.trigger_point.id, kb),
        "places": [str(place) for place in places],
    }
    hold = point.hold
    if hold is None:
        return {**said, "closed": why_closed(point, day), "areas": list(point.trigger_point.press_at)}
    return {
        **said,
        "where": point.trigger_point.location,
        "at": ", ".join(place_name(place, kb.regions, kb.labels, language()) for place in places),
        "levels": list(hold.levels),
        "rounds": hold.repetitions,
        "seconds": hold.seconds,
        "most": hold.seconds_most,
        "ceiling": hold.pain_ceiling,
        "grip": hold.grip or "",
        "only_by_grip": opened_by_grip(point.muscle, point.trigger_point, point.side, day.bounds),
        "cautions": list(hold.cautions),
        "position": kb.labels.position[hold.position].in_(language()),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {key: getattr(finding, key) for key in ("familiar", "tenderness", "taut_band", "twitch")}


def _words() -> Mapping[str, str | list[str]]:
    """The guide's own; all text is the server's. What counts ``n`` is told for one and for more."""
    return {
        "press": _("Press"),
        "let_go": _("Let go"),
        "next_press": _("Next press"),
        "level": _("Level {n} of 5"),
        "round": _("Press {n} of {of}"),
        "longer": _("Long enough. Let go."),
        "ease_off": _("Ease off: {pain} is above the {ceiling} that you agreed."),
        "ceiling": _("Ease off above {n}."),
        "slept": [
            ngettext(
                "The screen slept at {n} second. How long was this hold?",
                "The screen slept at {n} seconds. How long was this hold?",
                n,
            )
            for n in ONE_AND_MORE
        ],
        "closed": _("Closed"),
        "too_long": _("It ran {n} seconds; {longest} are charted, the most there can be. How long was it?"),
        "over": _("{n} seconds: longer than the {most} that are meant here."),
        "pain_during": _("pain {n} while pressing"),
        "pain_after": _("pain {n} after"),
        "refused": _("Not kept: {why}"),
        "unknown": _("It could not be kept."),
        "next_at": _("Press {n} of {of}, at level {level}"),
        "softened": str(Response.SOFTENED.label),
        "half": str(Response.HALF.label),
        "none": str(Response.NONE.label),
        "take_back": _("Take back"),
        "seconds": _("{n} s"),
        "done": [ngettext("done once", "done {n} times", n) for n in ONE_AND_MORE],
        "waits": _("waits for consent"),
        "ask_consent": _("Ask for consent"),
        "nothing_here": _("No trigger point is pressed there."),
    }
