"""What a person told: facts with their qualifiers, the stages answered, what they don't know, clearances."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from unknot.knowledge import Place

Kind = Literal[
    "condition",
    "symptom",
    "medication",
    "event",
    "device",
    "allergy",
    "preference",
    "practitioner",
    "technique",
]
"""The kinds of facts that come in lists; the key of such a fact in a clause of a rule."""

TimeUnit = Literal["hours", "days", "weeks"]


class Fact(msgspec.Struct, frozen=True):
    """
    One thing told, with what was told about it; a qualifier that is None was not told.

    ``place`` is None where nobody said where, and empty where it was asked and there is no such place (a
    diabetic who injects nothing). At most one of the three times is set.
    """

    kind: Kind
    id: str
    status: str | None = None
    new: bool | None = None
    place: tuple[Place, ...] | None = None
    hours_ago: float | None = None
    days_ago: float | None = None
    weeks_ago: float | None = None
    for_weeks: float | None = None
    days_per_month: float | None = None
    percent: float | None = None
    value: float | None = None
    after: str | None = None
    level: str | None = None

    @property
    def time(self) -> tuple[float, TimeUnit] | None:
        """How long ago, in the unit it was told in; None where it was not told."""
        if self.hours_ago is not None:
            return self.hours_ago, "hours"
        if self.days_ago is not None:
            return self.days_ago, "days"
        if self.weeks_ago is not None:
            return self.weeks_ago, "weeks"
        return None


class Facts(msgspec.Struct, frozen=True):
    """
    All facts of one person: the lists as ``told``, and the single values; None was not told.

    ``bp_*`` in mmHg, ``temperature_c`` in °C, ``age`` in years; ``regions`` are places to be pressed.
    """

    told: tuple[Fact, ...] = ()
    age: float | None = None
    sex: str | None = None
    pregnancy: bool | None = None
    pregnancy_week: float | None = None
    scores: Mapping[str, float] = MappingProxyType({})
    bp_systolic: float | None = None
    bp_diastolic: float | None = None
    temperature_c: float | None = None
    consent: str | None = None
    intake: str | None = None
    intake_age_days: float | None = None
    regions: tuple[Place, ...] = ()


class Clearance(msgspec.Struct, frozen=True):
    """A note that lets a rule decide as ``adapt``; ``pressure_max`` (1-5) is the pressure that it allows."""

    rule: str
    by: str
    days_ago: float | None = None
    pressure_max: int | None = None


class Answers(msgspec.Struct, frozen=True):
    """
    An answers document, read and checked by ``read_answers``.

    ``answered`` holds stages and ids of rules whose questions were answered, ``unknown`` ids of rules that an
    "I don't know" leaves open. Times are relative to the day screened for.
    """

    facts: Facts
    answered: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    clearances: tuple[Clearance, ...] = ()
