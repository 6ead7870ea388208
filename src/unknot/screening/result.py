"""What screening says: the decision, why, and how treatment must be adapted."""

from __future__ import annotations

from typing import Literal

import msgspec

from unknot.knowledge import Place
from unknot.knowledge.screening import Category, Urgency

Decision = Literal["proceed", "adapt", "local", "clearance", "absolute", "emergency"]
STRICTNESS: tuple[Decision, ...] = ("proceed", "adapt", "local", "clearance", "absolute", "emergency")
"""From the mildest to the strictest."""
STOPPING: tuple[Decision, ...] = ("clearance", "absolute", "emergency")
"""The decisions under which treatment may not begin as things stand."""

Treatable = Literal["all", "elsewhere", "none"]


class Fired(msgspec.Struct, frozen=True):
    """
    A rule that fired; ``category`` is what it decides: ``adapt`` once a clearance made it ``cleared``.

    ``standing`` marks a house rule: it fires for everybody and never changes the decision.
    """

    rule: str
    category: Category
    urgency: Urgency | None
    why: str
    action: str
    cleared: bool = False
    standing: bool = False


class LightOnly(msgspec.Struct, frozen=True):
    """A place worked at most at ``pressure_max`` (1-5), but for muscles whose own grip opens it."""

    region: Place
    pressure_max: int
    except_muscles: tuple[str, ...] = ()


class Cap(msgspec.Struct, frozen=True):
    """The greatest pressure (1-5) and pain (0-10) at some places; None where there is no such cap."""

    regions: tuple[Place, ...]
    pressure_max: int | None = None
    pressure_pain_max: int | None = None


class SwitchedOff(msgspec.Struct, frozen=True):
    """Technique tags and means that are off at some places; the whole body where ``regions`` is None."""

    regions: tuple[Place, ...] | None
    techniques: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """A rule's text for the practitioner (watch, hygiene, rise, …)."""

    rule: str
    key: str
    text: str


class Need(msgspec.Struct, frozen=True):
    """
    What is missing before a fired rule lets treatment begin, and from whom.

    ``kind``: a ``clearance`` of the rule, the ``place`` of a fact, or a word on the ``position``.
    """

    rule: str
    who: str
    what: str
    newer_than_days: int | None = None
    kind: Literal["clearance", "place", "position"] = "clearance"


class Screening(msgspec.Struct, frozen=True):
    """
    The result of screening, as FORMAT's JSON names it.

    ``pressure_max`` and ``pressure_pain_max`` cap the whole body, ``caps`` places; a place's cap is the
    smallest that names it (``planning`` asks ``pressure_cap_at``). ``techniques_off`` and ``means_off`` are
    united over all rules; ``off`` says where each counts. An empty ``positions`` leaves none; None any.

    ``decision_elsewhere`` is the decision for the body without the closed place: rules that close a place
    only count as ``local`` in it. While ``unplaced``, a rule needs a place that was never told (``needs``
    asks the client for it) and nothing is planned.

    ``working_pain`` is the band of discomfort to aim for (0-10); ``hold_seconds_max`` the longest press;
    ``deep_minutes_max`` how long deep work may last, ``hours_between_deep_sessions`` and
    ``gap_after_meal_minutes`` the least time between.
    """

    decision: Decision
    held: bool
    treatable: Treatable
    urgency: Urgency | None
    fired: tuple[Fired, ...]
    avoid_regions: tuple[Place, ...]
    light_only: tuple[LightOnly, ...]
    pressure_max: int | None
    pressure_pain_max: int | None
    caps: tuple[Cap, ...]
    positions: tuple[str, ...] | None
    max_minutes: int | None
    techniques_off: tuple[str, ...]
    means_off: tuple[str, ...]
    off: tuple[SwitchedOff, ...]
    notes: tuple[Note, ...]
    needs: tuple[Need, ...]
    ask: tuple[str, ...]
    unanswered: tuple[str, ...]
    decision_elsewhere: Decision
    unplaced: bool = False
    working_pain: tuple[int, int] | None = None
    hold_seconds_max: int | None = None
    deep_minutes_max: int | None = None
    hours_between_deep_sessions: int | None = None
    gap_after_meal_minutes: int | None = None

    def pressure_cap_at(self, place: Place) -> int:
        """The greatest pressure (1-5) that all fired rules allow at a place, light-only places aside."""
        here = [c.pressure_max for c in self.caps if place in c.regions]
        return min(p for p in (5, self.pressure_max, *here) if p is not None)

    def pain_cap_at(self, place: Place) -> int:
        """The greatest pain (0-10) that all fired rules allow at a place; 10 where none says."""
        here = [c.pressure_pain_max for c in self.caps if place in c.regions]
        return min(p for p in (10, self.pressure_pain_max, *here) if p is not None)

    def techniques_off_at(self, place: Place) -> frozenset[str]:
        """Technique tags switched off at a place."""
        return frozenset(t for o in self.off if o.regions is None or place in o.regions for t in o.techniques)

    def means_off_at(self, place: Place) -> frozenset[str]:
        """Means switched off at a place."""
        return frozenset(m for o in self.off if o.regions is None or place in o.regions for m in o.means)
