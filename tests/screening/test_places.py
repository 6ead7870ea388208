"""Which places the tokens and groups of the rules mean."""

from __future__ import annotations

import pytest

from unknot.atlas import touching
from unknot.knowledge import Place, load
from unknot.screening.places import body

KB = load()
BODY = body(KB)
GROUPS = {region.id: region.group for region in KB.regions.values()}


def place(text):
    (only,) = KB.places(text)
    return only


def groups(places):
    return {GROUPS[p.region] for p in places}


@pytest.mark.parametrize("where", ["calf_upper:left", "temple:right", "sternum", "hip_side:left"])
def test_a_site_is_the_place_with_those_that_touch_it(where):
    assert BODY.around("@site", place(where)) == touching(place(where)) | {place(where)}


@pytest.mark.parametrize("where", ["shoulder_top:left", "armpit:left", "elbow_tip:left", "thumb:left"])
def test_an_arm_goes_from_the_shoulder_to_the_fingers(where):
    arm = BODY.around("@limb", place(where))
    assert groups(arm) == {"shoulder", "arm", "hand"}
    assert {p.side for p in arm} == {"left"}
    assert {Place("shoulder_back", "left"), Place("little_finger", "left")} <= arm


@pytest.mark.parametrize(
    "where", ["buttock_upper:right", "hip_side:right", "knee_back:right", "great_toe:right"]
)
def test_a_leg_goes_from_the_buttock_to_the_toes(where):
    leg = BODY.around("@limb", place(where))
    assert {p.side for p in leg} == {"right"}
    assert {p.region for p in leg} >= {
        "buttock_upper",
        "buttock_lower",
        "hip_side",
        "thigh_front",
        "lesser_toes",
    }
    assert groups(leg) == {"low_back_and_pelvis", "thigh_and_knee", "leg_and_foot"}
    assert Place("low_back", "right") not in leg


@pytest.mark.parametrize("where", ["neck_back:left", "chest:left", "sacrum", "temple:left"])
def test_on_head_and_trunk_a_limb_is_the_quarter(where):
    assert BODY.around("@limb", place(where)) == BODY.around("@quadrant", place(where))


@pytest.mark.parametrize("where", ["neck_back:left", "palm:left", "chest:left", "scapula:left"])
def test_the_upper_quarter(where):
    quarter = BODY.around("@quadrant", place(where))
    assert groups(quarter) == {"neck", "shoulder", "arm", "hand", "chest", "upper_back"}
    assert {p.side for p in quarter} == {"left", ""}


@pytest.mark.parametrize("where", ["low_back:left", "flank:left", "heel:left", "buttock_lower:left"])
def test_the_lower_quarter(where):
    quarter = BODY.around("@quadrant", place(where))
    assert groups(quarter) == {"low_back_and_pelvis", "abdomen", "thigh_and_knee", "leg_and_foot"}
    assert {p.side for p in quarter} == {"left", ""}


def test_a_place_on_the_head_is_never_left_out_of_its_quarter():
    quarter = BODY.around("@quadrant", place("temple:left"))
    assert Place("temple", "left") in quarter
    assert Place("temple", "right") not in quarter
    assert Place("palm", "left") in quarter


def test_a_midline_place_means_both_sides():
    quarter = BODY.around("@quadrant", place("sternum"))
    assert {Place("palm", "left"), Place("palm", "right"), Place("sternum")} <= quarter


@pytest.mark.parametrize(
    ("where", "like"),
    [("calf_upper:left", "@limb"), ("hip_side:left", "@limb"), ("palm:left", "@site"), ("sacrum", "@site")],
)
def test_limb_if_leg_is_the_limb_on_a_leg_else_the_site(where, like):
    assert BODY.around("@limb_if_leg", place(where)) == BODY.around(like, place(where))


@pytest.mark.parametrize("token", KB.screening_meta.place_tokens)
def test_the_mirrored_place_has_the_mirrored_surroundings(token):
    for region in KB.regions:
        for there in KB.places(region):
            around = BODY.around(token, there)
            assert there in around
            assert {p.mirrored() for p in around} == BODY.around(token, there.mirrored())


def test_groups_and_groups_of_groups():
    assert groups(BODY.groups(["abdomen"])) == {"abdomen"}
    assert groups(BODY.groups(["legs"])) == {"thigh_and_knee", "leg_and_foot"}
    assert groups(BODY.groups(["spine"])) == {"neck", "upper_back", "low_back_and_pelvis"}
    assert Place("knee_back", "left") in BODY.groups(["legs"])
    assert Place("knee_back", "right") in BODY.groups(["legs"])


def test_places_are_listed_from_head_to_toes_each_once():
    given = [Place("heel", "left"), Place("vertex"), Place("heel", "left"), Place("palm", "right")]
    assert BODY.sorted(given) == (Place("vertex"), Place("palm", "right"), Place("heel", "left"))
