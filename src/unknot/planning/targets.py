"""What a course aims at: the likely muscles with their points, or the muscles of an aim without pain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import OTHER_SIDE, SIDES, Side
from unknot.knowledge.protocols import Protocol
from unknot.planning.bounds import Bounds
from unknot.planning.holds import hold_for, light_work_for
from unknot.planning.result import Hold, LightWork
from unknot.reasoning.check_first import check_first
from unknot.reasoning.result import Candidate, Reasoning

SAME = 1e-9
"""Probabilities closer than this are one: both sides of a muscle are then treated together."""


class Target(msgspec.Struct, frozen=True):
    """
    A muscle on one side with the points to treat, best first.

    ``pressure_max`` (1-5), ``gentle`` and ``at_most`` points a session come from the protocol of an aim.
    """

    muscle: Muscle
    side: Side
    points: tuple[TriggerPoint, ...]
    pressure_max: int | None = None
    gentle: bool = False
    at_most: int | None = None


class Unit(msgspec.Struct, frozen=True):
    """
    One target, or both sides of a muscle that are equally likely: what is taken or left together.

    So the plan of a mirrored drawing is the mirrored plan.
    """

    targets: tuple[Target, ...]

    @property
    def muscle(self) -> Muscle:
        """The muscle of all its targets."""
        return self.targets[0].muscle


def of_candidates(candidates: Iterable[Candidate], kb: KnowledgeBase) -> tuple[Unit, ...]:
    """The candidates as targets, in their order."""
    by_muscle = {(c.muscle, c.side): c for c in candidates}
    units: dict[tuple[str, Side], Unit] = {}
    for candidate in by_muscle.values():
        together = _with_its_twin(candidate, by_muscle)
        if not any((c.muscle, c.side) in units for c in together):
            units[candidate.muscle, candidate.side] = Unit(tuple(_target(c, kb) for c in together))
    return tuple(units.values())


def ranked(
    reasoning: Reasoning, left: Iterable[Unit], kb: KnowledgeBase
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """
    What is ``left`` of a reasoning's units, as key muscles and as satellites.

    Key muscles are what a therapist may check first of that (``unknot.reasoning.check_first``).
    """
    units = {(t.muscle.id, t.side): t for unit in left for t in unit.targets}
    kept = tuple(c for c in reasoning.candidates if (c.muscle, c.side) in units)
    parts = check_first(msgspec.structs.replace(reasoning, candidates=kept))

    def reduced(candidates: Iterable[Candidate]) -> tuple[Unit, ...]:
        return _kept(of_candidates(candidates, kb), lambda t: units[t.muscle.id, t.side].points)

    return reduced(parts.check_first), reduced(parts.also_possible)


def of_aims(aims: Iterable[str], kb: KnowledgeBase) -> tuple[Unit, ...]:
    """The muscles of the aims' protocols, both sides; several aims take turns, the gentlest limit counts."""
    protocols = [kb.protocols[aim] for aim in aims]
    lists = (protocol.muscles for protocol in protocols)
    ids = dict.fromkeys(id_ for turn in zip_longest(*lists) for id_ in turn if id_)
    return tuple(_aimed_at(kb.muscles[id_], [p for p in protocols if id_ in p.muscles], kb) for id_ in ids)


def holdable(units: Iterable[Unit], bounds: Bounds) -> tuple[Unit, ...]:
    """The units as far as they can be pressed, point by point."""
    return _kept(units, lambda t: tuple(p for p in t.points if _on(hold_for, t, p, bounds)))


def lightly(units: Iterable[Unit], bounds: Bounds) -> tuple[Unit, ...]:
    """The units as far as they bear only light work, point by point."""
    return _kept(units, lambda t: tuple(p for p in t.points if _on(light_work_for, t, p, bounds)))


def without(units: Iterable[Unit], others: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units less the targets whose muscle and side stand among the others."""
    taken = {(t.muscle.id, t.side) for unit in others for t in unit.targets}
    return _kept(units, lambda t: t.points if (t.muscle.id, t.side) not in taken else ())


def _with_its_twin(
    candidate: Candidate, by_muscle: dict[tuple[str, Side], Candidate]
) -> tuple[Candidate, ...]:
    twin = by_muscle.get((candidate.muscle, OTHER_SIDE[candidate.side]))
    if twin is None or abs(twin.probability - candidate.probability) > SAME:
        return (candidate,)
    return tuple(sorted((candidate, twin), key=lambda c: SIDES.index(c.side)))


def _target(candidate: Candidate, kb: KnowledgeBase) -> Target:
    muscle = kb.muscles[candidate.muscle]
    points = {point.id: point for point in muscle.trigger_points}
    return Target(muscle, candidate.side, tuple(points[id_] for id_ in candidate.trigger_points))


def _aimed_at(muscle: Muscle, protocols: Sequence[Protocol], kb: KnowledgeBase) -> Unit:
    limits = [p.pressure_max for p in protocols if p.pressure_max is not None]
    return Unit(
        tuple(
            Target(
                muscle,
                side,
                muscle.trigger_points,
                pressure_max=min(limits, default=None),
                gentle=any(p.gentle for p in protocols),
                at_most=kb.planning.session.aim_points,
            )
            for side in SIDES
        )
    )


def _on(
    work: Callable[[Muscle, TriggerPoint, Side, Bounds], Hold | LightWork | None],
    target: Target,
    point: TriggerPoint,
    bounds: Bounds,
) -> Hold | LightWork | None:
    return work(target.muscle, point, target.side, bounds.within(target.pressure_max))


def _kept(units: Iterable[Unit], points: Callable[[Target], tuple[TriggerPoint, ...]]) -> tuple[Unit, ...]:
    """The units with those of their points that are wanted; without points a target is left out."""
    kept = []
    for unit in units:
        targets = [msgspec.structs.replace(target, points=points(target)) for target in unit.targets]
        if wanted := tuple(target for target in targets if target.points):
            kept.append(msgspec.structs.replace(unit, targets=wanted))
    return tuple(kept)
