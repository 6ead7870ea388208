"""One hold: technique, levels, tool, seconds, pain, position, consent."""

import pytest

from unknot.errors import InputError
from unknot.knowledge import Place
from unknot.knowledge.places import SIDES
from unknot.planning.bounds import FULL_SCOPE, PUBLIC_SCOPE, needs, opened_by_grip
from unknot.planning.holds import hold_for, levels, light_work_for
from unknot.screening.result import LightOnly, SwitchedOff


def point(kb, muscle, id_=None):
    found = kb.muscles[muscle]
    points = {p.id: p for p in found.trigger_points}
    return found, points[id_] if id_ else found.trigger_points[0]


@pytest.fixture(scope="session")
def hold(kb, bounds):
    def of(screening, muscle, id_=None, scope=FULL_SCOPE, limits=None, **wishes):
        found, trigger_point = point(kb, muscle, id_)
        return hold_for(found, trigger_point, "left", bounds(screening, scope, **(limits or {})), **wishes)

    return of


def test_every_point_can_be_given_to_a_healthy_client(kb, bounds, healthy):
    within = bounds(healthy)
    never = [
        (muscle.id, p.id, side)
        for muscle in kb.muscles.values()
        for p in muscle.trigger_points
        for side in SIDES
        if hold_for(muscle, p, side, within) is None or hold_for(muscle, p, side, within, gentle=True) is None
    ]
    assert never == []


def test_what_a_grip_opens_in_a_light_place(kb, bounds, healthy, screened):
    def opened(screening, muscle, id_=None):
        return opened_by_grip(*point(kb, muscle, id_), "left", bounds(screening))

    assert opened(healthy, "sternocleidomastoid_sternal", "TrP-lower")
    assert not opened(healthy, "sternocleidomastoid_sternal", "TrP-upper")  # at the side of the neck
    assert not opened(healthy, "rhomboids")
    assert not opened(screened(conditions=["osteopenia"]), "rhomboids")  # light there, and nothing opens it


def test_levels_alternate_up_to_the_cap(kb):
    stepped = kb.techniques["stepped_compression"]
    assert [levels(stepped, cap) for cap in (2, 3, 4, 5)] == [(2,), (2, 3, 2), (3, 4, 3), (4, 5, 4)]
    assert levels(kb.techniques["pincer_compression"], 5) == (2, 3, 2)


def test_a_deep_muscle_is_held_firmly_and_a_gentle_session_only_to_the_barrier(hold, healthy):
    firm, gentle = hold(healthy, "rhomboids"), hold(healthy, "rhomboids", gentle=True)
    assert (firm.technique, firm.levels) == ("ischemic_compression", (3, 4, 3))
    assert (gentle.technique, gentle.levels) == ("trigger_point_pressure_release", (2, 3, 2))


def test_anticoagulants_cap_at_two(hold, screened):
    thinned = screened(medications=["anticoagulant"])
    got = hold(thinned, "rhomboids")
    assert (got.technique, got.levels, got.tool) == ("trigger_point_pressure_release", (2,), "finger")
    assert hold(thinned, "sternocleidomastoid_sternal") is None  # the front of the neck is kept off


def test_a_letter_raises_the_cap(hold, screened):
    note = {"rule": "anticoagulant", "by": "physician", "days_ago": 5, "pressure_max": 3}
    got = hold(screened(medications=["anticoagulant"], clearances=[note]), "rhomboids")
    assert max(got.levels) == 3


def test_below_every_hold_there_is_light_work(kb, bounds, hold, screened):
    frail = screened(conditions=["thrombocytopenia"])
    assert hold(frail, "rhomboids") is None
    found, trigger_point = point(kb, "rhomboids")
    light = light_work_for(found, trigger_point, "left", bounds(frail))
    assert (light.technique, light.level, light.seconds) == ("positional_release", 1, 90)
    assert light_work_for(found, trigger_point, "left", bounds(screened())) is None


