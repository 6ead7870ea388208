"""
People made up for the benches: drawings of neighbouring places, and pains with known causes.

``person`` does not draw as the reasoner's network supposes: pain spreads more widely, people forget
places, put some beside where they hurt, and some mark a place that has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from unknot.atlas import touching
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import TriggerPoint
from unknot.knowledge.places import OTHER_SIDE, SIDES, Side
from unknot.reasoning import Drawing, read_drawing

FELT = {"essential": 0.9, "spillover": 0.35, "other_side": 0.5}
DRAWN = 0.75
BESIDE = 0.15
UNRELATED = 0.3

Truth = tuple[str, Side]
"""A muscle and its side."""


def all_places(kb: KnowledgeBase) -> list[Place]:
    """Every place of the body, head to toes."""
    return [place for region in kb.regions for place in kb.places(region)]


def neighbours(places: int, rng: Random, kb: KnowledgeBase, *, motions: int = 0) -> Drawing:
    """A drawing of so many places, each touching another where it can, made worse by so many motions."""
    everywhere = all_places(kb)
    marked = [rng.choice(everywhere)]
    while len(marked) < places:
        beside = sorted({near for place in marked for near in touching(place)} - set(marked))
        marked.append(rng.choice(beside or [place for place in everywhere if place not in marked]))
    worse = [motion.label for motion in rng.sample(tuple(kb.motions.values()), motions)]
    return _drawing({place: rng.randint(1, 10) for place in marked}, kb, worse)


def anywhere(places: int, rng: Random, kb: KnowledgeBase) -> Drawing:
    """A drawing of so many places without regard to where they lie."""
    return _drawing({place: rng.randint(1, 10) for place in rng.sample(all_places(kb), places)}, kb)


def person(muscles: int, rng: Random, kb: KnowledgeBase) -> tuple[Drawing, list[Truth]]:
    """A drawing, and the muscles that truly hurt: so many, the prevalent ones more often, a point each."""
    ids = list(kb.muscles)
    while True:
        chosen = rng.choices(ids, [2.0 ** kb.muscles[m].prevalence for m in ids], k=muscles)
        truth: list[Truth] = [(muscle, rng.choice(SIDES)) for muscle in chosen]
        pains: dict[Place, int] = {}
        for muscle, side in truth:
            point = rng.choice(kb.muscles[muscle].trigger_points)
            pains |= {
                place: rng.randint(4, 8) for place in _felt(point, side, rng, kb) if rng.random() < DRAWN
            }
        pains = {_misplaced(place, rng): pain for place, pain in pains.items()}
        if pains and rng.random() < UNRELATED:
            pains.setdefault(rng.choice(all_places(kb)), rng.randint(2, 5))
        if pains:
            return _drawing(pains, kb), truth


def _felt(point: TriggerPoint, side: Side, rng: Random, kb: KnowledgeBase) -> list[Place]:
    return [
        Place(region, on) if kb.regions[region].sided else Place(region)
        for link, on in (("essential", side), ("spillover", side), ("other_side", OTHER_SIDE[side]))
        for region in getattr(point, link)
        if rng.random() < FELT[link]
    ]


def _misplaced(place: Place, rng: Random) -> Place:
    beside = sorted(touching(place))
    return rng.choice(beside) if beside and rng.random() < BESIDE else place


def _drawing(pains: dict[Place, int], kb: KnowledgeBase, worse: Sequence[str] = ()) -> Drawing:
    regions = {str(place): pain for place, pain in pains.items()}
    return read_drawing({"regions": regions, "aggravated_by": list(worse)}, kb)
