"""How long, how far apart, for how much, and what each session is for."""

import pytest

from unknot.knowledge import Place
from unknot.planning import plan_from, to_json
from unknot.planning.course import sessions_for
from unknot.reasoning.drawing import AIMS, Drawing
from unknot.reasoning.result import Candidate, Reasoning

NECK = ("upper_trapezius", "levator_scapulae", "splenius_capitis", "masseter", "rhomboids", "scalenes")
KEYS = {"decision", "course", "home_care", "after_clearance", "held", "why_not"}
COURSE_KEYS = {"sessions", "interval_days", "re_evaluate_after", "sessions_plan"}
HOLD_KEYS = {
    "muscle", "side", "trigger_point", "technique", "seconds", "levels", "repetitions", "pain_ceiling",
}  # fmt: skip


def marked(count, pain, aims=()):
    ids = ("temple", "jaw", "ear", "neck_side", "occiput", "neck_back")
    return Drawing({Place(id_, "left"): pain for id_ in ids[:count]}, aims=aims)


@pytest.mark.parametrize(
    ("drawing", "sessions"),
    [
        (marked(1, 3), 4),
        (marked(1, 7), 5),
        (marked(5, 3), 5),
        (marked(5, 7), 6),
        (marked(1, 3, aims=("stress",)), 5),
        (marked(5, 7, aims=("stress",)), 6),
        (Drawing(aims=("stress",)), 4),
    ],
)
def test_severity_sets_the_number_of_sessions(kb, drawing, sessions):
    assert sessions_for(drawing, kb.planning.course) == sessions


def test_the_json_is_what_the_issue_says(planned, healthy):
    document = to_json(planned(healthy, *NECK))
    assert set(document) == KEYS
    assert set(document["course"]) >= COURSE_KEYS
    assert document["course"]["re_evaluate_after"] == 3
    session = document["course"]["sessions_plan"][0]
    assert set(session) >= {"holds", "stretches"}
    assert set(session["holds"][0]) >= HOLD_KEYS
    assert session["holds"][0]["levels"] == [2, 3, 2]


def test_sessions_go_from_gentle_to_broad(planned, healthy):
    course = planned(healthy, "rhomboids", *NECK, pain=8).course
    assert course.sessions == len(course.sessions_plan) == 5
    first, second, third, fourth, last = course.sessions_plan
    assert {hold.seconds for hold in first.holds} == {15}
    assert first.examine
    assert not second.examine
    assert third.examine
    assert len(first.holds) < len(second.holds)
    assert not first.strengthening
    assert fourth.strengthening
    assert "home" in last.focus


def test_the_likeliest_come_first(planned, healthy):
    for session in planned(healthy, *NECK).course.sessions_plan:
        order = [NECK.index(hold.muscle) for hold in session.holds]
        assert order == sorted(order)


@pytest.fixture
def course_for(kb, healthy):
    """The course for candidates ``(muscle, probability)`` on the left, the pain being strong."""

    def of(*likely):
        candidates = (
            Candidate(muscle, "left", tuple(p.id for p in kb.muscles[muscle].trigger_points), p, {}, (), ())
            for muscle, p in likely
        )
        drawing = Drawing({Place("temple", "left"): 8})
        return plan_from(drawing, healthy, Reasoning(tuple(candidates), (), (), ()), kb).course

    return of


def sessions_with(course, muscle):
    return [s.number for s in course.sessions_plan if any(hold.muscle == muscle for hold in s.holds)]


def test_satellites_come_later(course_for):
    likely = [(muscle, 0.8) for muscle in ("rhomboids", "soleus", "infraspinatus", "anconeus")]
    course = course_for(*likely, ("masseter", 0.3))
    assert set(sessions_with(course, "masseter")) == {4, 5}
    assert sessions_with(course, "rhomboids") == [1, 2, 3, 4, 5]


def test_satellites_fill_up_where_few_muscles_are_likely(course_for):
    course = course_for(("upper_trapezius", 0.9), ("masseter", 0.1))
    assert sessions_with(course, "masseter") == [1, 2, 3, 4, 5]


def test_equally_likely_sides_are_treated_together(planned, kb, healthy):
    both = Reasoning(
        tuple(Candidate("soleus", side, ("TrP1",), 0.5, {}, (), ()) for side in ("right", "left")), (), (), ()
    )
    session = plan_from(Drawing({Place("heel", "left"): 5}), healthy, both, kb).course.sessions_plan[0]
    assert [hold.side for hold in session.holds] == ["left", "right"]


def test_the_time_there_is(planned, healthy, screened, kb):
    facts = kb.planning.session
    for screening in (healthy, screened(conditions=["fibromyalgia"])):
        for session in planned(screening, *NECK, pain=9).course.sessions_plan:
            pressed = sum(
                h.seconds * len(h.levels) * h.repetitions + facts.seconds_between for h in session.holds
            )
            assert pressed <= 60 * session.minutes * facts.hold_share


def test_prices_follow_the_length(planned, healthy, screened, kb):
    hour, half = planned(healthy, *NECK).course, planned(screened(conditions=["fibromyalgia"]), *NECK).course
    assert (hour.session_minutes, half.session_minutes) == (60, 30)
    assert (hour.session_price_low, hour.session_price_high) == (7000, 12000)
    assert (half.session_price_low, half.session_price_high) == (4000, 7500)
    assert hour.price_low == hour.sessions * 7000
    assert hour.currency == kb.billing.meta.currency == "USD"
    assert hour.price_sources == kb.prices["neuromuscular_60"].sources


