"""
What the fired rules ask of the treatment, taken together (FORMAT, "Adaptations").

Caps take the smallest, each where its rule applies; avoided and light-only places, techniques and means
switched off are united; positions are intersected. Cleared rules and house rules count like all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from unknot.knowledge import KnowledgeBase, Place
from unknot.screening.answers import Fact
from unknot.screening.clearances import pressure_cap
from unknot.screening.firing import FiredRule
from unknot.screening.places import LEGS, Body, is_token
from unknot.screening.result import Cap, LightOnly, Note, SwitchedOff
from unknot.screening.times import is_within

WHOLE_BODY = "body"
FRICTION = ("friction", "tendon_friction")
"""The tags of ``techniques.toml`` that "deep friction" means."""
NOT_NOTES = ("applies_to", "side")
"""Texts of an adaptation that the program itself reads."""


def avoided(fired: Iterable[FiredRule], body: Body) -> tuple[Place, ...]:
    """The places that no hand presses."""
    return body.sorted(place for f in fired for place in _avoided_by(f, body))


def light_only(fired: Iterable[FiredRule], body: Body) -> tuple[LightOnly, ...]:
    """
    The places worked lightly, one entry a place and pressure.

    A muscle is excepted from an entry only where every rule with that place and pressure excepts it.
    """
    excepted: dict[tuple[Place, int], frozenset[str]] = {}
    for adapt in (f.rule.adapt for f in fired):
        if adapt.pressure_max_there is None:
            continue
        for place in body.regions(adapt.light_only):
            at, muscles = (place, adapt.pressure_max_there), frozenset(adapt.exception)
            excepted[at] = excepted.get(at, muscles) & muscles
    places = body.sorted(place for place, _ in excepted)
    return tuple(
        LightOnly(place, pressure, tuple(sorted(excepted[place, pressure])))
        for place in places
        for pressure in range(1, 6)
        if (place, pressure) in excepted
    )


def body_caps(fired: Iterable[FiredRule]) -> tuple[int | None, int | None]:
    """The smallest caps on pressure (1-5) and pain (0-10) that count for the whole body."""
    whole = [f for f in fired if _applies_to(f) is None]
    pressures = [pressure_cap(f.rule, f.clearance) for f in whole]
    return _least(pressures), _least(f.rule.adapt.pressure_pain_max for f in whole)


def place_caps(fired: Iterable[FiredRule], body: Body) -> tuple[Cap, ...]:
    """The caps that count at some places only; where several overlap, the smallest counts."""
    found: dict[frozenset[Place], list[tuple[int | None, int | None]]] = {}
    for f in fired:
        adapt = f.rule.adapt
        if _applies_to(f) is not None:
            found.setdefault(_places(f, body), []).append(
                (pressure_cap(f.rule, f.clearance), adapt.pressure_pain_max)
            )
        if adapt.leg_pressure_max is not None:
            found.setdefault(body.groups([LEGS]), []).append((adapt.leg_pressure_max, None))
    caps = [
        Cap(body.sorted(places), _least(pressure for pressure, _ in caps), _least(pain for _, pain in caps))
        for places, caps in found.items()
        if places
    ]
    return tuple(cap for cap in caps if cap.pressure_max is not None or cap.pressure_pain_max is not None)


def switched_off(fired: Iterable[FiredRule], body: Body) -> tuple[SwitchedOff, ...]:
    """
    Techniques and means that are off, rule by rule, with the places where they are.

    Until it is told where a thing is, what its rule switches off around it is off everywhere.
    """
    off = []
    for f in fired:
        adapt = f.rule.adapt
        if adapt.techniques_off or adapt.means_off:
            everywhere = _applies_to(f) is None or _is_unplaced(f)
            regions = None if everywhere else body.sorted(_places(f, body))
            off.append(SwitchedOff(regions, adapt.techniques_off, adapt.means_off))
        if adapt.deep_friction_off_weeks is not None:
            fresh = [fact for fact in f.placed if is_within(fact, adapt.deep_friction_off_weeks, "weeks")]
            off.append(SwitchedOff(body.sorted(_around("@site", fresh, body)), FRICTION))
    return tuple(o for o in off if o.regions != ())


def positions(fired: Iterable[FiredRule], kb: KnowledgeBase) -> tuple[str, ...] | None:
    """The positions that all rules allow, in the vocabulary's order; None where no rule restricts them."""
    restricting = restricts_positions(fired)
    if not restricting:
        return None
    return tuple(
        position
        for position in kb.vocabulary.position
        if all(
            (r.rule.adapt.positions is None or position in r.rule.adapt.positions)
            and position not in r.rule.adapt.positions_off
            for r in restricting
        )
    )


