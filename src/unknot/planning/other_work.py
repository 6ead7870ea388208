"""What may be done beside the holds: strokes, friction, release by position, stretch after contraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import Side
from unknot.knowledge.techniques import Technique
from unknot.planning.bounds import Bounds, is_open, pressed, pressure_cap, tags_off
from unknot.planning.holds import LIGHT


class OtherWork(msgspec.Struct, frozen=True):
    """A technique beside the holds, the strongest it may be (1-5), and whether that is lighter than usual."""

    technique: str
    level: int
    is_light: bool


At = tuple[Muscle, TriggerPoint, Side]


def other_work(points: Iterable[At], bounds: Bounds) -> tuple[OtherWork, ...]:
    """
    The techniques beside the holds that may be done at one of the points at least, as strong as anywhere.

    Left out is what screening switches off at all of them, and what begins above every point's pressure cap.
    """
    open_points = [at for at in points if is_open(*at, bounds)]
    beside = (t for t in bounds.kb.techniques.values() if t.default_hold_s is None)
    return tuple(found for technique in beside for found in _allowed(technique, open_points, bounds))


def _allowed(technique: Technique, points: Iterable[At], bounds: Bounds) -> Iterator[OtherWork]:
    least, most = technique.pressure_level
    caps = [
        pressure_cap(muscle, point, side, bounds)
        for muscle, point, side in points
        if tags_off(muscle, pressed(point, side, bounds.kb), bounds).isdisjoint(technique.tags)
    ]
    level = min(most, max(caps, default=0))
    if level >= least:
        yield OtherWork(technique.id, level, is_light=level <= LIGHT < most)
