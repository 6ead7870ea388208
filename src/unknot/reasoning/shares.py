"""How the pain of each drawn place is shared among the muscles that may explain it, and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

from unknot.knowledge import Place
from unknot.reasoning.beliefs import Belief
from unknot.reasoning.strengths import place_leak

Shares = dict[Place, float]


def shares(drawn: Mapping[Place, int], believed: Sequence[Belief]) -> tuple[Shares, ...]:
    """
    For each belief the share, in [0, 1], of every drawn place's pain that it accounts for.

    In a noisy-OR the logarithms of "does not send pain here" add up, so ``-log(1 - q)`` is a point's push
    on a place and ``-log(1 - leak)`` that of chance. A point's part is its push times the chance that it is
    active, divided by all such parts and chance's own. The shares of a place sum to less than one: what is
    missing is left to chance.
    """
    pushes: list[Shares] = [_pushes(belief, drawn) for belief in believed]
    whole = {place: -log1p(-place_leak(pain)) for place, pain in drawn.items()}
    for push in pushes:
        for place, amount in push.items():
            whole[place] += amount
    return tuple({place: push[place] / whole[place] for place in drawn if place in push} for push in pushes)


def _pushes(belief: Belief, drawn: Mapping[Place, int]) -> Shares:
    pushes: Shares = {}
    for cause, chance in zip(belief.suspect.causes, belief.points, strict=True):
        for place, strength in cause.links.items():
            if place in drawn:
                pushes[place] = pushes.get(place, 0.0) - chance * log1p(-strength)
    return pushes
