"""Whether a course may be planned: FORMAT's table, row by row."""

import pytest

from unknot.planning.words import REFUSALS

NECK = ("upper_trapezius", "levator_scapulae")


def holds(plan):
    return [hold for session in plan.course.sessions_plan for hold in session.holds]


def test_proceed_is_planned(planned, healthy):
    plan = planned(healthy, *NECK)
    assert (plan.decision, plan.after_clearance, plan.held, plan.why_not) == ("proceed", False, False, None)
    assert holds(plan)
    assert plan.home_care


@pytest.mark.parametrize(
    ("facts", "decision"),
    [
        ({"symptoms": ["thunderclap_headache"]}, "emergency"),
        ({"conditions": [{"condition": "deep_vein_thrombosis", "status": "active"}]}, "absolute"),
        ({"consent": "withdrawn"}, "absolute"),
        ({"temperature_c": 39.5}, "absolute"),
    ],
)
def test_danger_leaves_no_course_price_or_home_care(planned, screened, facts, decision):
    screening = screened(**facts)
    plan = planned(screening, *NECK)
    assert plan.decision == screening.decision == decision
    assert plan.course is None
    assert plan.home_care == ()
    assert plan.why_not
    assert not plan.light_work_only


def test_the_sentence_ends_in_what_the_strictest_rule_says_to_do(planned, screened, kb):
    plan = planned(screened(consent="withdrawn"), *NECK)
    assert plan.why_not.endswith(kb.rules["consent_withdrawn"].action)


@pytest.mark.parametrize(
    "facts",
    [{"age": 15}, {"symptoms": ["unexplained_weight_loss"]}],
    ids=["capped until cleared", "no treatment until cleared"],
)
def test_a_missing_clearance_plans_for_afterwards(planned, screened, facts):
    plan = planned(screened(**facts), *NECK)
    assert plan.decision == "clearance"
    assert plan.after_clearance
    assert plan.course is not None
    assert plan.why_not is None


def test_a_minor_with_a_guardians_consent_begins_at_once(planned, screened):
    cleared = screened(age=15, clearances=[{"rule": "minor", "by": "guardian", "days_ago": 3}])
    plan = planned(cleared, *NECK)
    assert (plan.decision, plan.after_clearance) == ("adapt", False)
    assert max(level for hold in holds(plan) for level in hold.levels) == 3


def test_a_closed_place_is_left_out_and_the_rest_planned(planned, screened):
    screening = screened(
        answered=("booking", "day", "hands_on"), regions=["pelvic_floor"], symptoms=[], conditions=[]
    )
    assert screening.treatable == "elsewhere"
    plan = planned(screening, "piriformis", *NECK)
    assert plan.decision == "absolute"
    assert not plan.after_clearance
    assert {hold.muscle for hold in holds(plan)} >= {"piriformis"}


def test_what_else_is_fired_decides_elsewhere(planned, screened):
    screening = screened(answered=("booking", "day", "hands_on"), age=15, regions=["pelvic_floor"])
    assert screening.decision == "absolute"
    assert planned(screening, *NECK).after_clearance


def test_local_keeps_off_the_place(planned, screened):
    screening = screened(conditions=[{"condition": "open_wound", "place": ["neck_base:left"]}])
    assert screening.decision == "local"
    plan = planned(screening, "upper_trapezius", "masseter")
    pressed = {place for hold in holds(plan) for place in hold.press_at}
    assert pressed.isdisjoint(map(str, screening.avoid_regions))
    assert pressed


def test_open_questions_hold_the_plan(planned, screened):
    plan = planned(screened(answered=()), *NECK)
    assert plan.held
    assert plan.course is not None


def test_nothing_is_planned_while_a_place_is_missing(planned, screened):
    screening = screened(conditions=["open_wound"])
    assert screening.unplaced
    plan = planned(screening, *NECK, aims=["stress"])
    assert (plan.course, plan.home_care, plan.why_not) == (None, (), REFUSALS["where"].en)


def test_light_work_only(planned, screened):
    screening = screened(conditions=["thrombocytopenia"])
    assert screening.pressure_max == 1
    plan = planned(screening, *NECK)
    assert plan.light_work_only
    assert (plan.course, plan.why_not) == (None, REFUSALS["light_work_only"].en)


def test_a_client_who_wants_only_the_lightest_gets_light_work(planned, healthy):
    assert planned(healthy, *NECK, client_pressure=1).light_work_only


def test_no_position_is_left(planned, with_):
    plan = planned(with_(positions=(), decision="clearance", decision_elsewhere="clearance"), *NECK)
    assert (plan.course, plan.why_not, plan.after_clearance) == (None, REFUSALS["no_position"].en, True)


def test_only_closed_places(planned, screened):
    screening = screened(
        conditions=[{"condition": "open_wound", "place": ["cheek:left", "jaw:left", "tmj:left"]}]
    )
    plan = planned(screening, "masseter")
    assert (plan.course, plan.why_not, plan.light_work_only) == (None, REFUSALS["nothing_to_press"].en, False)


def test_nothing_explains_the_drawing(planned, healthy, kb):
    from unknot.knowledge import Place
    from unknot.planning import plan_from
    from unknot.reasoning.drawing import Drawing
    from unknot.reasoning.result import Reasoning

    plan = plan_from(Drawing({Place("nose"): 5}), healthy, Reasoning((), ("nose",), (), ()), kb)
    assert (plan.course, plan.why_not) == (None, REFUSALS["nothing_found"].en)
