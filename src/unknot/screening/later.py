"""The same answers, seen from a later day."""

from __future__ import annotations

import msgspec

from unknot.screening.answers import Answers, Clearance, Fact, Facts

DAYS_A_WEEK = 7
HOURS_A_DAY = 24
PREGNANCY_WEEKS_MAX = 45


def days_later(answers: Answers, days: int) -> Answers:
    """
    What was told, as it will be ``days`` after it was told (FORMAT, "Times are relative").

    What happened, and notes about it, grow older; a pregnancy goes on; symptoms and single values stay as
    they are. Each time keeps the unit it was told in. Raises ValueError for days before the telling.

    >>> told = Answers(Facts(age=40, told=(Fact("event", "surgery", weeks_ago=1),)))
    >>> days_later(told, 21).facts.told[0].weeks_ago
    4.0
    """
    if days < 0:
        raise ValueError("answers can't be screened for a day before they were told")
    facts = answers.facts
    return msgspec.structs.replace(
        answers,
        facts=msgspec.structs.replace(
            facts,
            told=tuple(_older(fact, days) for fact in facts.told),
            pregnancy_week=_further(facts, days),
            intake_age_days=None if facts.intake_age_days is None else facts.intake_age_days + days,
        ),
        clearances=tuple(_older_note(note, days) for note in answers.clearances),
    )


def on_the_day(booked: Answers, days: int) -> Answers:
    """
    The booking's answers ``days`` after it, and how old its form is by then.

    >>> on_the_day(Answers(Facts(age=40)), 200).facts.intake_age_days
    200
    """
    dated = msgspec.structs.replace(booked.facts, intake_age_days=booked.facts.intake_age_days or 0)
    return days_later(msgspec.structs.replace(booked, facts=dated), days)


def _older(fact: Fact, days: int) -> Fact:
    if fact.kind == "symptom":
        return fact
    return msgspec.structs.replace(
        fact,
        hours_ago=None if fact.hours_ago is None else fact.hours_ago + days * HOURS_A_DAY,
        days_ago=None if fact.days_ago is None else fact.days_ago + days,
        weeks_ago=None if fact.weeks_ago is None else fact.weeks_ago + days / DAYS_A_WEEK,
        for_weeks=None if fact.for_weeks is None else fact.for_weeks + days / DAYS_A_WEEK,
    )


def _further(facts: Facts, days: int) -> float | None:
    """The week of a pregnancy; past its end it is no longer counted on."""
    if facts.pregnancy_week is None:
        return None
    return min(facts.pregnancy_week + days / DAYS_A_WEEK, PREGNANCY_WEEKS_MAX)


def _older_note(note: Clearance, days: int) -> Clearance:
    return note if note.days_ago is None else msgspec.structs.replace(note, days_ago=note.days_ago + days)
