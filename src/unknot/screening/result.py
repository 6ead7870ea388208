"""What screening says: the decision, why, and how treatment must be adapted."""

from __future__ import annotations

from typing import Literal

import msgspec

from unknot.knowledge import Place
from unknot.knowledge.screening import Category, Urgency

Decision = Literal["proceed", "adapt", "local", "clearance", "absolute", "emergency"]
STRICTNESS: tuple[Decision, ...] = ("proceed", "adapt", "local", "clearance", "absolute", "emergency")
"""From the mildest to the strictest."""

Treatable = Literal["all", "elsewhere", "none"]


class Fired(msgspec.Struct, frozen=True):
    """A rule that holds. ``cleared`` when a recorded clearance turned it into an adaptation."""

    rule: str
    category: Category
    urgency: Urgency | None
    why: str
    action: str
    cleared: bool = False


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
    """What is missing before a fired rule lets treatment begin, and from whom."""

    rule: str
    who: str
    what: str
    newer_than_days: int | None = None


class Screening(msgspec.Struct, frozen=True):
    """
    The result of screening, as FORMAT's JSON names it.

    ``pressure_max`` and ``pressure_pain_max`` cap the whole body, ``caps`` places; a place's cap is the
    smallest that names it (``planning`` asks ``pressure_cap_at``). ``techniques_off`` and ``means_off`` are
    united over all rules; ``off`` says where each counts.
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

    def pressure_cap_at(self, place: Place) -> int:
        """The greatest pressure (1-5) that any fired rule allows at a place; light-only places not counted."""
        here = [c.pressure_max for c in self.caps if c.pressure_max is not None and place in c.regions]
        return min([5, *here, *([self.pressure_max] if self.pressure_max is not None else [])])

    def pain_cap_at(self, place: Place) -> int:
        """The greatest pain (0-10) that any fired rule allows at a place; 10 where none says."""
        here = [c.pressure_pain_max for c in self.caps if c.pressure_pain_max is not None and place in c.regions]
        return min([10, *here, *([self.pressure_pain_max] if self.pressure_pain_max is not None else [])])

    def techniques_off_at(self, place: Place) -> frozenset[str]:
        """Technique tags switched off at a place."""
        return frozenset(t for o in self.off if o.regions is None or place in o.regions for t in o.techniques)

    def means_off_at(self, place: Place) -> frozenset[str]:
        """Means switched off at a place."""
        return frozenset(m for o in self.off if o.regions is None or place in o.regions for m in o.means)
