"""One trigger point under the hand: which technique, tool, levels of pressure, seconds, and how much pain."""

from __future__ import annotations

from collections.abc import Iterator

from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import Side
from unknot.knowledge.techniques import Technique
from unknot.planning.bounds import (
    Bounds,
    is_open,
    means_off,
    needs,
    pain_cap,
    position,
    pressed,
    pressure_cap,
    tags_off,
)
from unknot.planning.result import Hold, LightWork, Tool

PRESSURE_RELEASE = "trigger_point_pressure_release"
ISCHEMIC = "ischemic_compression"
STEPPED = "stepped_compression"
PINCER = "pincer_compression"
POSITIONAL_RELEASE = "positional_release"

FIRM = 4
"""From this level on deep muscle is reached: knuckle and elbow come in, and compression is held firmly."""
LIGHT = 2


def hold_for(
    muscle: Muscle,
    point: TriggerPoint,
    side: Side,
    bounds: Bounds,
    *,
    seconds: int = 20,
    rounds: int = 1,
    gentle: bool = False,
) -> Hold | None:
    """
    The hold on one trigger point; None where it may not be pressed.

    ``seconds`` of one press and ``rounds`` are wishes, brought within the technique's limits; ``gentle``
    presses only to the tissue barrier. The pressure is the lowest of the technique's most, the muscle's
    level, every fired rule and the client's wish; below the technique's least another technique is taken
    (``techniques.toml``, [safety] hold_rule).
    """
    if not is_open(muscle, point, side, bounds):
        return None
    lying, ceiling = position(muscle, bounds), pain_cap(point, side, bounds)
    technique = _technique(muscle, point, side, bounds, gentle=gentle)
    if lying is None or technique is None:
        return None
    if technique.pain_ceiling is not None:
        ceiling = min(ceiling, technique.pain_ceiling)
    if ceiling < 1:
        return None
    pressures = levels(technique, pressure_cap(muscle, point, side, bounds))
    low, high = working_discomfort(ceiling, bounds)
    words = bounds.kb.planning.hold
    return Hold(
        muscle=muscle.id,
        side=side,
        trigger_point=point.id,
        press_at=tuple(str(p) for p in pressed(point, side, bounds.kb)),
        technique=technique.id,
        tool=_tool(muscle, point, side, bounds, level=max(pressures)),
        position=lying,
        seconds=_clamped(seconds, *_usual_seconds(technique, bounds)),
        levels=pressures,
        repetitions=_clamped(rounds, *(technique.repetitions or (1, 1))),
        pain_ceiling=ceiling,
        working_discomfort=(low, high),
        check_in=words.check_in.format(low=low, high=high, ceiling=ceiling),
        release=words.release,
        expect=bounds.kb.safety.after_effects,
        seconds_most=_most_seconds(technique, bounds),
        stop_when=technique.stop_when,
        grip=muscle.grip,
        needs=needs(muscle, point, bounds.kb),
        cautions=muscle.cautions,
    )


def light_work_for(muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds) -> LightWork | None:
    """
    Positional release where the pressure cap lies below every hold; None where more or nothing is possible.

    Its touch only monitors, so it is no hold: the position of ease is kept, not the pressure.
    """
    technique = bounds.kb.techniques[POSITIONAL_RELEASE]
    level, most = technique.pressure_level
    lying = position(muscle, bounds)
    if lying is None or not is_open(muscle, point, side, bounds):
        return None
    seconds = _most_seconds(technique, bounds)
    too_short = technique.hold_s is not None and seconds < technique.hold_s[0]
    if too_short or pressure_cap(muscle, point, side, bounds) > most:
        return None
    return LightWork(
        muscle=muscle.id,
        side=side,
        trigger_point=point.id,
        press_at=tuple(str(p) for p in pressed(point, side, bounds.kb)),
        technique=technique.id,
        position=lying,
        seconds=seconds,
        level=level,
        repetitions=(technique.repetitions or (1, 1))[0],
        pain_ceiling=min(pain_cap(point, side, bounds), technique.pain_ceiling or 10),
        stop_when=technique.stop_when,
        needs=needs(muscle, point, bounds.kb),
    )


def levels(technique: Technique, cap: int) -> tuple[int, ...]:
    """
    The alternating levels of pressure (1-5): up to the cap or the technique's most and one step back.

    ``cap`` is at least the technique's least; one level where the two are equal.

    >>> from unknot.knowledge import load
    >>> levels(load().techniques["ischemic_compression"], 4)
    (3, 4, 3)
    >>> levels(load().techniques["ischemic_compression"], 3)
    (3,)
    """
    least, most = technique.pressure_level
    top = min(cap, most)
    low = max(least, top - 1)
    return (top,) if low == top else (low, top, low)


def working_discomfort(ceiling: int, bounds: Bounds) -> tuple[int, int]:
    """The band of discomfort to aim for (0-10), at least one below the ceiling; [safety] hold_rule."""
    low, high = bounds.screening.working_pain or bounds.kb.planning.hold.working_discomfort
    high = min(high, ceiling - 1)
    return max(0, min(low, high - 1)), high


def _technique(
    muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds, *, gentle: bool
) -> Technique | None:
    """The first technique of the muscle's that nothing switches off and whose least lies within the cap."""
    cap = pressure_cap(muscle, point, side, bounds)
    off = tags_off(muscle, pressed(point, side, bounds.kb), bounds)
    for id_ in _suited(muscle, cap, gentle=gentle):
        technique = bounds.kb.techniques[id_]
        least, most = _usual_seconds(technique, bounds)
        if technique.pressure_level[0] <= cap and off.isdisjoint(technique.tags) and least <= most:
            return technique
    return None


def _suited(muscle: Muscle, cap: int, *, gentle: bool) -> Iterator[str]:
    """
    Techniques for a muscle, best first.

    What is felt between thumb and fingers is held so; firm compression begins where deep muscle may be
    reached; what is pressed from inside, and whatever must stay light, only to the tissue barrier.
    """
    if muscle.palpation == "pincer":
        yield PINCER
    elif muscle.palpation != "internal" and not gentle and cap > LIGHT:
        if cap >= FIRM:
            yield ISCHEMIC
        yield STEPPED
    yield PRESSURE_RELEASE


def _tool(muscle: Muscle, point: TriggerPoint, side: Side, bounds: Bounds, *, level: int) -> Tool:
    """An elbow only from level 4, on big fleshy muscles, where no rule forbids it; else something smaller."""
    reading = bounds.kb.planning.reading
    if level >= FIRM:
        fleshy = set(point.press_at) <= set(reading.elbow_regions) and muscle.id in reading.elbow_muscles
        if fleshy and "elbow" not in means_off(pressed(point, side, bounds.kb), bounds):
            return "elbow"
        if muscle.part not in reading.no_knuckle_parts:
            return "knuckle"
    return "finger" if level <= LIGHT or muscle.palpation in ("pincer", "internal") else "thumb"


def _usual_seconds(technique: Technique, bounds: Bounds) -> tuple[int, int]:
    least, most = technique.default_hold_s or (0, 0)
    return least, min(most, _most_seconds(technique, bounds))


def _most_seconds(technique: Technique, bounds: Bounds) -> int:
    """How far a hold may be lengthened: within the technique's ``hold_s`` and the rule on the dose."""
    dose = bounds.screening.hold_seconds_max or bounds.kb.rules["session_dose"].adapt.hold_seconds_max
    most = technique.hold_s[1] if technique.hold_s else 0
    return most if dose is None else min(most, dose)


def _clamped(wish: int, least: int, most: int) -> int:
    return max(least, min(wish, most))
