"""Screening rules and their vocabulary (``screening.toml``); how they are evaluated: ``unknot.screening``."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Category = Literal["emergency", "absolute", "clearance", "local", "adapt"]
Stage = Literal["booking", "day", "hands_on", "standing"]
Unknown = Literal["hold", "ask_practitioner", "no"]
Urgency = Literal["now", "today", "this_week"]
Evidence = Literal["guideline", "case_reports", "consensus", "convention"]


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One table of a rule's ``when``: holds when all of its keys hold."""

    condition: str | None = None
    also_condition: str | None = None
    symptom: str | None = None
    also_symptom: str | None = None
    with_symptom: str | None = None
    medication: str | None = None
    also_medication: str | None = None
    event: str | None = None
    also_event: str | None = None
    device: str | None = None
    allergy: str | None = None
    technique: str | None = None
    preference: str | None = None
    practitioner: str | None = None
    consent: str | None = None
    intake: str | None = None
    status: str | None = None
    after: str | None = None
    level_at_or_above: str | None = None
    new: bool | None = None
    always: bool | None = None
    pregnancy: bool | None = None
    score: str | None = None
    gte: float | None = None
    percent_gte: float | None = None
    days_per_month_gte: float | None = None
    for_weeks_gte: float | None = None
    hours_lt: float | None = None
    days_lt: float | None = None
    days_gte: float | None = None
    weeks_lt: float | None = None
    weeks_gte: float | None = None
    age_lt: float | None = None
    age_gte: float | None = None
    bp_systolic_gte: float | None = None
    bp_diastolic_gte: float | None = None
    temperature_c_gte: float | None = None
    pregnancy_week_lt: float | None = None
    pregnancy_week_gte: float | None = None
    intake_age_days_gte: float | None = None
    region_in: tuple[str, ...] | None = None
    urgency: Urgency | None = None


class Adaptation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a fired rule changes the treatment; the head of ``screening.toml`` names the keys."""

    treat: bool | None = None
    treat_elsewhere: bool | None = None
    applies_to: str | None = None
    pressure_max: int | None = None
    pressure_pain_max: int | None = None
    leg_pressure_max: int | None = None
    max_minutes: int | None = None
    avoid: tuple[str, ...] = ()
    light_only: tuple[str, ...] = ()
    pressure_max_there: int | None = None
    exception: tuple[str, ...] = ()
    techniques_off: tuple[str, ...] = ()
    means_off: tuple[str, ...] = ()
    positions: tuple[str, ...] | None = None
    positions_off: tuple[str, ...] = ()
    face_rule: tuple[str, ...] = ()
    side: str | None = None
    working_pain: tuple[int, int] | None = None
    hold_seconds_max: int | None = None
    deep_minutes_max: int | None = None
    hours_between_deep_sessions: int | None = None
    gap_after_meal_minutes: int | None = None
    avoid_until_weeks: int | None = None
    avoid_weeks: int | None = None
    deep_friction_off_weeks: int | None = None
    wait_weeks: int | None = None
    alternatives: str | None = None
    avoid_note: str | None = None
    chaperone: str | None = None
    check: str | None = None
    consent: str | None = None
    draping: str | None = None
    drive: str | None = None
    emergency_plan: str | None = None
    gloves: str | None = None
    handover: str | None = None
    hygiene: str | None = None
    lubricant: str | None = None
    note: str | None = None
    position_note: str | None = None
    record: str | None = None
    rise: str | None = None
    stop: str | None = None
    stop_signal: str | None = None
    watch: str | None = None
    when_best: str | None = None


class ClearsWith(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may clear a rule, with what, and for how long a note counts."""

    who: str
    what: str
    newer_than_days: int | None = None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contraindication or red flag; fires when any clause of ``when`` holds."""

    id: str
    name: str
    category: Category
    stage: Stage
    unknown: Unknown
    asks: str
    when: Annotated[tuple[Clause, ...], msgspec.Meta(min_length=1)]
    action: str
    adapt: Adaptation
    clears_with: ClearsWith
    evidence: Evidence
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    urgency: Urgency | None = None


class ScoreItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a score; counts when any clause of ``when`` holds."""

    text: str
    when: tuple[Clause, ...]


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sum of items that rules compare with ``gte``."""

    points_each: int
    items: tuple[ScoreItem, ...]
    source: str
    name: str | None = None
    note: str | None = None
