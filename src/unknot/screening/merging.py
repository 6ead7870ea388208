"""
The booking's answers with what the check of the day adds.

Nothing told is lost, so the decision never becomes milder; only questions that were open may be closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.screening import Clause, Rule
from unknot.screening.answers import Answers, Facts
from unknot.screening.matching import Ground, ground, matches

READINGS = ("bp_systolic", "bp_diastolic", "temperature_c")


def merged(booked: Answers, today: Answers, kb: KnowledgeBase, *, pressed: Iterable[Place] = ()) -> Answers:
    """
    The answers of the day: ``booked`` as they are on that day (``on_the_day``), and those of ``today``.

    - Facts of both count. Of two numbers the greater one does, so that a good reading doesn't undo a bad one;
      an age, a pregnancy and its week that the booking knows stay.
    - A rule whose id ``today`` has in ``answered`` is no longer unknown; what today is not known is.
    - An emergency that something told today helps to fire is not cleared by an earlier note.
    - ``pressed`` are places where hands will press; they are added to the facts' ``regions``.

    >>> from unknot.knowledge import load
    >>> from unknot.screening import read_answers, screen
    >>> kb = load()
    >>> told = {"facts": {"age": 30}, "answered": ["booking"], "unknown": ["anticoagulant"]}
    >>> new = {"facts": {"age": 30, "symptoms": ["intoxicated"]}, "answered": ["day", "anticoagulant"]}
    >>> result = screen(merged(read_answers(told, kb), read_answers(new, kb), kb), kb)
    >>> result.decision, result.unanswered
    ('absolute', ())
    """
    facts = _together(booked.facts, today.facts, pressed)
    on = ground(facts, kb)
    return Answers(
        facts=facts,
        answered=booked.answered | today.answered,
        unknown=(booked.unknown - today.answered) | today.unknown,
        clearances=tuple(
            note
            for note in dict.fromkeys((*booked.clearances, *today.clearances))
            if not _is_emergency_of(today.facts, kb.rules[note.rule], on, kb)
        ),
    )


def _together(booked: Facts, today: Facts, pressed: Iterable[Place]) -> Facts:
    return Facts(
        told=tuple(dict.fromkeys((*booked.told, *today.told))),
        age=booked.age if booked.age is not None else today.age,
        sex=booked.sex or today.sex,
        pregnancy=today.pregnancy
        if booked.pregnancy is None
        else booked.pregnancy or today.pregnancy is True,
        pregnancy_week=today.pregnancy_week if booked.pregnancy_week is None else booked.pregnancy_week,
        scores={**booked.scores, **{n: max(s, booked.scores.get(n, 0)) for n, s in today.scores.items()}},
        bp_systolic=_greater(booked.bp_systolic, today.bp_systolic),
        bp_diastolic=_greater(booked.bp_diastolic, today.bp_diastolic),
        temperature_c=_greater(booked.temperature_c, today.temperature_c),
        consent=today.consent or booked.consent,
        intake=today.intake or booked.intake,
        intake_age_days=_greater(booked.intake_age_days, today.intake_age_days),
        regions=tuple(sorted({*booked.regions, *today.regions, *pressed})),
    )


def _greater(booked: float | None, today: float | None) -> float | None:
    return max((number for number in (booked, today) if number is not None), default=None)


def _is_emergency_of(today: Facts, rule: Rule, on: Ground, kb: KnowledgeBase) -> bool:
    """Whether it is an emergency, and a fact or a reading of today helps to fire it."""
    if rule.category != "emergency":
        return False
    told = set(today.told)
    return any(
        _reads(match.clause, today)
        or any(on.told_as[fact] in told for group in match.facts for fact in group)
        for match in matches(rule, on, kb)
    )


def _reads(clause: Clause, today: Facts) -> bool:
    measured = (name for name in READINGS if getattr(today, name) is not None)
    return any(getattr(clause, f"{name}_gte") is not None for name in measured)
