"""What the client does at home, for the few muscles that matter most, within the same bounds as hands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unknot.planning import exercises
from unknot.planning.bounds import Bounds
from unknot.planning.result import Exercise
from unknot.planning.targets import Unit

HEATED = 1
"""Muscles named for heat: the advice is the same for all."""


def home_care(units: Sequence[Unit], aims: Iterable[str], bounds: Bounds) -> tuple[Exercise, ...]:
    """
    Self-holds, stretches, exercises, heat and habits; ``units`` likeliest first, ``aims`` without pain.

    Only the first muscles are given exercises, so that they are done; what can be changed in daily life is
    told for the same muscles.
    """
    facts = bounds.kb.planning.session
    targets = [(t.muscle, t.side) for unit in units[: facts.home_muscles] for t in unit.targets]
    warmed = [(t.muscle, t.side) for unit in units[:HEATED] for t in unit.targets]
    movements = (
        (exercises.self_care, targets),
        (exercises.stretch, targets),
        (exercises.strengthen, targets),
        (exercises.heat, warmed),
    )
    given = [
        exercise
        for movement, on in movements
        for muscle, side in on
        if (exercise := movement(muscle, side, bounds))
    ]
    habits = exercises.habits(targets, bounds)
    practices = (id_ for aim in aims for id_ in bounds.kb.protocols[aim].practices)
    told = {habit.practice for habit in habits}
    advised = (advice for advice in exercises.advice(practices, bounds) if advice.practice not in told)
    return (*given, *habits, *dict.fromkeys(advised))