def restricts_positions(fired: Iterable[FiredRule]) -> tuple[FiredRule, ...]:
    """The fired rules that leave only some positions."""
    return tuple(f for f in fired if f.rule.adapt.positions is not None or f.rule.adapt.positions_off)


def smallest(fired: Iterable[FiredRule], key: str) -> int | None:
    """The smallest value that any fired rule gives for a key of its adaptation."""
    return _least(getattr(f.rule.adapt, key) for f in fired)


def greatest(fired: Iterable[FiredRule], key: str) -> int | None:
    """The greatest value that any fired rule gives for a key: the longest wait is the strictest."""
    return max((v for f in fired if (v := getattr(f.rule.adapt, key)) is not None), default=None)


def working_pain(fired: Iterable[FiredRule]) -> tuple[int, int] | None:
    """The band of discomfort to aim for (0-10); of several the lowest."""
    return min((f.rule.adapt.working_pain for f in fired if f.rule.adapt.working_pain), default=None)


def notes(fired: Iterable[FiredRule]) -> tuple[Note, ...]:
    """The rules' texts for the practitioner, as they stand."""
    return tuple(
        Note(f.rule.id, key, value)
        for f in fired
        for key, value in msgspec.structs.asdict(f.rule.adapt).items()
        if isinstance(value, str) and key not in NOT_NOTES
    )


def asks_for_place(fired: FiredRule) -> bool:
    """Whether the rule's adaptations need a place that its facts don't give."""
    adapt = fired.rule.adapt
    return bool(fired.unplaced) and any(is_token(word) for word in (*adapt.avoid, adapt.applies_to or ""))


def _avoided_by(fired: FiredRule, body: Body) -> frozenset[Place]:
    adapt = fired.rule.adapt
    tokens = [word for word in adapt.avoid if is_token(word)]
    regions = body.regions(word for word in adapt.avoid if not is_token(word))
    weeks = adapt.avoid_weeks or adapt.avoid_until_weeks
    fresh = [fact for fact in fired.placed if weeks is None or is_within(fact, weeks, "weeks")]
    around = [_around(token, fresh, body) for token in tokens]
    return frozenset().union(_on_its_side(fired, regions), _face(fired, body), *around)


def _on_its_side(fired: FiredRule, regions: frozenset[Place]) -> frozenset[Place]:
    """
    ``side``: of the named regions those on the side where the device or the injection is.

    Both sides where that was not told.
    """
    sides = {place.side for fact in fired.placed for place in fact.place or ()} - {""}
    if fired.rule.adapt.side is None or fired.unplaced or not sides:
        return regions
    return frozenset(place for place in regions if place.side in (*sides, ""))


def _face(fired: FiredRule, body: Body) -> frozenset[Place]:
    """``face_rule``: all of the named face for something in the face, or where nobody said where it is."""
    face = body.regions(fired.rule.adapt.face_rule)
    in_face = any(place in face for fact in fired.placed for place in fact.place or ())
    return face if in_face or fired.unplaced else frozenset()


def _applies_to(fired: FiredRule) -> str | None:
    """Where the rule's caps and switches count; None for the whole body."""
    word = fired.rule.adapt.applies_to
    return None if word in (None, WHOLE_BODY) else word


def _is_unplaced(fired: FiredRule) -> bool:
    return is_token(_applies_to(fired) or "") and bool(fired.unplaced)


def _places(fired: FiredRule, body: Body) -> frozenset[Place]:
    word = _applies_to(fired) or WHOLE_BODY
    return _around(word, fired.placed, body) if is_token(word) else body.groups([word])


def _around(token: str, facts: Sequence[Fact], body: Body) -> frozenset[Place]:
    return frozenset(p for fact in facts for place in fact.place or () for p in body.around(token, place))


def _least(values: Iterable[int | None]) -> int | None:
    return min((v for v in values if v is not None), default=None)