def test_deep_sessions_keep_their_distance(planned, with_):
    assert planned(with_(hours_between_deep_sessions=240), *NECK).course.interval_days == 10


def test_the_course_says_what_decides_and_what_it_rests_on(planned, healthy):
    course = planned(healthy, *NECK).course
    assert any("stop" in rule for rule in course.rules)
    assert "no trial" in course.basis
    assert course.sources


def test_related_muscles_are_not_those_held(planned, healthy):
    for session in planned(healthy, *NECK).course.sessions_plan:
        assert session.related_muscles
        assert not {hold.muscle for hold in session.holds} & set(session.related_muscles)


def test_consent_is_asked_for_where_it_is_needed(planned, healthy, kb):
    first = planned(healthy, "piriformis").course.sessions_plan[0]
    assert first.holds[0].needs == ("sensitive_area_consent",)
    assert first.examine[0].needs == ("sensitive_area_consent",)
    assert kb.rules["sensitive_area"].action in first.notes


def test_examinations_and_home_care_keep_off_what_is_avoided(planned, with_):
    plan = planned(with_(avoid_regions=(Place("neck_base", "left"),)), "upper_trapezius", "masseter")
    examined = [e for s in plan.course.sessions_plan for e in s.examine]
    assert next(e.trigger_points for e in examined if e.muscle == "upper_trapezius") == ("TrP2",)
    assert not [e for e in plan.home_care if e.muscle == "upper_trapezius"]


def test_light_work_stands_beside_holds(planned, with_):
    from unknot.screening.result import Cap

    capped = with_(caps=(Cap((Place("neck_base", "left"),), pressure_max=1),))
    first = planned(capped, "levator_scapulae", "masseter").course.sessions_plan[0]
    assert [work.trigger_point for work in first.light_work] == ["TrP1"]
    assert [hold.trigger_point for hold in first.holds if hold.muscle == "levator_scapulae"] == ["TrP2"]


class TestAims:
    def test_each_aim_has_a_protocol(self, kb):
        assert tuple(kb.protocols) == AIMS

    @pytest.mark.parametrize("aim", AIMS)
    def test_its_muscles_on_both_sides(self, planned, healthy, kb, aim):
        plan = planned(healthy, aims=[aim])
        holds = [hold for session in plan.course.sessions_plan for hold in session.holds]
        protocol = kb.protocols[aim]
        held = {hold.muscle for hold in holds}
        assert held <= set(protocol.muscles)
        assert len(held) >= 5
        assert all({h.side for h in holds if h.muscle == m} == {"left", "right"} for m in held)
        assert max(level for hold in holds for level in hold.levels) <= (protocol.pressure_max or 5)
        assert plan.course.emphasis == (f"{protocol.name}: {protocol.emphasis}",)
        assert protocol.note in plan.course.basis
        assert plan.home_care

    @pytest.mark.parametrize("aim", AIMS)
    def test_the_same_limits_hold(self, planned, screened, aim):
        thinned = screened(medications=["anticoagulant"])
        plan = planned(thinned, aims=[aim])
        holds = [hold for session in plan.course.sessions_plan for hold in session.holds]
        assert {level for hold in holds for level in hold.levels} == {2}

    def test_the_muscles_come_from_their_own_entries(self, kb):
        for id_ in kb.protocols["stress"].muscles:
            assert any(
                word in " ".join(kb.muscles[id_].perpetuated_by)
                for word in ("tension", "bruxism", "frowning", "stress")
            )
        upper_crossed = kb.conditions["upper_crossed_posture"].muscles_commonly
        assert set(kb.protocols["posture"].muscles) <= set(upper_crossed)
        often = [m.id for m in kb.muscles.values() if m.prevalence == 5]
        assert list(kb.protocols["maintenance"].muscles) == often

    def test_pain_comes_first_and_the_aim_is_added(self, planned, healthy):
        plan = planned(healthy, *NECK, aims=["sport"])
        for session in plan.course.sessions_plan:
            muscles = [hold.muscle for hold in session.holds]
            assert muscles[0] == "upper_trapezius"
            assert set(muscles) - set(NECK)
        assert "pain" in plan.course.rules[0]

    def test_no_word_of_pain_where_there_is_none(self, planned, healthy):
        course = planned(healthy, aims=["stress"]).course
        assert "rate the pain" not in " ".join(
            (*course.rules, *(n for s in course.sessions_plan for n in s.notes))
        )
        assert "pain" not in course.sessions_plan[1].focus

    def test_sport_costs_what_sport_costs(self, planned, healthy, kb):
        assert planned(healthy, aims=["sport"]).course.session_price_low == kb.prices["sports_60"].low * 100
        assert planned(healthy, aims=["sport", "stress"]).course.session_price_low == 7000

    def test_upkeep_is_monthly(self, planned, healthy):
        assert planned(healthy, aims=["maintenance"]).course.interval_days == 28

    def test_several_aims_take_turns_under_the_gentlest_limit(self, planned, healthy):
        first = planned(healthy, aims=["recovery", "sport"]).course.sessions_plan[0]
        assert [hold.muscle for hold in first.holds][:4] == ["gastrocnemius"] * 2 + ["soleus"] * 2
        holds = [
            h
            for s in planned(healthy, aims=["recovery", "sport"]).course.sessions_plan
            for h in s.holds
            if h.muscle == "vastus_lateralis"
        ]
        assert holds
        assert max(level for hold in holds for level in hold.levels) <= 3
