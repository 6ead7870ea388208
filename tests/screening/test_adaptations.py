"""What the fired rules ask of the treatment, taken together."""

from __future__ import annotations

import pytest

from unknot.atlas import touching
from unknot.knowledge import Place, load
from unknot.screening import read_answers, screen
from unknot.screening.places import body

KB = load()
BODY = body(KB)
FACE = ("forehead", "eyebrow", "eye", "temple", "cheek", "nose", "jaw", "jaw_angle", "chin", "tmj")


def result(marked=(), clearances=(), **facts):
    document = {"facts": {"age": 40} | facts, "answered": ["booking"], "clearances": list(clearances)}
    return screen(read_answers(document, KB), KB, marked=marked)


def event(id_, **about):
    return {"events": [{"event": id_} | about]}


def site(text):
    return {near for place in KB.places(text) for near in touching(place) | {place}}


# ---- caps


def test_caps_take_the_smallest():
    screening = result(
        medications=["antiplatelet", "anticoagulant"], conditions=["hypermobility", "fibromyalgia"]
    )
    assert screening.pressure_max == 2
    assert screening.pressure_pain_max == 3
    assert screening.max_minutes == 30


def test_a_cap_counts_where_it_applies():
    screening = result(conditions=[{"condition": "lymphoedema", "place": ["palm:left"]}])
    quarter = BODY.around("@quadrant", Place("palm", "left"))
    assert screening.pressure_max is None
    assert [cap for cap in screening.caps if set(cap.regions) == quarter and cap.pressure_max == 1]
    assert screening.pressure_cap_at(Place("palm", "left")) == 1
    assert screening.pressure_cap_at(Place("palm", "right")) == 5
    assert "friction" in screening.techniques_off
    assert "friction" in screening.techniques_off_at(Place("palm", "left"))
    assert "friction" not in screening.techniques_off_at(Place("palm", "right"))
    assert "cupping" in screening.means_off_at(Place("elbow_tip", "left"))


@pytest.mark.parametrize(
    ("condition", "group", "pressure"),
    [("disc_herniation", "spine", 3), ("peripheral_artery_disease", "legs", 2), ("hernia", "abdomen", 2)],
)
def test_a_cap_on_a_group_of_regions(condition, group, pressure):
    (cap,) = result(conditions=[condition]).caps
    assert set(cap.regions) == BODY.groups([group])
    assert cap.pressure_max == pressure


def test_the_cap_on_legs_counts_beside_the_one_on_the_body():
    screening = result(pregnancy=True, pregnancy_week=20)
    assert screening.pressure_max == 3
    (cap,) = screening.caps
    assert set(cap.regions) == BODY.groups(["legs"])
    assert cap.pressure_max == 1
    assert screening.pressure_cap_at(Place("calf_upper", "left")) == 1


def test_the_cap_on_pain_counts_at_its_place():
    screening = result(**event("injury", days_ago=10, place=["calf_upper:left"]))
    assert screening.pain_cap_at(Place("calf_upper", "left")) == 3
    assert screening.pain_cap_at(Place("palm", "left")) == 7


# ---- avoided and light-only places


def test_avoided_places_are_united_on_both_sides():
    screening = result(medications=["anticoagulant"], conditions=["goitre"])
    assert set(screening.avoid_regions) == BODY.regions(["groin", "neck_front"])


def test_an_avoided_site_is_the_place_and_what_touches_it():
    screening = result(devices=[{"device": "port", "place": ["chest_upper:left"]}])
    assert set(screening.avoid_regions) == site("chest_upper:left")
    assert not screening.unplaced


def test_every_fact_of_a_rule_has_its_site():
    two = [
        {"device": "port", "place": ["chest_upper:left"]},
        {"device": "stoma", "place": ["mid_abdomen:right"]},
    ]
    assert set(result(devices=two).avoid_regions) == site("chest_upper:left") | site("mid_abdomen:right")


def test_the_whole_leg_after_surgery_on_a_leg_only():
    leg = result(**event("surgery", weeks_ago=3, place=["knee_front:left"]))
    assert BODY.around("@limb", Place("knee_front", "left")) <= set(leg.avoid_regions)
    arm = result(**event("surgery", weeks_ago=3, place=["elbow_tip:left"]))
    assert set(arm.avoid_regions) == site("elbow_tip:left")


