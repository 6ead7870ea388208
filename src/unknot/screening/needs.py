"""What is missing before the fired rules let treatment begin, and from whom."""

from __future__ import annotations

from collections.abc import Sequence

from unknot.screening.adaptations import asks_for_place, restricts_positions
from unknot.screening.firing import FiredRule
from unknot.screening.result import STOPPING, Need
from unknot.screening.times import is_within
from unknot.screening.words import Speaker

CLIENT = "client"
PHYSICIAN = "physician"
NO_CLINICIAN = (CLIENT, "time", "practitioner", "regulator")


def needs(fired: Sequence[FiredRule], positions: tuple[str, ...] | None, say: Speaker) -> tuple[Need, ...]:
    """
    The note that each uncleared rule is cleared with; the places to ask for; a position, if none is left.

    A rule with ``wait_weeks`` is cleared with a note only while that time, counted from the fact, runs.
    """
    clearing = [_cleared_with(f, say) for f in fired if _stops(f)]
    asking = [
        Need(f.rule.id, CLIENT, say.phrase("where", fact=say.fact(fact)), kind="place")
        for f in fired
        if asks_for_place(f)
        for fact in f.unplaced
    ]
    return (*clearing, *asking, *([_position_note(fired, say)] if positions == () else []))


def _stops(fired: FiredRule) -> bool:
    return fired.category in STOPPING or (not fired.clearance and _still_waits(fired))


def _still_waits(fired: FiredRule) -> bool:
    weeks = fired.rule.adapt.wait_weeks
    return weeks is not None and any(is_within(f, weeks, "weeks") for f in (*fired.placed, *fired.unplaced))


def _cleared_with(fired: FiredRule, say: Speaker) -> Need:
    note = fired.rule.clears_with
    return Need(fired.rule.id, note.who, say.clears(fired.rule), note.newer_than_days)


def _position_note(fired: Sequence[FiredRule], say: Speaker) -> Need:
    """No position is left: the strictest of the clashing rules with a clinician says whom to ask."""
    clashing = restricts_positions(fired)
    asked = next((f for f in clashing if f.rule.clears_with.who not in NO_CLINICIAN), None)
    what = say.phrase("position", rules="; ".join(say.rule_name(f.rule) for f in clashing))
    if asked is None:
        return Need(clashing[0].rule.id, PHYSICIAN, what, kind="position")
    note = asked.rule.clears_with
    return Need(asked.rule.id, note.who, what, note.newer_than_days, "position")
