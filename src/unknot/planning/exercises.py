"""
What goes with pressure, and what a client does alone: stretches, exercises, heat, self-holds, habits.

Each is left out where screening forbids what its text asks for: at the places where the muscle's points are
pressed, at the joints it moves, and in the position it is done in. How the texts are read stands in
``protocols.toml``, [reading] and [[joint]].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from unknot.knowledge import Place
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.places import SIDES, Side
from unknot.knowledge.protocols import TextReading
from unknot.planning.at_home import SELF_COMPRESSION, at_home
from unknot.planning.bounds import (
    Bounds,
    is_light_only,
    is_open,
    means_off,
    place,
    pressed,
    pressure_cap,
    tags_off,
)
from unknot.planning.holds import working_discomfort
from unknot.planning.result import Exercise

END_RANGE = frozenset({"end_range_stretch"})
OVERHEAD = "arm_overhead_stretch"
HEAT = "heat"


def stretch(muscle: Muscle, side: Side, bounds: Bounds) -> Exercise | None:
    """The muscle's stretch; None where it has none or any of what it asks for is off."""
    if not _may_move(muscle, side, bounds, bounds.kb.planning.reading.stretch, stretches=True):
        return None
    return _said(Exercise("stretch", muscle=muscle.id, side=side), bounds)


def strengthen(muscle: Muscle, side: Side, bounds: Bounds) -> Exercise | None:
    """The muscle's corrective exercise; None where it has none or any of what it asks for is off."""
    if not _may_move(muscle, side, bounds, bounds.kb.planning.reading.strengthen, stretches=False):
        return None
    return _said(Exercise("strengthen", muscle=muscle.id, side=side), bounds)


def heat(muscle: Muscle, side: Side, bounds: Bounds) -> Exercise | None:
    """Moist heat on the muscle; None where heat is off or a place of it is to be left alone."""
    if not _is_whole_open(muscle, side, bounds) or HEAT in tags_off(
        muscle, _pressed(muscle, side, bounds), bounds
    ):
        return None
    return _said(Exercise("heat", muscle=muscle.id, side=side), bounds)


def self_care(muscle: Muscle, side: Side, bounds: Bounds) -> Exercise | None:
    """
    The muscle's own text on self-care: a self-hold, or movement where pressing is not the client's.

    A self-hold is left out in light-only places too, where the grip is a practitioner's, and wherever
    ``self_compression`` is switched off or its least pressure lies above the cap.
    """
    read = bounds.kb.planning.reading.self_care
    fired = {f.rule for f in bounds.screening.fired}
    if muscle.id in read.after_doctor:
        return None
    if any(muscle.id in pair.muscles and not fired.isdisjoint(pair.rules) for pair in read.not_with):
        return None
    presses, stretches = muscle.id not in read.no_press, muscle.id in read.stretch
    if not _may_move(muscle, side, bounds, read, stretches=stretches, moves=stretches or not presses):
        return None
    if not presses:
        return _said(Exercise("movement", muscle=muscle.id, side=side), bounds)
    return _self_hold(muscle, side, bounds) if _may_press_self(muscle, side, bounds) else None


def habits(targets: Sequence[tuple[Muscle, Side]], bounds: Bounds) -> tuple[Exercise, ...]:
    """What keeps the muscles sore and can be changed: one entry a kind of habit, naming the factors."""
    muscles = {
        muscle.id: muscle
        for muscle, side in targets
        if any(is_open(muscle, point, side, bounds) for point in muscle.trigger_points)
    }
    return tuple(_habits(muscles.values(), bounds))


def advice(practices: Iterable[str], bounds: Bounds) -> tuple[Exercise, ...]:
    """A protocol's practices as general advice, as far as they are habits and not tied to a muscle."""
    kinds = {habit.practice: habit.kind for habit in bounds.kb.planning.habits}
    told = (_said(Exercise(kinds[id_]), bounds) for id_ in practices if id_ in kinds)
    return tuple(advised for advised in told if advised)