def test_fibromyalgia_keeps_pain_at_three(hold, screened):
    got = hold(screened(conditions=["fibromyalgia"]), "rhomboids")
    assert (got.pain_ceiling, got.working_discomfort) == (3, (1, 2))
    assert "1 to 2" in got.check_in
    assert "above 3" in got.check_in


@pytest.mark.parametrize(
    ("limit", "ceiling", "band"),
    [(None, 7, (4, 6)), (10, 7, (4, 6)), (6, 6, (4, 5)), (4, 4, (2, 3)), (1, 1, (0, 0))],
)
def test_the_clients_own_limit_counts(hold, healthy, limit, ceiling, band):
    got = hold(healthy, "rhomboids", limits={"pain_limit": limit})
    assert (got.pain_ceiling, got.working_discomfort) == (ceiling, band)


def test_a_techniques_own_ceiling_counts(hold, healthy):
    got = hold(healthy, "rhomboids", gentle=True)
    assert (got.pain_ceiling, got.working_discomfort) == (5, (3, 4))


@pytest.mark.parametrize("limits", [{"pain_limit": 0}, {"pain_limit": 11}, {"pressure_limit": 6}])
def test_a_limit_outside_its_scale_is_refused(hold, healthy, limits):
    with pytest.raises(InputError, match="limit must"):
        hold(healthy, "rhomboids", limits=limits)


def test_seconds_and_rounds_stay_within_the_technique(hold, healthy, with_):
    assert hold(healthy, "rhomboids", seconds=1, rounds=99).seconds == 10
    assert hold(healthy, "rhomboids", seconds=500, rounds=99).seconds == 30
    assert hold(healthy, "rhomboids", rounds=99).repetitions == 4
    assert hold(healthy, "infraspinatus").seconds_most == 90
    assert hold(with_(hold_seconds_max=12), "rhomboids", seconds=30).seconds == 12
    assert hold(with_(hold_seconds_max=5), "rhomboids") is None


class TestPlaces:
    def test_one_of_two_forbidden_regions_forbids_the_point(self, hold, with_):
        for region in ("chest", "armpit"):
            shut = with_(avoid_regions=(Place(region, "left"),))
            assert hold(shut, "pectoralis_minor", "lower") is None
        assert hold(with_(avoid_regions=(Place("armpit", "right"),)), "pectoralis_minor", "lower")

    def test_the_referral_zone_does_not_count(self, hold, with_):
        assert hold(with_(avoid_regions=(Place("temple", "left"),)), "upper_trapezius")

    def test_a_grip_opens_a_light_only_place_up_to_the_muscles_level(self, hold, healthy):
        assert max(hold(healthy, "gastrocnemius", "TrP3").levels) == 3
        assert hold(healthy, "diaphragm").levels == (2,)  # the same place, and no grip of its own

    def test_a_grip_opens_nothing_that_a_rule_does_not_except(self, hold, with_):
        light = LightOnly(Place("knee_back", "left"), 2)
        assert hold(with_(light_only=(light,)), "gastrocnemius", "TrP3").levels == (2,)

    def test_the_grip_is_told(self, hold, healthy, kb):
        assert hold(healthy, "gastrocnemius", "TrP3").grip == kb.muscles["gastrocnemius"].grip

    def test_an_avoided_place_stays_shut_whatever_the_grip(self, hold, with_):
        assert hold(with_(avoid_regions=(Place("flank", "left"),)), "quadratus_lumborum") is None


