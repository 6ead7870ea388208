"""One session after another: what is examined, pressed, stretched and warmed, within the time there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.places import Side
from unknot.knowledge.protocols import Stage, StageId
from unknot.planning import exercises
from unknot.planning.bounds import Bounds, is_open
from unknot.planning.holds import hold_for, light_work_for
from unknot.planning.result import Examination, Exercise, Hold, LightWork, Session
from unknot.planning.targets import Target, Unit

Movement = Callable[[Muscle, Side, Bounds], Exercise | None]


@dataclass(frozen=True)
class Work:
    """
    What a course works on: key muscles and satellites of the pain, muscles of an aim without pain.

    Where there is no pain the aims' muscles take the whole session, a few of them each time. ``light`` are
    likely muscles, or the aims', that bear only light work.
    """

    keys: tuple[Unit, ...]
    satellites: tuple[Unit, ...]
    aims: tuple[Unit, ...]
    light: tuple[Unit, ...]


def sessions(work: Work, count: int, minutes: int, bounds: Bounds) -> tuple[Session, ...]:
    """The protocols of a course of ``count`` sessions of ``minutes`` each."""
    done = 0
    planned = []
    for number in range(1, count + 1):
        stage = stage_of(number, count, bounds.kb)
        room = _aimed_room(stage, work)
        aims = _turned(work.aims, done)[:room]
        done += room
        planned.append(_session(number, stage, work, aims, minutes, bounds))
    return tuple(planned)


def stage_of(number: int, count: int, kb: KnowledgeBase) -> Stage:
    """What a session is for: the first examines, the third looks back, the last rounds off."""
    planning = kb.planning
    back = planning.course.re_evaluate_after
    stages: tuple[tuple[bool, StageId], ...] = (
        (number == 1, "first"),
        (number == count, "last"),
        (number == back, "re_evaluate"),
        (number < back, "build"),
    )
    return planning.stage(next((id_ for holds, id_ in stages if holds), "broaden"))


def _aimed_room(stage: Stage, work: Work) -> int:
    return max(1, stage.satellites) if work.keys else stage.muscles + stage.satellites


def _turned(units: tuple[Unit, ...], by: int) -> tuple[Unit, ...]:
    if not units:
        return ()
    start = by % len(units)
    return units[start:] + units[:start]


def _session(
    number: int, stage: Stage, work: Work, aims: tuple[Unit, ...], minutes: int, bounds: Bounds
) -> Session:
    keys = work.keys[: stage.muscles]
    likely = (*keys, *work.satellites[: stage.muscles - len(keys) + stage.satellites])
    holds = _holds(likely, aims, stage, minutes, bounds)
    held = _touched((*likely, *aims), {(h.muscle, h.side) for h in holds})
    facts = bounds.kb.planning.session
    return Session(
        number=number,
        focus=bounds.say.focus(stage, pain=bool(work.keys)),
        minutes=minutes,
        examine=tuple(_examinations(_examined(stage, work, aims, bounds), bounds)),
        holds=holds,
        light_work=tuple(_light_work(work.light[: stage.muscles], stage, bounds)),
        stretches=_each(exercises.stretch, held[: facts.stretched], bounds),
        heat=_each(exercises.heat, held, bounds, most=facts.heated),
        strengthening=_each(exercises.strengthen, held[: facts.stretched], bounds)
        if stage.strengthen
        else (),
        related_muscles=tuple(_related(held, bounds))[: facts.related],
        notes=(*(bounds.say.notes(stage) if work.keys else ()), *_consents(holds, bounds)),
    )


def _holds(
    likely: Sequence[Unit], aims: Sequence[Unit], stage: Stage, minutes: int, bounds: Bounds
) -> tuple[Hold, ...]:
    """The holds that the time allows, likeliest first; an aim beside the pain keeps its share of it."""
    facts, deep = bounds.kb.planning.session, bounds.screening.deep_minutes_max
    seconds = 60 * min(minutes * facts.hold_share, minutes if deep is None else deep)
    kept = seconds * facts.aim_share if likely and aims else 0
    first, spent = _filled(likely, stage, seconds - kept, bounds)
    then, _ = _filled(aims, stage, seconds - spent, bounds, at_least_one=not first)
    return (*first, *then)


def _filled(
    units: Sequence[Unit], stage: Stage, seconds: float, bounds: Bounds, *, at_least_one: bool = True
) -> tuple[tuple[Hold, ...], float]:
    """
    Holds up to ``seconds`` in all, and how many seconds they take.

    Points of one rank on both sides are taken or left together; a short session still has its first ones.
    """
    taken: list[Hold] = []
    spent = 0.0
    for together in _in_order(units, stage, bounds):
        cost = sum(_seconds(hold, bounds.kb) for hold in together)
        if spent + cost > seconds and (taken or not at_least_one):
            break
        taken += together
        spent += cost
    return tuple(taken), spent


def _in_order(units: Iterable[Unit], stage: Stage, bounds: Bounds) -> Iterator[list[Hold]]:
    for unit in units:
        for rank in range(stage.points):
            holds = (
                hold_for(
                    target.muscle,
                    target.points[rank],
                    target.side,
                    bounds.within(target.pressure_max),
                    seconds=stage.seconds,
                    rounds=stage.rounds,
                    gentle=stage.gentle or target.gentle,
                )
                for target in unit.targets
                if rank < min(len(target.points), target.at_most or stage.points)
            )
            if together := [hold for hold in holds if hold]:
                yield together


def _seconds(hold: Hold, kb: KnowledgeBase) -> int:
    pressed = hold.seconds * len(hold.levels) * hold.repetitions
    return pressed + kb.planning.session.seconds_between


def _light_work(units: Iterable[Unit], stage: Stage, bounds: Bounds) -> Iterator[LightWork]:
    for unit in units:
        for target in unit.targets:
            near = bounds.within(target.pressure_max)
            for point in target.points[: stage.points]:
                if work := light_work_for(target.muscle, point, target.side, near):
                    yield work


def _examined(stage: Stage, work: Work, aims: tuple[Unit, ...], bounds: Bounds) -> tuple[Unit, ...]:
    """At first all likely muscles and the satellites, so that what is found decides; then the key muscles."""
    most = bounds.kb.planning.session.examined
    if stage.id == "first":
        return (*work.keys, *work.satellites, *aims)[:most]
    return (work.keys or aims)[:most] if stage.id == "re_evaluate" else ()


def _examinations(units: Iterable[Unit], bounds: Bounds) -> Iterator[Examination]:
    for unit in units:
        for target in unit.targets:
            near = bounds.within(target.pressure_max)
            holds = (hold_for(target.muscle, p, target.side, near, gentle=True) for p in target.points)
            if felt := [hold for hold in holds if hold]:
                yield Examination(
                    muscle=target.muscle.id,
                    side=target.side,
                    trigger_points=tuple(hold.trigger_point for hold in felt),
                    press_at=tuple(dict.fromkeys(place for hold in felt for place in hold.press_at)),
                    motions=target.muscle.restricted_motion,
                    needs=tuple(dict.fromkeys(need for hold in felt for need in hold.needs)),
                )


def _touched(units: Iterable[Unit], held: set[tuple[str, Side]]) -> tuple[tuple[Target, ...], ...]:
    """The targets that were held, unit by unit."""
    kept = (tuple(t for t in unit.targets if (t.muscle.id, t.side) in held) for unit in units)
    return tuple(targets for targets in kept if targets)


def _each(
    movement: Movement, units: Iterable[Sequence[Target]], bounds: Bounds, *, most: int | None = None
) -> tuple[Exercise, ...]:
    """The movement of each unit for which there is one, of at most so many units."""
    moved = ([movement(t.muscle, t.side, bounds) for t in targets] for targets in units)
    found = [given for unit in moved if (given := [exercise for exercise in unit if exercise])]
    return tuple(exercise for unit in found[:most] for exercise in unit)


def _related(units: Sequence[Sequence[Target]], bounds: Bounds) -> Iterator[str]:
    """Muscles related to the held ones that may be examined on the same side, each once."""
    held = {target.muscle.id for targets in units for target in targets}
    seen = set(held)
    for target in (target for targets in units for target in targets):
        for id_ in target.muscle.related:
            muscle = bounds.kb.muscles[id_]
            if id_ not in seen and any(
                is_open(muscle, point, target.side, bounds) for point in muscle.trigger_points
            ):
                seen.add(id_)
                yield id_


def _consents(holds: Iterable[Hold], bounds: Bounds) -> Iterator[str]:
    wanted = {need for hold in holds for need in hold.needs}
    for need, rule in (("sensitive_area_consent", "sensitive_area"), ("intraoral", "jaw_intraoral")):
        if need in wanted:
            yield bounds.say.action(bounds.kb.rules[rule])