def _habits(muscles: Iterable[Muscle], bounds: Bounds) -> Iterator[Exercise]:
    factors = dict.fromkeys(factor for muscle in muscles for factor in muscle.perpetuated_by)
    for habit in bounds.kb.planning.habits:
        named = tuple(factor for factor in factors if factor in habit.factors)
        if named and (advised := _said(Exercise(habit.kind, factors=named), bounds)):
            yield advised


def _may_move(
    muscle: Muscle, side: Side, bounds: Bounds, read: TextReading, *, stretches: bool, moves: bool = True
) -> bool:
    """Whether what a text asks for is allowed where the muscle lies, at its joints, and lying as it says."""
    joints = _joints(muscle, side, bounds) if moves else ()
    there = (*_pressed(muscle, side, bounds), *joints)
    off = tags_off(muscle, there, bounds)
    forbidden = {
        *(END_RANGE if stretches else ()),
        *({OVERHEAD} if muscle.id in read.overhead else ()),
        *({HEAT} if muscle.id in read.heat else ()),
    }
    mouth_shut = muscle.id in read.intraoral and "intraoral" in off | means_off(there, bounds)
    return (
        _is_whole_open(muscle, side, bounds)
        and bounds.avoided.isdisjoint(joints)
        and off.isdisjoint(forbidden)
        and not mouth_shut
        and _can_lie(muscle, bounds, read)
    )


def _can_lie(muscle: Muscle, bounds: Bounds, read: TextReading) -> bool:
    allowed = bounds.screening.positions
    lies = (("prone", read.prone), ("supine", read.supine))
    return allowed is None or all(p in allowed for p, muscles in lies if muscle.id in muscles)


def _is_whole_open(muscle: Muscle, side: Side, bounds: Bounds) -> bool:
    """Whether none of the muscle's places is to be left alone: its texts can't be kept to one point."""
    return all(is_open(muscle, point, side, bounds) for point in muscle.trigger_points)


def _may_press_self(muscle: Muscle, side: Side, bounds: Bounds) -> bool:
    """Whether nothing is off on the muscle, and the client's own points bear pressure unhelped."""
    technique = bounds.kb.techniques[SELF_COMPRESSION]
    only = bounds.kb.planning.reading.self_care.only_points.get(muscle.id)
    there = _pressed(muscle, side, bounds)
    if not tags_off(muscle, there, bounds).isdisjoint(technique.tags):
        return False
    if "tools" in means_off(there, bounds) or _self_ceiling(there, bounds) < 1:
        return False
    return all(
        not is_light_only(point, side, bounds)
        and pressure_cap(muscle, point, side, bounds) >= technique.pressure_level[0]
        for point in muscle.trigger_points
        if only is None or point.id in only
    )


def _self_hold(muscle: Muscle, side: Side, bounds: Bounds) -> Exercise | None:
    ceiling = _self_ceiling(_pressed(muscle, side, bounds), bounds)
    low, high = working_discomfort(ceiling, bounds)
    which = Exercise("self_hold", muscle=muscle.id, side=side, strength=(low, high, ceiling))
    return _said(which, bounds)


def _self_ceiling(there: tuple[Place, ...], bounds: Bounds) -> int:
    technique = bounds.kb.techniques[SELF_COMPRESSION]
    caps = [bounds.screening.pain_cap_at(p) for p in there]
    own = (bounds.pain_limit or 10, technique.pain_ceiling or 10, bounds.kb.planning.hold.ceiling)
    return min(*own, *caps)


def _said(which: Exercise, bounds: Bounds) -> Exercise | None:
    return at_home(which, bounds.kb, bounds.say)


def _pressed(muscle: Muscle, side: Side, bounds: Bounds) -> tuple[Place, ...]:
    return tuple(p for point in muscle.trigger_points for p in pressed(point, side, bounds.kb))


def _joints(muscle: Muscle, side: Side, bounds: Bounds) -> tuple[Place, ...]:
    """The places of the joints that the muscle's stretch or exercise moves."""
    return tuple(
        place(region, s, bounds.kb)
        for joint in bounds.kb.planning.joints
        if muscle.id in joint.muscles
        for s in (SIDES if joint.both else (side,))
        for region in joint.places
    )
