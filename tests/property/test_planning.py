"""
What holds for every plan, whoever the client and whatever the drawing.

The laws are stated anew here, from the rules' own data, not through the functions that planning uses.
"""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.knowledge import Place, load
from unknot.planning import FULL_SCOPE, PUBLIC_SCOPE, plan, plan_from, with_symptoms_of
from unknot.reasoning.drawing import AIMS, Drawing
from unknot.reasoning.result import Candidate, Reasoning
from unknot.screening import read_answers, screen
from unknot.screening.result import Cap, LightOnly, SwitchedOff

KB = load()
WORDS = KB.vocabulary
LEGS = {"thigh", "leg", "foot"}
HEALTHY = screen(read_answers({"facts": {"age": 30}, "answered": ["booking", "day"]}, KB), KB)
MUSCLES = tuple(KB.muscles)
PRESSED = sorted(
    {p for m in KB.muscles.values() for t in m.trigger_points for r in t.press_at for p in KB.places(r)}
)
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

places = st.lists(st.sampled_from(PRESSED), max_size=6, unique=True).map(tuple)
some_places = st.lists(st.sampled_from(PRESSED), min_size=1, max_size=12, unique=True).map(tuple)
levels = st.integers(1, 5)


@st.composite
def reasonings(draw: st.DrawFn) -> Reasoning:
    named = draw(
        st.lists(
            st.tuples(st.sampled_from(MUSCLES), st.sampled_from(("left", "right"))), max_size=7, unique=True
        )
    )
    likely = sorted((draw(st.sampled_from((0.9, 0.6, 0.5, 0.3, 0.1))) for _ in named), reverse=True)
    return Reasoning(
        tuple(
            Candidate(m, side, tuple(t.id for t in KB.muscles[m].trigger_points), p, {}, (), ())
            for (m, side), p in zip(named, likely, strict=True)
        ),
        (), (), (),
    )  # fmt: skip


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    regions = draw(st.dictionaries(st.sampled_from(PRESSED), st.integers(1, 10), max_size=6))
    aims = draw(st.lists(st.sampled_from(AIMS), max_size=2, unique=True))
    return Drawing(regions, aims=tuple(aims) if regions else tuple(aims or ["stress"]))


@st.composite
def screenings(draw: st.DrawFn) -> Any:
    """Adaptations of every kind, at random: what all rules together might ask."""
    light = st.builds(LightOnly, st.sampled_from(PRESSED), st.integers(1, 3), st.just(MUSCLES[::2]))
    caps = st.builds(Cap, some_places, st.none() | levels, st.none() | st.integers(0, 10))
    tags = st.lists(st.sampled_from(WORDS.technique), max_size=2).map(tuple)
    means = st.lists(st.sampled_from(WORDS.means), max_size=2).map(tuple)
    return msgspec.structs.replace(
        HEALTHY,
        avoid_regions=draw(places),
        light_only=(*HEALTHY.light_only, *draw(st.lists(light, max_size=3))),
        pressure_max=draw(st.none() | levels),
        pressure_pain_max=draw(st.integers(1, 7)),
        caps=tuple(draw(st.lists(caps, max_size=2))),
        positions=draw(st.none() | st.lists(st.sampled_from(WORDS.position), unique=True).map(tuple)),
        max_minutes=draw(st.sampled_from((None, 10, 30, 45, 60))),
        off=tuple(draw(st.lists(st.builds(SwitchedOff, st.none() | some_places, tags, means), max_size=3))),
    )


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """Answers as people give them: some conditions, symptoms, medicines and events, most of them placed."""
    facts: dict[str, Any] = {"age": draw(st.integers(10, 90))}
    for key in ("conditions", "symptoms", "medications", "events", "devices"):
        kind = WORDS.fact_lists[key]
        for id_ in draw(st.lists(st.sampled_from(WORDS.ids(kind)), max_size=1)):
            place = str(draw(st.sampled_from(PRESSED)))
            facts[key] = [draw(st.sampled_from((id_, {kind: id_, "place": [place]})))]
    if draw(st.integers(0, 5)) == 0:
        facts |= {"pregnancy": True, "pregnancy_week": draw(st.integers(1, 40))}
    return {"facts": facts, "answered": draw(st.sampled_from((["booking"], ["booking", "day"], [])))}


def holds_of(plan):
    return [h for s in plan.course.sessions_plan for h in s.holds] if plan.course else []


def muscle_of(hold):
    return KB.muscles[hold.muscle]


def places_of(hold):
    return [KB.places(text)[0] for text in hold.press_at]


def bites(tag, muscle):
    if tag in ("ischaemic_compression_legs", "long_effleurage_legs"):
        return muscle.part in LEGS
    return tag != "deep_paraspinal" or muscle.id in KB.planning.reading.paraspinal


