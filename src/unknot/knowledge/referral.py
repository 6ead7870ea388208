"""Which muscles send pain to a region, most likely first."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from unknot.knowledge.muscles import Muscle, TriggerPoint


class Referral(msgspec.Struct, frozen=True):
    """
    A muscle that refers pain to a region.

    ``essential`` names the trigger points that do so in nearly everyone, ``spillover`` those that sometimes
    do, ``other_side`` those that reach the region on the opposite side of the body.
    """

    muscle: Muscle
    essential: tuple[TriggerPoint, ...] = ()
    spillover: tuple[TriggerPoint, ...] = ()
    other_side: tuple[TriggerPoint, ...] = ()

    @property
    def rank(self) -> tuple[int, int, float]:
        """Sorts the most likely first."""
        strongest = 0 if self.essential else 1 if self.spillover else 2
        reaching = (self.essential, self.spillover, self.other_side)[strongest]
        return strongest, -self.muscle.prevalence, -len(reaching) / len(self.muscle.trigger_points)


def referrals_to(region_id: str, muscles: Iterable[Muscle]) -> tuple[Referral, ...]:
    """
    Muscles that refer to the region, most likely first.

    Essential referral comes before spillover and both before referral to the other side; within each the more
    prevalent muscle comes first, then the one of whose points a greater share reaches the region, then the
    order of the files (head to foot).
    """
    found = (
        Referral(
            muscle,
            essential=tuple(p for p in muscle.trigger_points if region_id in p.essential),
            spillover=tuple(p for p in muscle.trigger_points if region_id in p.spillover),
            other_side=tuple(p for p in muscle.trigger_points if region_id in p.other_side),
        )
        for muscle in muscles
    )
    reaching = (r for r in found if r.essential or r.spillover or r.other_side)
    return tuple(sorted(reaching, key=lambda r: r.rank))