def test_a_device_closes_its_own_side():
    screening = result(devices=[{"device": "pacemaker", "place": ["chest_upper:left"], "weeks_ago": 40}])
    assert {str(p) for p in screening.avoid_regions} == {"chest_upper:left", "chest:left", "armpit:left"}
    assert screening.needs == ()


def test_a_device_whose_side_was_not_told_closes_both():
    screening = result(devices=[{"device": "pacemaker", "weeks_ago": 40}])
    assert set(screening.avoid_regions) == BODY.regions(["chest_upper", "chest", "armpit"])


def test_the_injected_arm_is_left_alone():
    screening = result(**event("vaccination", hours_ago=5, place=["upper_arm_outer:right"]))
    assert {str(p) for p in screening.avoid_regions} == {"shoulder_side:right", "upper_arm_outer:right"}


def test_an_injection_in_the_face_closes_the_face_and_one_elsewhere_its_site():
    face = result(**event("botulinum_toxin", days_ago=3, place=["forehead:left"]))
    assert BODY.regions(FACE) <= set(face.avoid_regions)
    neck = result(**event("botulinum_toxin", days_ago=3, place=["neck_base:left"]))
    assert set(neck.avoid_regions) == site("neck_base:left")


def test_light_only_places_name_the_muscles_whose_grip_opens_them():
    by_region = {str(light.region): light for light in result().light_only}
    assert by_region["armpit:left"].pressure_max == 2
    assert "subscapularis" in by_region["armpit:right"].except_muscles
    # Two house rules name the front of the neck: only muscles that both except may be worked there.
    assert set(by_region["neck_front:left"].except_muscles) == {
        "digastric",
        "platysma",
        "sternocleidomastoid_sternal",
    }


def test_light_only_places_are_united():
    lights = {
        (str(light.region), light.pressure_max) for light in result(conditions=["osteopenia"]).light_only
    }
    assert {("sternum", 3), ("chest_side:left", 3), ("knee_back:right", 2)} <= lights


# ---- places that were never told


def test_a_token_without_a_place_is_asked_for():
    screening = result(conditions=["varicose_veins"])
    assert screening.unplaced
    assert [(n.rule, n.who, n.what) for n in screening.needs] == [
        ("varicose_veins", "client", "where it is: varicose veins")
    ]
    assert screening.avoid_regions == ()
    assert screening.caps == ()


def test_each_fact_without_a_place_is_asked_for():
    two = [
        {"event": "surgery", "weeks_ago": 8, "place": ["chest:left"]},
        {"event": "surgery", "weeks_ago": 9},
    ]
    screening = result(events=two)
    assert screening.unplaced
    assert [need.what for need in screening.needs] == ["where it is: an operation, 9 weeks ago"]


def test_what_the_client_marks_then_places_it():
    screening = result(conditions=["varicose_veins"], marked=[Place("calf_upper", "left")])
    assert not screening.unplaced
    assert set(screening.avoid_regions) == site("calf_upper:left")


def test_a_place_asked_for_that_does_not_exist_is_answered_with_none():
    screening = result(conditions=[{"condition": "diabetes", "place": []}])
    assert not screening.unplaced
    assert screening.avoid_regions == ()


def test_one_placed_fact_of_a_clause_places_the_others():
    pain = [{"symptom": "radicular_pain", "place": ["low_back:left"]}, {"symptom": "limb_numb", "new": False}]
    screening = result(symptoms=pain)
    assert "radiculopathy_numb" in {f.rule for f in screening.fired}
    assert not screening.unplaced
    assert screening.pressure_cap_at(Place("heel", "left")) == 3


def test_a_rule_without_tokens_needs_no_place():
    assert not result(conditions=["osteoporosis"]).unplaced


# ---- weeks


def test_avoid_weeks_count_from_the_event():
    fresh = result(**event("corticosteroid_injection", weeks_ago=1, place=["elbow_outer:left"]))
    assert set(fresh.avoid_regions) == site("elbow_outer:left")
    older = result(**event("corticosteroid_injection", weeks_ago=3, place=["elbow_outer:left"]))
    assert older.avoid_regions == ()
    assert {"friction", "tendon_friction"} <= older.techniques_off_at(Place("elbow_outer", "left"))
    assert not older.techniques_off_at(Place("elbow_outer", "right"))


