"""
What is believed of every trigger point, from the priors to the posteriors.

Three kinds of evidence, taken in the order of their cost:

1. Places left blank. They factorise: the odds of a point are multiplied by (1 - q) for each blank place
that it
   sends pain to.
2. Motions. Each is a noisy-OR finding as well, with a large leak, but it would join all muscles of a
   body part into one piece. So each sends its causes one message, the others believed as they are after
   step 1::

       P(named | i active) / P(named | i not) = (1 - (1 - q_i) s_i) / (1 - s_i)
       s_i = (1 - leak) * product over other causes k of (1 - p_k q_k)

   A motion that many muscles make painful thus says little of each. People name motions that go together, so
   of several that a point explains the strongest counts whole, the next by half, the next by a quarter.
3. Drawn places: exactly (``exact``), piece by piece, with all explaining-away; only a piece too wide
   for that is approximated (``loopy``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, prod

from unknot.knowledge import KnowledgeBase, Place
from unknot.reasoning import exact, loopy, strengths
from unknot.reasoning.movements import Told, hurting
from unknot.reasoning.network import Network, Suspect
from unknot.reasoning.pieces import Piece, PointIn, Posterior, bits_of, joined, mask
from unknot.reasoning.sweep import sweep

WIDEST = 12
"""Places at the front of a sweep for which the exact way is taken: tables of 4096 numbers."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Of a suspect that sends pain to a drawn place: the chance of each point, and of at least one."""

    suspect: Suspect
    points: tuple[float, ...]
    at_least_one: float


Odds = dict[int, list[float]]
"""Log-odds of the points of each suspect, by its index in the network."""


def beliefs(
    drawn: Mapping[Place, int], told: Sequence[Told], network: Network, kb: KnowledgeBase
) -> tuple[Belief, ...]:
    """The posterior of every suspect that sends pain to a drawn place (pain 1-10), in the network's order."""
    odds = _after_blank_places(drawn, network)
    linked = sorted({index for place in drawn for index in network.sending_to.get(place, ())})
    messages = _messages(told, odds, network, kb)
    for index in messages.keys() & set(linked):
        odds[index] = [
            own + _together(told_it) for own, told_it in zip(odds[index], messages[index], strict=True)
        ]
    return _after_drawn_places(drawn, linked, odds, network)


def _after_blank_places(drawn: Mapping[Place, int], network: Network) -> Odds:
    odds = {i: [cause.blank_odds for cause in suspect.causes] for i, suspect in enumerate(network.suspects)}
    for place in drawn:
        for index in network.sending_to.get(place, ()):
            for n, cause in enumerate(network.suspects[index].causes):
                odds[index][n] -= log1p(-cause.links.get(place, 0.0))
    return odds


# ---- motions


def _messages(
    told: Sequence[Told], odds: Odds, network: Network, kb: KnowledgeBase
) -> dict[int, list[list[float]]]:
    """By suspect, for each of its points, the log likelihood ratios of the motions told."""
    messages: dict[int, list[list[float]]] = {}
    for motion in told:
        hurts = hurting(motion.motion, kb)
        strength = {
            index: hurts.strength(muscle, motion.said)
            for muscle in hurts.muscles
            for index in network.of_muscle[muscle]
        }
        silent = {i: [1 - _chance(own) * chance for own in odds[i]] for i, chance in strength.items()}
        all_silent = (1 - strengths.MOTION_LEAK) * prod(s for points in silent.values() for s in points)
        for index, chance in strength.items():
            mine = messages.setdefault(index, [[] for _ in odds[index]])
            for point, own_silent in zip(mine, silent[index], strict=True):
                others_silent = all_silent / own_silent
                point.append(log((1 - (1 - chance) * others_silent) / (1 - others_silent)))
    return messages


def _together(messages: Iterable[float]) -> float:
    """
    Several messages as one: the strongest whole, each further one half as much as the one before.

    >>> _together([1.0, 2.0]), _together([])
    (2.5, 0.0)
    """
    return sum((message * 0.5**n for n, message in enumerate(sorted(messages, reverse=True))), start=0.0)


def _chance(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


# ---- drawn places


def _after_drawn_places(
    drawn: Mapping[Place, int], linked: Sequence[int], odds: Odds, network: Network
) -> tuple[Belief, ...]:
    """The beliefs of the suspects ``linked`` to a drawn place."""
    places = tuple(drawn)
    number = {place: n for n, place in enumerate(places)}
    reach = {index: _reach(network.suspects[index], number) for index in linked}
    found: dict[int, Belief] = {}
    for part in joined(list(reach.values()), len(places)):
        here = [index for index in linked if reach[index] & part]
        within = {places[n]: position for position, n in enumerate(bits_of(part))}
        piece = Piece(
            leaks=tuple(strengths.place_leak(drawn[place]) for place in within),
            groups=tuple(_group(network.suspects[index], odds[index], within) for index in here),
        )
        posterior = solve(piece)
        for index, points, any_of in zip(here, posterior.points, posterior.at_least_one, strict=True):
            found[index] = Belief(network.suspects[index], points, any_of)
    return tuple(found[index] for index in linked)


def _reach(suspect: Suspect, number: Mapping[Place, int]) -> int:
    return mask(number[place] for cause in suspect.causes for place in cause.links if place in number)


def _group(suspect: Suspect, odds: Sequence[float], within: Mapping[Place, int]) -> tuple[PointIn, ...]:
    return tuple(
        PointIn(_chance(own), tuple((within[p], chance) for p, chance in cause.links.items() if p in within))
        for cause, own in zip(suspect.causes, odds, strict=True)
    )


def solve(piece: Piece, widest: int = WIDEST) -> Posterior:
    """The posterior of a piece: exact where its sweep needs no more than ``widest`` open findings."""
    order = sweep(piece, widest)
    return exact.solve(piece, order) if order else loopy.solve(piece)
