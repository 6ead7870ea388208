"""
The network: trigger points of both sides as causes, the places where they send pain as findings.

Two layers, as in QMR-DT (Shwe et al., Methods Inf Med 1991;30:241-255): causes are independent before
anything is known, and each finding is a noisy-OR of its causes (Pearl, Probabilistic Reasoning in
Intelligent Systems, 1988, ch. 4)::

    P(place is not drawn | x) = (1 - leak) * product over causes i of (1 - q_i) ** x_i

with ``x_i`` = 1 where trigger point i is active and ``q_i`` the strength of its link (``strengths``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log, log1p

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import OTHER_SIDE as OPPOSITE
from unknot.knowledge.places import SIDES, Side
from unknot.reasoning import strengths


@dataclass(frozen=True, slots=True)
class Cause:
    """
    A trigger point on one side: its prior chance of being active, and its links to places.

    ``blank_odds`` are the log-odds that it is active in a person who drew none of its places.
    """

    point: TriggerPoint
    links: Mapping[Place, float]
    blank_odds: float


@dataclass(frozen=True, slots=True)
class Suspect:
    """A muscle on one side, with its trigger points as causes."""

    muscle: Muscle
    side: Side
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """
    All suspects, head to foot, left before right.

    ``sending_to`` has for each place the indices of those that send pain there, ``of_muscle`` for each muscle
    its own two.
    """

    suspects: tuple[Suspect, ...]
    sending_to: Mapping[Place, tuple[int, ...]]
    of_muscle: Mapping[str, tuple[int, ...]]


@cache
def network(kb: KnowledgeBase) -> Network:
    """The network of a knowledge base; built once for each."""
    suspects = tuple(_suspect(muscle, side, kb) for muscle in kb.muscles.values() for side in SIDES)
    sending: dict[Place, list[int]] = {}
    of_muscle: dict[str, list[int]] = {}
    for index, suspect in enumerate(suspects):
        for place in dict.fromkeys(place for cause in suspect.causes for place in cause.links):
            sending.setdefault(place, []).append(index)
        of_muscle.setdefault(suspect.muscle.id, []).append(index)
    return Network(
        suspects,
        sending_to={place: tuple(indices) for place, indices in sending.items()},
        of_muscle={muscle: tuple(indices) for muscle, indices in of_muscle.items()},
    )


def _suspect(muscle: Muscle, side: Side, kb: KnowledgeBase) -> Suspect:
    """
    The muscle's chance is shared among its points, so that a muscle described by more points is no likelier.

    With ``p`` each, ``1 - (1 - p) ** points`` is the chance that at least one is active.
    """
    points = muscle.trigger_points
    prior = 1 - (1 - strengths.ACTIVE[muscle.prevalence]) ** (1 / len(points))
    return Suspect(muscle, side, tuple(_cause(point, side, prior, kb) for point in points))


def _cause(point: TriggerPoint, side: Side, prior: float, kb: KnowledgeBase) -> Cause:
    links = _links(point, side, kb)
    return Cause(point, links, log(prior / (1 - prior)) + sum(map(log1p, (-q for q in links.values()))))


def _links(point: TriggerPoint, side: Side, kb: KnowledgeBase) -> dict[Place, float]:
    """Where two links meet (a midline region, reached from both sides), the stronger holds."""
    links: dict[Place, float] = {}
    for regions, on, strength in (
        (point.essential, side, strengths.ESSENTIAL),
        (point.other_side, OPPOSITE[side], strengths.OTHER_SIDE),
        (point.spillover, side, strengths.SPILLOVER),
    ):
        for region in regions:
            place = Place(region, on) if kb.regions[region].sided else Place(region)
            links.setdefault(place, strength)
    return links