@pytest.mark.parametrize(("weeks", "shut"), [(11, True), (12, False), (None, True)])
def test_avoid_until_weeks_count_from_the_operation(weeks, shut):
    joint = {"condition": "joint_replacement", "place": ["knee_front:left"]}
    screening = result(conditions=[joint if weeks is None else joint | {"weeks_ago": weeks}])
    assert bool(screening.avoid_regions) is shut
    assert "end_range_stretch" in screening.techniques_off_at(Place("knee_back", "left"))


@pytest.mark.parametrize(
    ("about", "needed"), [({"weeks_ago": 5}, True), ({"weeks_ago": 8}, False), ({}, True)]
)
def test_wait_weeks_need_a_note_while_they_run(about, needed):
    pacemaker = {"device": "pacemaker", "place": ["chest_upper:left"]} | about
    screening = result(devices=[pacemaker])
    assert screening.decision == "local"
    assert [need.who for need in screening.needs] == (["cardiologist"] if needed else [])
    note = {"rule": "pacemaker", "by": "cardiologist", "days_ago": 3}
    assert result(devices=[pacemaker], clearances=[note]).needs == ()


# ---- positions, switches, notes


def test_positions_are_intersected_and_those_off_removed():
    assert result(conditions=["osteoporosis"]).positions == ("supine", "side_lying", "seated")
    both = result(conditions=["osteoporosis"], pregnancy=True, pregnancy_week=20)
    assert both.positions == ("side_lying", "seated")
    filler = result(**event("dermal_filler", weeks_ago=1))
    assert filler.positions == ("supine", "side_lying", "semi_reclined", "seated")


def test_an_empty_intersection_needs_clearance_and_says_so():
    cleared = [{"rule": "heart_failure", "by": "physician", "days_ago": 3}]
    screening = result(conditions=["heart_failure", "pots"], clearances=cleared)
    assert screening.positions == ()
    assert screening.decision == "clearance"
    (need,) = screening.needs
    assert need.who == "physician"
    assert "position" in need.what
    assert "none is left" in need.what


def test_techniques_and_means_are_united():
    screening = result(medications=["antiplatelet"], conditions=["osteopenia"])
    assert set(screening.techniques_off) == {"tools", "end_range_stretch"}
    assert {"percussion", "tools"} <= set(screening.means_off)
    assert screening.techniques_off_at(Place("palm", "left")) == {"tools", "end_range_stretch"}


def test_texts_become_notes_as_they_stand():
    screening = result(medications=["antihypertensive"], devices=["pacemaker"])
    notes = {(note.rule, note.key): note.text for note in screening.notes}
    assert notes["bp_controlled", "rise"] == "sit 2 minutes before standing"
    assert notes["pacemaker", "position_note"] == "not lying on the device"
    assert not {"side", "applies_to"} & {note.key for note in screening.notes}


def test_the_longest_wait_after_a_meal_counts():
    assert result(conditions=["hernia"]).gap_after_meal_minutes == 60


# ---- needs


def test_what_stops_treatment_is_needed_from_whom_the_rule_names():
    (need,) = result(conditions=[{"condition": "cancer", "status": "active", "place": ["chest:left"]}]).needs
    assert (need.rule, need.who, need.newer_than_days) == ("cancer_active", "oncology team", 60)
    assert need.what == KB.rules["cancer_active"].clears_with.what


def test_what_only_adapts_needs_nothing():
    assert result(medications=["antiplatelet"]).needs == ()


def test_what_is_off_around_a_thing_is_off_everywhere_until_it_is_told_where_it_is():
    unplaced = result(**event("fracture", days_ago=3))
    assert "end_range_stretch" in unplaced.techniques_off
    assert "end_range_stretch" in unplaced.techniques_off_at(Place("palm", "left"))
    nowhere = result(**event("fracture", days_ago=3, place=[]))
    assert "end_range_stretch" not in nowhere.techniques_off
