"""From a pain drawing to ranked candidates with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import TriggerPoint
from unknot.reasoning.beliefs import Belief, beliefs
from unknot.reasoning.drawing import Drawing
from unknot.reasoning.movements import Told, told_motions
from unknot.reasoning.network import network
from unknot.reasoning.result import Candidate, Reasoning, RedFlag
from unknot.reasoning.shares import Shares, shares
from unknot.reasoning.words import better_explained, reasons_against, reasons_for
from unknot.screening import fired_by_symptoms

LEAST_PROBABILITY = 0.02
LEAST_SHARE = 0.01
MOST_CANDIDATES = 24
MOSTLY = 0.5
"""Below this share, explained by all candidates together, a place is called unexplained."""

POINT_BESIDE_BEST = 0.25
"""A trigger point is named when it is at least this likely, compared with the muscle's best."""

CLEARLY = 0.2
"""So much greater must another's share of a place be to be named as the better explanation."""

NEXT_TO_NOTHING = 1e-9
"""Shares that differ by less are equal: left and right are computed in another order."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    A belief with what it explains; shares below LEAST_SHARE are left out.

    ``probability`` is rounded, so that what is equal but for the last bits ranks as equal.
    """

    belief: Belief
    probability: float
    explains: Shares


Leaders = dict[Place, list[Weighed]]
"""For each place those that explain most of it: one, or several that do equally."""


def reason(drawing: Drawing, kb: KnowledgeBase) -> Reasoning:
    """
    The muscles, each on one side, whose trigger points may explain the drawing, likeliest first.

    A noisy-OR network (``network``), solved as ``beliefs`` says. A candidate is at least 2 % likely and
    explains at least 1 % of some drawn place; of more than 24 the least likely are left out, but those as
    likely as the 24th stay, and so does the best explanation of each place. Equal probabilities stand head
    to foot, left before right. The order in which a drawing tells things changes nothing, and the mirrored
    drawing has the mirrored candidates.

    ``unexplained`` are drawn places of whose pain all candidates together explain less than half.

    A drawing of aims only has no candidates. Decision support, not a diagnosis.

    >>> from unknot.knowledge import load
    >>> from unknot.reasoning import read_drawing
    >>> kb = load()
    >>> drawing = read_drawing({"regions": {"temple:left": 7, "neck_side:left": 5}}, kb)
    >>> first = reason(drawing, kb).candidates[0]
    >>> first.muscle, first.side, first.trigger_points
    ('upper_trapezius', 'left', ('TrP1',))
    """
    told, not_understood = told_motions(drawing, kb)
    weighed = _weighed(drawing.regions, told, kb)
    best = _leaders(weighed)
    chosen = _chosen(weighed, best)
    explained = {place: sum(w.explains.get(place, 0.0) for w in chosen) for place in drawing.regions}
    return Reasoning(
        candidates=tuple(_candidate(w, best, drawing, told, kb) for w in chosen),
        unexplained=tuple(str(place) for place, share in explained.items() if share < MOSTLY),
        red_flags=_red_flags(drawing.symptoms, kb),
        not_understood=not_understood,
    )


def _weighed(drawn: Mapping[Place, int], told: Sequence[Told], kb: KnowledgeBase) -> list[Weighed]:
    """Those that are likely enough and explain something, likeliest first."""
    believed = beliefs(drawn, told, network(kb), kb)
    weighed = map(_weigh, believed, shares(drawn, believed))
    likely = [w for w in weighed if w.explains and w.probability >= LEAST_PROBABILITY]
    return sorted(likely, key=lambda w: -w.probability)


def _weigh(belief: Belief, explains: Shares) -> Weighed:
    probability = round(min(1.0, max(0.0, belief.at_least_one)), 6)
    return Weighed(belief, probability, {p: share for p, share in explains.items() if share >= LEAST_SHARE})


def _chosen(weighed: Sequence[Weighed], best: Leaders) -> list[Weighed]:
    if len(weighed) <= MOST_CANDIDATES:
        return list(weighed)
    least = weighed[MOST_CANDIDATES - 1].probability
    leading = {id(w) for leaders in best.values() for w in leaders}
    return [w for w in weighed if w.probability >= least or id(w) in leading]


def _leaders(weighed: Sequence[Weighed]) -> Leaders:
    best: Leaders = {}
    for w in weighed:
        for place, share in w.explains.items():
            ahead = share - best[place][0].explains[place] if place in best else 1.0
            if ahead > NEXT_TO_NOTHING:
                best[place] = [w]
            elif ahead > -NEXT_TO_NOTHING:
                best[place].append(w)
    return best


def _candidate(
    weighed: Weighed, best: Leaders, drawing: Drawing, told: Sequence[Told], kb: KnowledgeBase
) -> Candidate:
    suspect = weighed.belief.suspect
    points = _points(weighed.belief, drawing.regions)
    against = reasons_against(suspect.muscle, suspect.side, points[0], drawing.regions, kb)
    return Candidate(
        muscle=suspect.muscle.id,
        side=suspect.side,
        trigger_points=tuple(point.id for point in points),
        probability=weighed.probability,
        explains={str(place): floor(w * 1e4) / 1e4 for place, w in weighed.explains.items()},
        reasons=reasons_for(suspect.muscle, suspect.side, points, weighed.explains, told, kb),
        against=(*_rivals(weighed, best, kb), *against),
    )


def _points(belief: Belief, drawn: Mapping[Place, int]) -> list[TriggerPoint]:
    """The points that reach a drawn place, likeliest first, those far behind the best left out."""
    reaching = [
        (chance, cause.point)
        for cause, chance in zip(belief.suspect.causes, belief.points, strict=True)
        if not cause.links.keys().isdisjoint(drawn)
    ]
    best = max(chance for chance, _ in reaching)
    near = [(chance, point) for chance, point in reaching if chance >= POINT_BESIDE_BEST * best]
    return [point for _, point in sorted(near, key=lambda told: -round(told[0], 6))]


def _rivals(weighed: Weighed, best: Leaders, kb: KnowledgeBase) -> tuple[str, ...]:
    """Who explains clearly better what this candidate explains best; of equals, the one on its own side."""
    side = weighed.belief.suspect.side
    place, own = max(weighed.explains.items(), key=lambda told: round(told[1], 6))
    rival = max(best[place], key=lambda w: w.belief.suspect.side == side)
    if rival.explains[place] < own + CLEARLY:
        return ()
    by = rival.belief.suspect
    return (better_explained(place, by.muscle, by.side, side, kb),)


def _red_flags(symptoms: Sequence[str], kb: KnowledgeBase) -> tuple[RedFlag, ...]:
    """Strictest first, as screening orders them."""
    return tuple(
        RedFlag(flag.rule.id, flag.symptoms[0], flag.rule.action, flag.symptoms)
        for flag in (fired_by_symptoms(symptoms, kb) if symptoms else ())
    )
