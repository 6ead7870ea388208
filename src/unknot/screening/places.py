"""
Which places a rule's words mean: regions, groups of regions, and the tokens taken from where a fact is.

- ``@site``: the marked region with those that touch it on the atlas;
- ``@limb``: all regions of that side's arm (shoulder to fingers) or leg (buttock to toes, the side of the hip
  with them); on head and trunk the same as ``@quadrant``;
- ``@quadrant``: that side's upper (neck, shoulder, arm, chest, upper back) or lower quarter (low back, belly,
  pelvis, leg);
- ``@limb_if_leg``: ``@limb`` on a leg, else ``@site``.

Three things the rules leave open are read on the safe side: a midline region of a quarter lies half in it
and belongs to it; a midline fact means both sides; a fact on the head takes its side of the head along with
the upper quarter, so that the marked place is never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from unknot.knowledge import KnowledgeBase, Place

ARM_GROUPS = ("shoulder", "arm", "hand")
LEG_GROUPS = ("thigh_and_knee", "leg_and_foot")
LEG_REGIONS = ("buttock_upper", "buttock_lower", "hip_side")
"""Regions that belong to the leg although they stand in the group of the pelvis."""
UPPER_GROUPS = ("neck", "upper_back", "chest", *ARM_GROUPS)
LOWER_GROUPS = ("abdomen", "low_back_and_pelvis", *LEG_GROUPS)
HEAD = "head"
LEGS = "legs"
"""The place group on which ``leg_pressure_max`` counts."""


def is_token(word: str) -> bool:
    """Whether the word stands for a place that only the fact can tell (``@site``, ``@limb``, …)."""
    return word.startswith("@")


class Body:
    """The places of the knowledge base, by region, group and quarter."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._order = {
            place: n for n, place in enumerate(p for region in kb.regions for p in kb.places(region))
        }
        self._group_of = {region.id: region.group for region in kb.regions.values()}

    def sorted(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """The places, each once, from head to toes."""
        return tuple(sorted(set(places), key=self._order.__getitem__))

    def regions(self, ids: Iterable[str]) -> frozenset[Place]:
        """The regions on both sides."""
        return frozenset(place for id_ in ids for place in self._kb.places(id_))

    def groups(self, names: Sequence[str]) -> frozenset[Place]:
        """All places of groups of ``regions.toml``, or of groups of such groups."""
        wanted = {g for name in names for g in self._kb.screening_meta.place_groups.get(name, (name,))}
        return frozenset(place for place in self._order if self._group_of[place.region] in wanted)

    def around(self, token: str, place: Place) -> frozenset[Place]:
        """The places that a token means for a fact at ``place``."""
        if token == "@site":  # noqa: S105 - a token of places, not a secret
            return _site(place)
        if token == "@quadrant":  # noqa: S105
            return self._quadrant(place)
        if token == "@limb" or self._is_leg(place):  # noqa: S105
            return self._limb(place)
        return _site(place)

    def _limb(self, place: Place) -> frozenset[Place]:
        if self._is_leg(place):
            leg = self.groups(LEG_GROUPS) | self.regions(LEG_REGIONS)
            return frozenset(p for p in leg if p.side == place.side)
        if self._group_of[place.region] in ARM_GROUPS:
            return frozenset(p for p in self.groups(ARM_GROUPS) if p.side == place.side)
        return self._quadrant(place)

    def _quadrant(self, place: Place) -> frozenset[Place]:
        group = self._group_of[place.region]
        quarter = LOWER_GROUPS if group in LOWER_GROUPS else UPPER_GROUPS
        if group == HEAD:
            quarter = (HEAD, *quarter)
        return frozenset(
            p for p in self.groups(quarter) if not (p.side and place.side) or p.side == place.side
        )

    def _is_leg(self, place: Place) -> bool:
        return self._group_of[place.region] in LEG_GROUPS or place.region in LEG_REGIONS


def _site(place: Place) -> frozenset[Place]:
    # Most screenings need no neighbours: the atlas is read when the first one does.
    from unknot.atlas import touching

    return touching(place) | {place}


@lru_cache(maxsize=2)
def body(kb: KnowledgeBase) -> Body:
    """The body of a knowledge base."""
    return Body(kb)
