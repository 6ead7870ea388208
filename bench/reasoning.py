"""How long reasoning takes, warm, beside a look into the region-to-muscle table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

import people
from rows import Row, of_times, timed

from unknot.knowledge import KnowledgeBase, load
from unknot.reasoning import Drawing, read_drawing, reason

DRAWINGS = 200
FEW = 20
TARGET_MS = 10
BY_TABLE = "a look into the table, 12 places"


def run() -> list[Row]:
    """A dozen places must take 10 ms at most, however they lie."""
    kb = load()
    rng = Random(12)
    reason(people.neighbours(1, rng, kb), kb)  # builds the network
    dozens: dict[str, Callable[[], Drawing]] = {
        "reason, 12 places that touch": lambda: people.neighbours(12, rng, kb),
        "reason, 12 places that touch, 3 motions": lambda: people.neighbours(12, rng, kb, motions=3),
        "reason, 12 places anywhere": lambda: people.anywhere(12, rng, kb),
        "reason, a condition's places": lambda: _of_a_condition(rng, kb),
    }
    others: dict[str, Callable[[], Drawing]] = {
        "reason, 1 place": lambda: people.neighbours(1, rng, kb),
        "reason, 30 places that touch": lambda: people.neighbours(30, rng, kb),
        "reason, every place": lambda: people.neighbours(len(people.all_places(kb)), rng, kb),
    }
    taken = {name: _seconds(draw, DRAWINGS, kb) for name, draw in dozens.items()}
    taken |= {name: _seconds(draw, FEW, kb) for name, draw in others.items()}
    table = of_times(BY_TABLE, (t for one in taken.values() for t in one["table"]))
    reasoned = [
        of_times(name, one["reason"], TARGET_MS if name in dozens else None).beside_row(
            of_times("the table", one["table"])
        )
        for name, one in taken.items()
    ]
    return [*reasoned, table]


def _seconds(draw: Callable[[], Drawing], drawings: int, kb: KnowledgeBase) -> dict[str, list[float]]:
    """What reasoning and the table take for so many drawings, each drawn anew."""
    muscles = {region: [r.muscle.id for r in kb.muscles_referring_to(region)] for region in kb.regions}
    taken: dict[str, list[float]] = {"reason": [], "table": []}
    for _ in range(drawings):
        drawing = draw()
        taken["reason"].append(timed(partial(reason, drawing, kb)))
        taken["table"].append(timed(partial(_looked_up, drawing, muscles)))
    return taken


def _looked_up(drawing: Drawing, muscles: Mapping[str, list[str]]) -> list[tuple[str, int]]:
    return Counter(muscle for place in drawing.regions for muscle in muscles[place.region]).most_common()


def _of_a_condition(rng: Random, kb: KnowledgeBase) -> Drawing:
    """The places that a condition is felt in, both sides, a dozen at most."""
    places = [p for r in rng.choice(tuple(kb.conditions.values())).regions for p in kb.places(r)]
    return read_drawing({"regions": {str(p): rng.randint(1, 10) for p in places[:12]}}, kb)
