"""
Whether a course may be planned at all: FORMAT's table "What follows from it".

Each refusal is one calm sentence for the client.
"""

from __future__ import annotations

import msgspec

from unknot.planning.bounds import Bounds
from unknot.planning.targets import Unit, holdable
from unknot.screening.result import STOPPING, Screening

LIGHT_WORK_ONLY = "Light work only for now: pressure must stay below every hold, so no course is planned."
NO_POSITION = "No position is left in which you could be treated; ask first who may lift the restriction."
NOTHING_TO_PRESS = "The places a therapist would press are to be left alone for now, so no course is planned."
NOTHING_FOUND = "No muscle that is known to refer pain explains this drawing; have it looked at first."
CALL_NOW = "This comes first and needs help now, not a massage."
SEE_SOMEBODY = "This should be looked at by a doctor before any massage."
NOT_NOW = "No treatment as things stand."
WHERE = "First tell where it is: nothing is planned until the place is known."


def shut(screening: Screening) -> str | None:
    """
    Why nothing may be planned, in a sentence; None where something may.

    An absolute rule that closes only a place leaves the rest of the body; what still decides there is
    ``decision_elsewhere``. A clearance that is missing shuts nothing: the course is planned for after it.
    """
    if "emergency" in (screening.decision, screening.decision_elsewhere):
        return _with_action(CALL_NOW if screening.urgency == "now" else SEE_SOMEBODY, screening)
    if screening.decision_elsewhere == "absolute" or _closed_without_a_way(screening):
        return _with_action(NOT_NOW, screening)
    return WHERE if screening.unplaced else None


def waits_for_clearance(screening: Screening) -> bool:
    """Whether a course may begin only with a note."""
    return screening.decision_elsewhere == "clearance"


def why_nothing_is_left(units: tuple[Unit, ...], bounds: Bounds) -> tuple[str, bool]:
    """Why no hold is left, and whether it is the pressure cap alone that leaves only light work."""
    if not units:
        return NOTHING_FOUND, False
    if bounds.screening.positions == ():
        return NO_POSITION, False
    uncapped = msgspec.structs.replace(bounds.screening, pressure_max=None, caps=(), light_only=())
    free = Bounds(bounds.kb, uncapped, bounds.scope, bounds.pain_limit)
    if holdable(units, free):
        return LIGHT_WORK_ONLY, True
    return NOTHING_TO_PRESS, False


def _closed_without_a_way(screening: Screening) -> bool:
    """Nothing may be treated, and no clearance would lift it."""
    return screening.treatable == "none" and screening.decision_elsewhere not in STOPPING


def _with_action(sentence: str, screening: Screening) -> str:
    """The sentence, with what the strictest rule says to do."""
    action = next((f.action for f in screening.fired if f.category == screening.decision), "")
    return f"{sentence} {action}".strip()