class TestTags:
    def off(self, *tags, regions=None, means=()):
        return {"off": (SwitchedOff(regions, tags, means),)}

    def test_compression_off_leaves_pressure_release(self, hold, with_):
        got = hold(with_(**self.off("ischaemic_compression")), "upper_trapezius")
        assert got.technique == "trigger_point_pressure_release"

    def test_legs_only(self, hold, with_):
        off = with_(**self.off("ischaemic_compression_legs"))
        assert hold(off, "soleus").technique == "trigger_point_pressure_release"
        assert hold(off, "rhomboids").technique == "ischemic_compression"

    def test_beside_the_spine_only(self, hold, with_):
        off = with_(**self.off("deep_paraspinal"))
        assert hold(off, "longissimus_thoracis").technique == "trigger_point_pressure_release"
        assert hold(off, "rhomboids").technique == "ischemic_compression"

    def test_where_the_rule_counts_only(self, hold, with_):
        off = with_(**self.off("ischaemic_compression", regions=(Place("scapula", "left"),)))
        assert hold(off, "infraspinatus", "TrP1").technique == "trigger_point_pressure_release"
        assert hold(off, "infraspinatus", "TrP3").technique == "ischemic_compression"

    def test_an_elbow_gives_way_to_the_hand(self, hold, healthy, with_):
        assert hold(healthy, "gluteus_medius", "TrP1").tool == "elbow"
        assert hold(with_(**self.off(means=("elbow",))), "gluteus_medius", "TrP1").tool == "knuckle"
        assert hold(healthy, "gluteus_medius", "TrP3").tool == "knuckle"  # over the trochanter
        assert hold(healthy, "levator_scapulae").tool == "thumb"

    @pytest.mark.parametrize("kind", ["means", "tags"])
    def test_work_in_the_mouth_can_be_shut(self, hold, with_, kind):
        shut = self.off(means=("intraoral",)) if kind == "means" else self.off("intraoral")
        assert hold(with_(**shut), "medial_pterygoid") is None


class TestPositions:
    def test_the_best_one_that_is_allowed(self, hold, screened):
        assert hold(screened(), "splenius_capitis").position == "prone"
        pregnant = screened(sex="female", pregnancy=True, pregnancy_week=20)
        assert hold(pregnant, "splenius_capitis").position == "side_lying"

    def test_none_left(self, hold, screened):
        pregnant = screened(sex="female", pregnancy=True, pregnancy_week=20)
        assert hold(pregnant, "latissimus_dorsi", "lower").position == "side_lying"
        assert hold(pregnant, "sartorius") is None or hold(pregnant, "sartorius").position == "semi_reclined"
        weak = screened(conditions=["heart_failure"])
        assert hold(weak, "gluteus_maximus") is None


class TestPregnancy:
    @pytest.mark.parametrize(("week", "cap", "leg"), [(8, 3, 2), (20, 3, None), (34, 2, None)])
    def test_weeks(self, hold, screened, week, cap, leg):
        pregnant = screened(sex="female", pregnancy=True, pregnancy_week=week)
        assert max(hold(pregnant, "levator_scapulae").levels) == cap
        calf = hold(pregnant, "tibialis_anterior")
        assert (max(calf.levels) if calf else None) == leg
        assert hold(pregnant, "rectus_abdominis", "TrP2") is None


class TestScope:
    def test_internal_and_intraoral_work_only_with_its_licence(self, hold, healthy):
        assert hold(healthy, "levator_ani_coccygeus", scope=PUBLIC_SCOPE) is None
        assert hold(healthy, "medial_pterygoid", scope=PUBLIC_SCOPE) is None
        assert hold(healthy, "levator_ani_coccygeus").needs == ("sensitive_area_consent", "internal_pelvic")

    def test_a_sensitive_area_is_planned_and_names_its_consent(self, hold, healthy):
        assert hold(healthy, "piriformis", scope=PUBLIC_SCOPE).needs == ("sensitive_area_consent",)
        assert hold(healthy, "piriformis", scope=frozenset()) is None

    def test_the_place_asks_for_consent_even_where_the_muscle_does_not(self, kb):
        found = kb.muscles["sartorius"]
        inner = found.trigger_points[-1]
        assert found.needs == ()
        assert inner.press_at == ("thigh_inner",)
        assert needs(found, inner, kb) == ("sensitive_area_consent",)
