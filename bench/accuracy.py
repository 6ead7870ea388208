"""
How often the reasoner finds the muscle, beside the region-to-muscle tables of the books.

The table is used as a careful reader would: each drawn place gives two points to a muscle that usually sends
pain there and one to a muscle that sometimes does; equal muscles stand by how often they are involved. What
the table reaches is the target of the reasoner.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import people
from rows import Row

from unknot.knowledge import KnowledgeBase, Place, load
from unknot.knowledge.places import OTHER_SIDE, SIDES
from unknot.reasoning import Drawing, read_drawing, reason

PEOPLE = 400
FIRST = (1, 3, 5)

Ranker = Callable[[Drawing, KnowledgeBase], list[people.Truth]]


def by_reasoner(drawing: Drawing, kb: KnowledgeBase) -> list[people.Truth]:
    """Muscles with their sides, likeliest first."""
    return [(candidate.muscle, candidate.side) for candidate in reason(drawing, kb).candidates]


def by_table(drawing: Drawing, kb: KnowledgeBase) -> list[people.Truth]:
    """The same by looking each drawn place up in the table."""
    score = {}
    for muscle in kb.muscles.values():
        for side in SIDES:
            points = sum(_looked_up(place, muscle.id, side, kb) for place in drawing.regions)
            if points:
                score[muscle.id, side] = (-points, -muscle.prevalence)
    return sorted(score, key=lambda truth: score[truth])


def _looked_up(place: Place, muscle: str, side: str, kb: KnowledgeBase) -> int:
    points = kb.muscles[muscle].trigger_points
    beside = place.side in ("", side)
    across = place.side in ("", OTHER_SIDE["left" if side == "left" else "right"])
    if beside and any(place.region in point.essential for point in points):
        return 2
    sometimes = beside and any(place.region in point.spillover for point in points)
    return int(sometimes or (across and any(place.region in point.other_side for point in points)))


def own_patterns(kb: KnowledgeBase) -> list[tuple[Drawing, list[people.Truth]]]:
    """For each muscle the drawing of exactly the zones that its points usually hurt, on the left."""
    cases: list[tuple[Drawing, list[people.Truth]]] = []
    for muscle in kb.muscles.values():
        zones = {zone for point in muscle.trigger_points for zone in point.essential}
        regions = {f"{zone}:left" if kb.regions[zone].sided else zone: 6 for zone in zones}
        if regions:
            cases.append((read_drawing({"regions": regions}, kb), [(muscle.id, "left")]))
    return cases


def found_among_first(
    cases: list[tuple[Drawing, list[people.Truth]]], rank: Ranker, kb: KnowledgeBase
) -> dict[int, float]:
    """For 1, 3 and 5: the share, in %, of the true muscles that stand among so many first of the ranking."""
    ranked = [(rank(drawing, kb), true) for drawing, truth in cases for true in truth]
    return {first: 100 * sum(t in ranking[:first] for ranking, t in ranked) / len(ranked) for first in FIRST}


def run() -> list[Row]:
    """Own patterns, and made-up people with one, two and three active muscles."""
    kb = load()
    rng = Random(7)
    studies = {"own pattern": own_patterns(kb)}
    for muscles in (1, 2, 3):
        name = f"{muscles} muscle{'s' * (muscles > 1)}"
        studies[name] = [people.person(muscles, rng, kb) for _ in range(PEOPLE)]
    rows = []
    for study, cases in studies.items():
        reasoner, table = (found_among_first(cases, rank, kb) for rank in (by_reasoner, by_table))
        rows += [
            Row(f"{study}, among the first {n}", reasoner[n], target=table[n], unit="%", at_least=True)
            for n in FIRST
        ]
    return rows