def light_caps(screening, hold):
    muscle, there = muscle_of(hold), places_of(hold)
    return [
        light.pressure_max
        for light in screening.light_only
        if light.region in there and not (muscle.grip and hold.muscle in light.except_muscles)
    ]


def check_place(hold, screening, scope):
    there = places_of(hold)
    assert not set(there) & set(screening.avoid_regions)
    assert set(hold.needs) <= scope
    assert set(muscle_of(hold).needs) <= set(hold.needs)
    if {"genitals", "pelvic_floor"} & {p.region for p in there}:
        assert "internal_pelvic" in scope
    assert hold.position in muscle_of(hold).positions
    assert screening.positions is None or hold.position in screening.positions


def check_pressure(hold, screening, limit):
    technique = KB.techniques[hold.technique]
    least, most = technique.pressure_level
    there = places_of(hold)
    cap = min(
        most,
        muscle_of(hold).pressure_level,
        limit or 5,
        *(screening.pressure_cap_at(p) for p in there),
        *light_caps(screening, hold),
    )
    assert least <= min(hold.levels) <= max(hold.levels) == cap
    assert len(hold.levels) == 1 or len(set(hold.levels)) == 2
    off = {tag for p in there for tag in screening.techniques_off_at(p)}
    assert not {tag for tag in technique.tags if tag in off and bites(tag, muscle_of(hold))}
    means = {m for p in there for m in screening.means_off_at(p)}
    assert hold.tool != "elbow" or ("elbow" not in means and max(hold.levels) >= 4)


def check_dose(hold, screening, limit):
    technique = KB.techniques[hold.technique]
    assert 10 <= hold.seconds <= 30
    assert technique.hold_s[0] <= hold.seconds <= hold.seconds_most <= min(technique.hold_s[1], 90)
    assert technique.repetitions[0] <= hold.repetitions <= technique.repetitions[1]
    there = places_of(hold)
    pains = [screening.pain_cap_at(p) for p in there]
    assert hold.pain_ceiling == min(7, technique.pain_ceiling or 7, limit or 10, *pains)
    low, high = hold.working_discomfort
    assert 0 <= low <= high <= min(6, hold.pain_ceiling - 1)


def check(plan, screening, *, scope=PUBLIC_SCOPE, pain=None, pressure=None):
    for hold in holds_of(plan):
        check_place(hold, screening, scope)
        aimed = [p.pressure_max for p in KB.protocols.values() if hold.muscle in p.muscles and p.pressure_max]
        limits = {pressure, *(min(filter(None, (pressure, a))) for a in aimed)}
        errors = []
        for limit in limits:  # a muscle may be planned for its aim, under the aim's own limit
            try:
                check_pressure(hold, screening, limit)
            except AssertionError as error:
                errors.append(error)
        assert len(errors) < len(limits), errors
        check_dose(hold, screening, pain)
    assert (plan.course is None) == (plan.why_not is not None)
    assert plan.course is None or holds_of(plan)


def check_beside(plan, screening):
    """Nothing besides the holds touches an avoided place, is switched off, or presses where hands may not."""
    sessions = plan.course.sessions_plan if plan.course else ()
    for session in sessions:
        for touched in (*session.examine, *session.light_work):
            assert not set(places_of(touched)) & set(screening.avoid_regions)
        for work in session.light_work:
            assert work.level == 1
    beside = [e for s in sessions for e in (*s.stretches, *s.heat, *s.strengthening)]
    for exercise in (*beside, *plan.home_care):
        if exercise.muscle is None:
            continue
        muscle = KB.muscles[exercise.muscle]
        there = [
            Place(r, exercise.side if KB.regions[r].sided else "")
            for t in muscle.trigger_points
            for r in t.press_at
        ]
        off = {tag for p in there for tag in screening.techniques_off_at(p)}
        assert not set(there) & set(screening.avoid_regions)
        assert exercise.kind != "stretch" or "end_range_stretch" not in off
        assert exercise.kind != "heat" or "heat" not in off
        if exercise.kind == "self_hold":
            assert not {"tools", "ischaemic_compression"} & off
            assert exercise.stop_rule


@often
@given(drawings(), screenings(), reasonings(), st.sampled_from((PUBLIC_SCOPE, FULL_SCOPE, frozenset())))
def test_every_plan_keeps_within_screening(drawing, screening, reasoning, scope):
    plan = plan_from(drawing, screening, reasoning, KB, scope=scope)
    check(plan, screening, scope=scope)
    check_beside(plan, screening)


@often
@given(drawings(), screenings(), reasonings(), st.integers(1, 10), levels)
def test_every_plan_keeps_within_the_clients_own_limits(drawing, screening, reasoning, pain, pressure):
    plan = plan_from(drawing, screening, reasoning, KB, client_limit=pain, client_pressure=pressure)
    check(plan, screening, pain=pain, pressure=pressure)


