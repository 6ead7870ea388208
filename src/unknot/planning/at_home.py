"""One thing to do at home in the words of the knowledge base: planned today, or read again later."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Muscle
from unknot.planning.result import Exercise, ExerciseKind
from unknot.planning.words import Speaker

SELF_COMPRESSION = "self_compression"
DONE_BY: Mapping[str, str] = {
    "stretch": "stretching",
    "movement": "stretching",
    "strengthen": "corrective_exercise",
    "heat": "heat_therapy",
    "self_hold": SELF_COMPRESSION,
}
"""The practice or technique that says how much, and when to stop; a habit's stands with its facts."""


def at_home(which: Exercise, kb: KnowledgeBase, say: Speaker) -> Exercise | None:
    """
    It with what to do, how much and when to stop; None where the base doesn't say how (any more).

    Which it is say its kind, its muscle and side, how strongly to press, and the factors of a habit.
    """
    habits: dict[str, str] = {habit.kind: habit.practice for habit in kb.planning.habits}
    done_by = DONE_BY.get(which.kind) or habits.get(which.kind)
    fact = kb.muscles.get(which.muscle) if which.muscle else None
    if done_by is None or (which.muscle and fact is None):
        return None
    words = say.at_home(done_by)
    text = (_own_text(which.kind, fact) if fact else None) or words.text
    if not text:
        return None
    practice = kb.practices.get(done_by)
    return replace(
        which,
        text=f"{say.keeps_sore(which.factors)} {text}" if which.factors else text,
        practice=practice.id if practice else None,
        dose=say.self_hold_dose(*which.strength) if which.strength else words.dose,
        stop_rule=words.stop,
        sources=(*(fact.sources if fact else ()), *(practice or kb.techniques[done_by]).sources),
    )


def _own_text(kind: ExerciseKind, muscle: Muscle) -> str | None:
    """What the muscle's own entry says of it."""
    own: Mapping[ExerciseKind, str | None] = {
        "stretch": muscle.stretch,
        "strengthen": muscle.strengthen,
        "movement": muscle.self_care,
        "self_hold": muscle.self_care,
    }
    return own.get(kind)
