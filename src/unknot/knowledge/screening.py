"""Screening rules and their vocabulary (``screening.toml``); how they are evaluated: ``unknot.screening``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.muscles import Level, Position
from unknot.knowledge.reading import Fact, freeze_fields

Category = Literal["emergency", "absolute", "clearance", "local", "adapt"]
Stage = Literal["booking", "day", "hands_on", "standing"]
Unknown = Literal["hold", "ask_practitioner", "no"]
Urgency = Literal["now", "today", "this_week"]
Evidence = Literal["guideline", "case_reports", "consensus", "convention"]
PlaceToken = Literal["@site", "@limb", "@limb_if_leg", "@quadrant"]
Pain = Annotated[int, Meta(ge=0, le=10)]


class Clause(Fact, frozen=True, omit_defaults=True):
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


class Adaptation(Fact, frozen=True, omit_defaults=True):
    """How a fired rule changes the treatment; the head of ``screening.toml`` names the keys."""

    treat: bool | None = None
    treat_elsewhere: bool | None = None
    applies_to: str | None = None
    pressure_max: Level | None = None
    pressure_pain_max: Pain | None = None
    leg_pressure_max: Level | None = None
    max_minutes: int | None = None
    avoid: tuple[str, ...] = ()
    light_only: tuple[str, ...] = ()
    pressure_max_there: Level | None = None
    exception: tuple[str, ...] = ()
    techniques_off: tuple[str, ...] = ()
    means_off: tuple[str, ...] = ()
    positions: tuple[Position, ...] | None = None
    positions_off: tuple[Position, ...] = ()
    face_rule: tuple[str, ...] = ()
    side: str | None = None
    working_pain: tuple[Pain, Pain] | None = None
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


class ClearsWith(Fact, frozen=True):
    """Who may clear a rule, with what, and for how long a note counts."""

    who: str
    what: str
    newer_than_days: int | None = None


class Rule(Fact, frozen=True):
    """A contraindication or red flag; fires when any clause of ``when`` holds."""

    id: str
    name: str
    category: Category
    stage: Stage
    unknown: Unknown
    asks: str
    when: Annotated[tuple[Clause, ...], Meta(min_length=1)]
    action: str
    adapt: Adaptation
    clears_with: ClearsWith
    evidence: Evidence
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    urgency: Urgency | None = None


class ScoreItem(Fact, frozen=True):
    """One item of a score; counts when any clause of ``when`` holds."""

    text: str
    when: tuple[Clause, ...]


class Score(Fact, frozen=True):
    """A sum of items that rules compare with ``gte``."""

    points_each: int
    items: tuple[ScoreItem, ...]
    source: str
    name: str | None = None
    note: str | None = None


class ScreeningMeta(Fact, frozen=True):
    """
    What the rules are written with.

    ``order`` lists the categories, strictest first. ``place_groups`` name groups of groups of regions, for
    ``applies_to``; ``emergency_numbers`` are by country.
    """

    version: str
    reviewed_by_clinician: bool
    order: tuple[Category, ...]
    place_tokens: tuple[PlaceToken, ...]
    unanswered: Literal["hold"]
    stages: tuple[Stage, ...]
    unknowns: tuple[Unknown, ...]
    urgencies: tuple[Urgency, ...]
    emergency_numbers: Mapping[str, str]
    pressure_scale_source: str
    limits: tuple[str, ...]
    place_groups: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        freeze_fields(self, "emergency_numbers", "place_groups")


class Vocabulary(Fact, frozen=True):
    """
    Every id that answers and rules may use, by kind; ``fact_lists`` gives the kind of each list of answers.

    ``technique`` holds tags of techniques, ``means`` what ``means_off`` can switch off.
    """

    condition: tuple[str, ...]
    symptom: tuple[str, ...]
    medication: tuple[str, ...]
    event: tuple[str, ...]
    device: tuple[str, ...]
    technique: tuple[str, ...]
    means: tuple[str, ...]
    status: tuple[str, ...]
    allergy: tuple[str, ...]
    preference: tuple[str, ...]
    practitioner: tuple[str, ...]
    consent: tuple[str, ...]
    intake: tuple[str, ...]
    after: tuple[str, ...]
    level: tuple[str, ...]
    sex: tuple[str, ...]
    position: tuple[Position, ...]
    fact_lists: Mapping[str, str]
    fact_values: tuple[str, ...]
    qualifiers: tuple[str, ...]
    when_keys: tuple[str, ...]
    adapt_keys: tuple[str, ...]

    def __post_init__(self) -> None:
        """Make ``fact_lists`` read-only."""
        freeze_fields(self, "fact_lists")

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind: ``condition``, ``symptom``, …; raises KeyError for an unknown kind."""
        if kind not in self.__struct_fields__ or kind == "fact_lists":
            raise KeyError(kind)
        found: tuple[str, ...] = getattr(self, kind)
        return found


Implies = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Kind (symptom, event, condition) → id → the ids of that kind that it brings with it."""


class ScreeningFile(Fact, frozen=True):
    """``screening.toml``."""

    meta: ScreeningMeta
    scores: Mapping[str, Score] = field(name="score")
    implies: Implies
    plain_words: Mapping[str, str]
    vocabulary: Vocabulary
    rules: tuple[Rule, ...] = field(name="rule")

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        freeze_fields(self, "scores", "implies", "plain_words")