@often
@given(drawings(), answers(), reasonings())
def test_every_plan_keeps_within_what_answers_allow(drawing, document, reasoning):
    screening = screen(read_answers(document, KB), KB)
    plan = plan_from(drawing, screening, reasoning, KB)
    check(plan, screening)
    check_beside(plan, screening)
    assert (plan.decision, plan.held) == (screening.decision, screening.held)
    if plan.decision == "emergency" or (
        plan.decision == "absolute" and screening.decision_elsewhere == "absolute"
    ):
        assert (plan.course, plan.home_care) == (None, ())
    if screening.unplaced:
        assert (plan.course, plan.home_care) == (None, ())
    assert plan.after_clearance == (screening.decision_elsewhere == "clearance")


def mirrored(thing):
    other = {"left": "right", "right": "left"}
    if isinstance(thing, Place):
        return thing.mirrored()
    if isinstance(thing, tuple):
        return tuple(mirrored(t) for t in thing)
    if isinstance(thing, msgspec.Struct):
        fields = {name: mirrored(getattr(thing, name)) for name in thing.__struct_fields__}
        if "side" in fields and fields["side"] in other:
            fields["side"] = other[fields["side"]]
        return type(thing)(**fields)
    if isinstance(thing, str) and thing.endswith((":left", ":right")):
        return str(KB.places(thing)[0].mirrored())
    return thing


def as_seen(plan):
    """The plan without the order of what is done on both sides together."""
    if plan.course is None:
        return plan.why_not, sorted(map(repr, plan.home_care))
    return [
        tuple(sorted(map(repr, part)) for part in (s.examine, s.holds, s.light_work, s.stretches, s.heat))
        for s in plan.course.sessions_plan
    ], sorted(map(repr, plan.home_care))


@often
@given(drawings(), screenings(), reasonings())
def test_the_mirrored_drawing_gives_the_mirrored_plan(drawing, screening, reasoning):
    other = Drawing({p.mirrored(): pain for p, pain in drawing.regions.items()}, aims=drawing.aims)
    reflected = msgspec.structs.replace(reasoning, candidates=mirrored(reasoning.candidates))
    one = plan_from(drawing, screening, reasoning, KB)
    two = plan_from(other, mirrored(screening), reflected, KB)
    assert as_seen(mirrored(one)) == as_seen(two)


@often
@given(drawings())
def test_the_mirrored_drawing_is_reasoned_and_planned_as_the_mirror(drawing):
    told = read_answers({"facts": {"age": 30}, "answered": ["booking"]}, KB)
    one, two = plan(drawing, told, KB), plan(drawing.mirrored(), told, KB)
    assert as_seen(mirrored(one)) == as_seen(two)


@often
@given(drawings(), screenings(), reasonings(), places)
def test_one_more_avoided_place_never_adds_a_place_to_press(drawing, screening, reasoning, more):
    fewer = msgspec.structs.replace(screening, avoid_regions=(*screening.avoid_regions, *more))
    plan = plan_from(drawing, fewer, reasoning, KB)
    assert not {p for h in holds_of(plan) for p in places_of(h)} & set(more)


@often
@given(answers(), st.lists(st.sampled_from(WORDS.symptom), max_size=3))
def test_a_red_flag_counts_wherever_it_was_said(document, symptoms):
    told = read_answers(document, KB)
    both = with_symptoms_of(Drawing(symptoms=tuple(symptoms), aims=("stress",)), told)
    ids = {fact.id for fact in both.facts.told if fact.kind == "symptom"}
    assert ids >= set(symptoms)
    assert [fact for fact in both.facts.told if fact in told.facts.told] == list(told.facts.told)
    assert {f.rule for f in screen(told, KB).fired} <= {f.rule for f in screen(both, KB).fired}


@pytest.mark.long
def test_a_thousand_drawings_and_clients():
    """The whole way, reasoner included, for a thousand people who mark real places and answer at random."""
    dice = random.Random(5)
    all_places = [p for region in KB.regions for p in KB.places(region)]
    planned = 0
    for _ in range(1000):
        regions = {p: dice.randint(1, 10) for p in dice.sample(all_places, dice.randint(1, 8))}
        facts: dict[str, Any] = {"age": dice.randint(18, 80)}
        for key in dice.sample(("conditions", "medications", "events"), dice.randint(0, 2)):
            kind = WORDS.fact_lists[key]
            facts[key] = [{kind: dice.choice(WORDS.ids(kind)), "place": [str(dice.choice(PRESSED))]}]
        told = read_answers({"facts": facts, "answered": ["booking"]}, KB)
        result = plan(Drawing(regions, aims=tuple(dice.sample(AIMS, dice.randint(0, 1)))), told, KB)
        screening = screen(told, KB)
        check(result, screening)
        check_beside(result, screening)
        planned += result.course is not None
    assert planned > 500
