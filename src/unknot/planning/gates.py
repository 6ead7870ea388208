"""
Whether a course may be planned at all: FORMAT's table "What follows from it".

Each refusal is one calm sentence for the client (``unknot.planning.words``).
"""

from __future__ import annotations

import msgspec

from unknot.planning.bounds import Bounds
from unknot.planning.targets import Unit, holdable
from unknot.planning.words import Speaker, WhyNot
from unknot.screening.result import STOPPING, Screening


def shut(screening: Screening, say: Speaker) -> str | None:
    """
    Why nothing may be planned, in a sentence; None where something may.

    An absolute rule that closes only a place leaves the rest of the body; what still decides there is
    ``decision_elsewhere``. A clearance that is missing shuts nothing: the course is planned for after it.
    """
    if "emergency" in (screening.decision, screening.decision_elsewhere):
        return _with_action(
            say.refusal("call_now" if screening.urgency == "now" else "see_somebody"), screening
        )
    if screening.decision_elsewhere == "absolute" or _closed_without_a_way(screening):
        return _with_action(say.refusal("not_now"), screening)
    return say.refusal("where") if screening.unplaced else None


def waits_for_clearance(screening: Screening) -> bool:
    """Whether a course may begin only with a note."""
    return screening.decision_elsewhere == "clearance"


def why_nothing_is_left(units: tuple[Unit, ...], bounds: Bounds) -> WhyNot:
    """Why no hold is left; ``light_work_only`` where it is the pressure cap alone."""
    if not units:
        return "nothing_found"
    if bounds.screening.positions == ():
        return "no_position"
    uncapped = msgspec.structs.replace(bounds.screening, pressure_max=None, caps=(), light_only=())
    free = Bounds(bounds.kb, uncapped, bounds.scope, bounds.pain_limit)
    if holdable(units, free):
        return "light_work_only"
    return "nothing_to_press"


def _closed_without_a_way(screening: Screening) -> bool:
    """Nothing may be treated, and no clearance would lift it."""
    return screening.treatable == "none" and screening.decision_elsewhere not in STOPPING


def _with_action(sentence: str, screening: Screening) -> str:
    """The sentence, with what the strictest rule says to do, in the language of the screening."""
    action = next((f.action for f in screening.fired if f.category == screening.decision), "")
    return f"{sentence} {action}".strip()
