"""
Complaints as the books tell them, and the muscles that they name for them.

The pictures are those of Travell & Simons' chapters as the facts of the knowledge base hold them. "Among the
first three" counts muscles, the two sides of one muscle as one.
"""

from __future__ import annotations

import pytest

VIGNETTES = [
    pytest.param(
        {"temple:left": 7, "neck_side:left": 5},
        ["turning the head"],
        "upper_trapezius",
        "left",
        1,
        id="tension headache at the temple, stiff neck",
    ),
    pytest.param(
        {"forehead": 6, "ear:right": 3},
        ["turning the head"],
        "sternocleidomastoid_clavicular",
        "right",
        1,
        id="headache across the forehead with an ache in one ear",
    ),
    pytest.param(
        {"shoulder_front:right": 8, "upper_arm_front:right": 6, "forearm_radial:right": 4, "thumb:right": 3},
        ["reaching behind the back"],
        "infraspinatus",
        "right",
        1,
        id="pain deep in the front of the shoulder and down the arm",
    ),
    pytest.param(
        {
            "buttock_lower:left": 7,
            "hip_side:left": 5,
            "thigh_outer:left": 7,
            "knee_outer:left": 4,
            "leg_outer:left": 6,
        },
        ["getting up from a chair"],
        "gluteus_minimus",
        "left",
        1,
        id="pseudo-sciatica down the outer side of the leg",
    ),
    pytest.param(
        {"buttock_lower:right": 6, "thigh_back:right": 7, "calf_upper:right": 6},
        ["walking"],
        "gluteus_minimus",
        "right",
        1,
        id="pseudo-sciatica down the back of the leg",
    ),
    pytest.param(
        {"sacroiliac:left": 7, "iliac_crest:left": 6, "hip_side:left": 5},
        ["rolling over in bed", "coughing"],
        "quadratus_lumborum",
        "left",
        1,
        id="low back pain that stops every turn in bed",
    ),
    pytest.param(
        {"sacroiliac:right": 6, "buttock_upper:right": 7, "hip_side:right": 5},
        ["sitting long", "crossing the legs"],
        "piriformis",
        "right",
        1,
        id="deep ache in the buttock on sitting",
    ),
    pytest.param(
        {"heel:left": 8, "achilles:left": 5},
        ["running"],
        "soleus",
        "left",
        1,
        id="heel pain in a runner",
    ),
    pytest.param(
        {
            "chest:left": 5,
            "scapula_medial:left": 6,
            "upper_arm_outer:left": 6,
            "thumb:left": 4,
            "index_finger:left": 4,
        },
        [],
        "scalenes",
        "left",
        1,
        id="chest, arm and inner edge of the shoulder blade",
    ),
    pytest.param(
        {"neck_base:right": 8, "scapula_medial:right": 4},
        ["turning the head"],
        "levator_scapulae",
        "right",
        1,
        id="stiff neck: pain in its angle",
    ),
    pytest.param(
        {"jaw:left": 6, "lower_teeth:left": 5, "tmj:left": 6, "ear:left": 4},
        ["clenching"],
        "masseter",
        "left",
        1,
        id="jaw, teeth and ear in a clencher",
    ),
    pytest.param(
        {"occiput:right": 6, "side_of_head:right": 6, "eye:right": 5},
        [],
        "suboccipitals",
        "right",
        1,
        id="headache from the base of the skull to the eye",
    ),
    pytest.param(
        {"shoulder_back:left": 7, "wrist_dorsal:left": 5},
        ["reaching back at shoulder height"],
        "subscapularis",
        "left",
        1,
        id="frozen shoulder: back of the shoulder with a band at the wrist",
    ),
    pytest.param(
        {"calf_upper:right": 7, "arch:right": 5, "knee_back:right": 4},
        [],
        "gastrocnemius",
        "right",
        1,
        id="calf cramps with pain in the arch",
    ),
    pytest.param(
        {
            "shoulder_front:left": 7,
            "chest:left": 4,
            "forearm_ulnar:left": 4,
            "ring_finger:left": 3,
            "little_finger:left": 3,
        },
        [],
        "pectoralis_minor",
        "left",
        1,
        id="front of the shoulder, chest and the ulnar side of the arm",
    ),
    pytest.param(
        {"low_back": 6, "coccyx": 4},
        ["bending forward"],
        "lumbar_multifidus",
        "left",
        3,
        id="ache beside the spine and at the tailbone",
    ),
    pytest.param(
        {"shoulder_side:right": 7, "elbow_outer:right": 5},
        ["lifting the arm"],
        "supraspinatus",
        "right",
        1,
        id="side of the shoulder and outer elbow on lifting the arm",
    ),
    pytest.param(
        {"scapula_medial:left": 5, "interscapular:left": 5},
        ["reaching forward"],
        "rhomboids",
        "left",
        1,
        id="ache between the shoulder blades over a desk",
    ),
    pytest.param(
        {"low_back:left": 6, "thigh_front:left": 5},
        ["sit-ups"],
        "iliopsoas",
        "left",
        1,
        id="low back and front of the thigh",
    ),
    pytest.param(
        {"knee_front:right": 6, "knee_inner:right": 5},
        ["stairs"],
        "vastus_medialis",
        "right",
        1,
        id="front and inner side of the knee on stairs",
    ),
]


@pytest.mark.parametrize(("regions", "aggravated_by", "muscle", "side", "among_first"), VIGNETTES)
def test_the_muscle_of_the_books_stands_in_front(regions, aggravated_by, muscle, side, among_first, think):
    told = think(regions, aggravated_by=aggravated_by)
    assert not told.not_understood
    muscles = list(dict.fromkeys(candidate.muscle for candidate in told.candidates))
    assert muscle in muscles[:among_first]
    first_side = next(candidate.side for candidate in told.candidates if candidate.muscle == muscle)
    assert first_side == side


def test_temple_and_neck_point_to_the_first_point_of_the_upper_trapezius(think):
    first = think({"temple:left": 7, "neck_side:left": 5}, aggravated_by=["turning the head"]).candidates[0]
    assert first.trigger_points == ("TrP1",)
    assert set(first.explains) == {"temple:left", "neck_side:left"}
    assert min(first.explains.values()) > 0.5


def test_heel_pain_points_to_the_lower_soleus(think):
    assert think({"heel:left": 8, "achilles:left": 5}).candidates[0].trigger_points[0] == "TrP1"
