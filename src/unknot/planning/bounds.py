"""
What bounds a touch: screening, consent, licence and the client's own wishes, asked point by point.

Everything here is asked of ``press_at``, where the finger goes in, never of the referral zone. Where a point
is pressed in two regions, each must allow it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import get_args

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.labels import Lang
from unknot.knowledge.muscles import Muscle, Need, Position, TriggerPoint
from unknot.knowledge.places import Side
from unknot.planning.words import Speaker
from unknot.screening.result import Screening

Scope = frozenset[Need]

PUBLIC_SCOPE: Scope = frozenset({"sensitive_area_consent"})
"""What a plan covers before a practitioner is known; its holds name the consent that they need."""
FULL_SCOPE: Scope = frozenset(get_args(Need))
"""Every consent given, and a licence for internal work."""

HARDEST = 5
"""The top of the five-step scale of pressure."""
LEG_PARTS = ("thigh", "leg", "foot")
BITES_ONLY_ON_LEGS = ("ischaemic_compression_legs", "long_effleurage_legs")


@dataclass(frozen=True)
class Bounds:
    """
    All that a plan must keep within.

    ``pain_limit`` (1-10) and ``pressure_limit`` (1-5) are the client's own, None where there are none.
    ``lang`` is no bound, but goes wherever they go: ``say`` speaks it.
    """

    kb: KnowledgeBase
    screening: Screening
    scope: Scope = PUBLIC_SCOPE
    pain_limit: int | None = None
    pressure_limit: int | None = None
    lang: Lang = "en"
    avoided: frozenset[Place] = field(init=False)
    say: Speaker = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Check the client's limits; raises InputError where they lie outside their scale."""
        if self.pain_limit is not None and not 1 <= self.pain_limit <= 10:
            raise InputError(f"the client's pain limit must lie between 1 and 10, not {self.pain_limit}")
        if self.pressure_limit is not None and not 1 <= self.pressure_limit <= HARDEST:
            raise InputError(f"the client's pressure limit must be 1 to 5, not {self.pressure_limit}")
        object.__setattr__(self, "avoided", frozenset(self.screening.avoid_regions))
        object.__setattr__(self, "say", Speaker(self.kb, self.lang))

    def within(self, pressure_max: int | None) -> Bounds:
        """The same, with the pressure capped for the whole body."""
        limits = [p for p in (self.pressure_limit, pressure_max) if p is not None]
        return replace(self, pressure_limit=min(limits)) if limits else self


def place(region: str, side: Side, kb: KnowledgeBase) -> Place:
    """A region on a muscle's side; a midline region has none."""
    return Place(region, side if kb.regions[region].sided else "")


def pressed(point: TriggerPoint, side: Side, kb: KnowledgeBase) -> tuple[Place, ...]:
    """Where the finger goes in."""
    return tuple(place(region, side, kb) for region in point.press_at)


def needs(muscle: Muscle, point: TriggerPoint, kb: KnowledgeBase) -> tuple[Need, ...]:
    """
    The consents and licences that pressing a point needs: the muscle's own, and those of the place.

    The regions of the rules ``sensitive_area`` and ``genital_pelvic`` need them whatever muscle lies there.
    """
    found = set(muscle.needs)
    if _lies_in("sensitive_area", point, kb):
        found.add("sensitive_area_consent")
    if _lies_in("genital_pelvic", point, kb):
        found.add("internal_pelvic")
    return tuple(need for need in get_args(Need) if need in found)


def is_open(muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds) -> bool:
    """Whether a point may be touched at all: no place of it avoided, every consent and licence there."""
    there = pressed(point, side, bounds.kb)
    wanted = needs(muscle, point, bounds.kb)
    if any(p in bounds.avoided for p in there) or not bounds.scope.issuperset(wanted):
        return False
    return "intraoral" not in wanted or not any(_is_mouth_shut(p, bounds.screening) for p in there)


def pressure_cap(muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds) -> int:
    """
    The greatest pressure (1-5): the lowest of the muscle's level, every rule's and the client's wish.

    A light-only place keeps its cap unless the rule excepts the muscle and the muscle has a grip of its own.
    """
    caps = [muscle.pressure_level, bounds.pressure_limit or HARDEST]
    for there in pressed(point, side, bounds.kb):
        caps.append(bounds.screening.pressure_cap_at(there))
        caps += [
            light.pressure_max
            for light in bounds.screening.light_only
            if light.region == there and not (muscle.grip and muscle.id in light.except_muscles)
        ]
    return min(caps)


def is_light_only(point: TriggerPoint, side: Side, bounds: Bounds) -> bool:
    """Whether a point lies in a light-only place, which only a practitioner's own grip may open."""
    light = {entry.region for entry in bounds.screening.light_only}
    return any(p in light for p in pressed(point, side, bounds.kb))


def opened_by_grip(muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds) -> bool:
    """Whether a point in a light-only place may be pressed harder, by the muscle's own grip alone."""
    there = pressed(point, side, bounds.kb)
    light = (entry for entry in bounds.screening.light_only if entry.region in there)
    return bool(muscle.grip) and any(muscle.id in entry.except_muscles for entry in light)


def pain_cap(point: TriggerPoint, side: Side, bounds: Bounds) -> int:
    """The greatest pain (0-10): the lowest of the hold rule's, every rule's and the client's own limit."""
    caps = [bounds.screening.pain_cap_at(p) for p in pressed(point, side, bounds.kb)]
    return min(bounds.kb.planning.hold.ceiling, bounds.pain_limit or 10, *caps)


def position(muscle: Muscle, bounds: Bounds) -> Position | None:
    """The muscle's best position among those that screening allows; None where none is left."""
    allowed = bounds.screening.positions
    return next((p for p in muscle.positions if allowed is None or p in allowed), None)


def tags_off(muscle: Muscle, places: tuple[Place, ...], bounds: Bounds) -> frozenset[str]:
    """
    The technique tags that are off for a muscle at any of the places.

    A tag that names a place bites only there (FORMAT, "Techniques"): legs, or beside the spine.
    """
    off = frozenset(tag for p in places for tag in bounds.screening.techniques_off_at(p))
    return frozenset(tag for tag in off if _bites(tag, muscle, bounds.kb))


def means_off(places: tuple[Place, ...], bounds: Bounds) -> frozenset[str]:
    """The means that are off at any of the places."""
    return frozenset(means for p in places for means in bounds.screening.means_off_at(p))


def _bites(tag: str, muscle: Muscle, kb: KnowledgeBase) -> bool:
    if tag in BITES_ONLY_ON_LEGS:
        return muscle.part in LEG_PARTS
    return tag != "deep_paraspinal" or muscle.id in kb.planning.reading.paraspinal


def _lies_in(rule: str, point: TriggerPoint, kb: KnowledgeBase) -> bool:
    regions = {region for clause in kb.rules[rule].when for region in clause.region_in or ()}
    return not regions.isdisjoint(point.press_at)


def _is_mouth_shut(there: Place, screening: Screening) -> bool:
    return "intraoral" in screening.techniques_off_at(there) | screening.means_off_at(there)
