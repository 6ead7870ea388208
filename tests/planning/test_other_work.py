"""What may be done beside the holds."""

import pytest

from unknot.knowledge import Place
from unknot.planning.bounds import PUBLIC_SCOPE
from unknot.planning.other_work import other_work
from unknot.screening.result import SwitchedOff

BESIDE = {
    "stripping_gliding",
    "transverse_friction",
    "skin_rolling",
    "post_isometric_relaxation",
    "muscle_energy",
    "positional_release",
    "init",
    "spray_and_stretch",
    "moist_heat_after",
}


@pytest.fixture
def work(kb, bounds):
    """By technique: how strong, and whether that is lighter than usual."""

    def of(screening, *muscles):
        points = [
            (kb.muscles[m], p, "left")
            for m in muscles or ("rhomboids",)
            for p in kb.muscles[m].trigger_points
        ]
        found = other_work(points, bounds(screening, PUBLIC_SCOPE))
        return {one.technique: (one.level, one.is_light) for one in found}

    return of


def test_a_healthy_client_may_have_all_that_holds_nothing_still(work, healthy):
    assert set(work(healthy)) == BESIDE
    assert not any(is_light for _level, is_light in work(healthy).values())


def test_what_screening_switches_off_is_left_out_and_the_rest_is_light(work, screened):
    """Blood thinners: level 2 at most, no friction, no stripping, no tools."""
    found = work(screened(medications=["anticoagulant"]))
    assert set(found) == BESIDE - {"transverse_friction", "stripping_gliding", "init"}
    assert found["skin_rolling"] == (2, False)


def test_what_may_only_be_light_says_so(work, screened):
    found = work(screened(conditions=["fibromyalgia"]))
    assert found["stripping_gliding"][0] <= 2
    assert found["stripping_gliding"][1]
    assert "transverse_friction" not in found


def test_one_open_place_is_enough(work, with_, kb):
    calf = frozenset({Place(r, "left") for p in kb.muscles["soleus"].trigger_points for r in p.press_at})
    screening = with_(off=(SwitchedOff(calf, ("friction",), ()),))
    assert "transverse_friction" not in work(screening, "soleus")
    assert "transverse_friction" in work(screening, "soleus", "rhomboids")


def test_the_lightest_touch_leaves_what_does_not_press(kb, bounds, healthy):
    points = [(kb.muscles["rhomboids"], p, "left") for p in kb.muscles["rhomboids"].trigger_points]
    lightest = other_work(points, bounds(healthy, PUBLIC_SCOPE, pressure_limit=1))
    assert {one.technique for one in lightest} == {
        "post_isometric_relaxation", "muscle_energy", "positional_release", "spray_and_stretch",
        "moist_heat_after",
    }  # fmt: skip
    assert {one.level for one in lightest} == {1}


def test_where_nothing_may_be_touched_there_is_none(kb, bounds, healthy):
    assert other_work([], bounds(healthy)) == ()
