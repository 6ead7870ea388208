"""The answers document: what is understood, and how everything else is refused."""

from __future__ import annotations

import json

import pytest

from unknot.errors import InputError, UnknownId
from unknot.knowledge import Place, load
from unknot.screening import Clearance, Fact, answers_from_json, read_answers

KB = load()


def facts(**given):
    return read_answers({"facts": {"age": 40} | given}, KB).facts


def test_everything_a_document_may_say():
    answers = read_answers(
        {
            "facts": {
                "age": 58,
                "sex": "female",
                "pregnancy": False,
                "bp_systolic": 132,
                "bp_diastolic": 82,
                "temperature_c": 36.6,
                "intake_age_days": 12,
                "consent": "expired",
                "intake": "changed",
                "conditions": [{"condition": "cancer", "status": "active"}],
                "symptoms": ["neck_pain", {"symptom": "dizziness", "new": True}],
                "medications": [{"medication": "nsaid", "hours_ago": 4}],
                "events": [{"event": "surgery", "days_ago": 63, "place": ["hip_side:left"]}],
                "devices": [{"device": "port", "place": ["chest_upper:left"]}],
                "allergies": ["latex"],
                "preferences": ["avoid_touch"],
                "practitioner": ["hand_wound"],
                "techniques": ["intraoral"],
                "scores": {"wells_dvt": 1},
                "regions": ["chest"],
            },
            "answered": ["booking", "dvt_signs"],
            "unknown": ["dvt_wells_sum"],
            "clearances": [
                {"rule": "cancer_active", "by": "oncology team", "days_ago": 10, "pressure_max": 3}
            ],
        },
        KB,
    )
    assert Fact("condition", "cancer", status="active") in answers.facts.told
    assert Fact("symptom", "dizziness", new=True) in answers.facts.told
    assert Fact("medication", "nsaid", hours_ago=4) in answers.facts.told
    assert Fact("event", "surgery", days_ago=63, place=(Place("hip_side", "left"),)) in answers.facts.told
    assert Fact("practitioner", "hand_wound") in answers.facts.told
    assert answers.facts.regions == (Place("chest", "left"), Place("chest", "right"))
    assert answers.facts.scores == {"wells_dvt": 1}
    assert answers.answered == {"booking", "dvt_signs"}
    assert answers.unknown == {"dvt_wells_sum"}
    assert answers.clearances == (Clearance("cancer_active", "oncology team", 10, 3),)


def test_all_but_facts_and_age_may_be_left_out():
    answers = read_answers({"facts": {"age": 40}}, KB)
    assert answers.facts.told == ()
    assert answers.clearances == ()
    assert answers.facts.pregnancy is None


def test_an_id_alone_is_a_fact_without_qualifiers():
    assert facts(symptoms=["fever"]).told == facts(symptoms=[{"symptom": "fever"}]).told


def test_a_place_without_its_side_means_both_sides():
    (told,) = facts(devices=[{"device": "port", "place": "arch"}]).told
    assert told.place == (Place("arch", "left"), Place("arch", "right"))


def test_a_week_of_pregnancy_says_that_there_is_one():
    assert facts(pregnancy_week=20).pregnancy is True


BAD = {
    "not an object": ([], "the answers must be an object, not a list"),
    "nothing": (None, "the answers must be an object, not null"),
    "no facts": ({}, 'the answers need "facts"'),
    "an unknown part": (
        {"facts": {"age": 4}, "clearence": []},
        "unknown key in the answers 'clearence'; did you mean",
    ),
    "facts as a list": ({"facts": []}, "facts must be an object, not a list"),
    "no age": ({"facts": {}}, "facts need an age"),
}
BAD_FACTS = {
    "age as text": ({"age": "40"}, "facts.age must be a number, not text"),
    "age as truth": ({"age": True}, "facts.age must be a number, not true or false"),
    "age left null": ({"age": None}, "facts.age must be a number, not null"),
    "age below zero": ({"age": -1}, "facts.age must lie between 0 and 130, not -1"),
    "age not a number": ({"age": float("nan")}, "facts.age must lie between 0 and 130, not nan"),
    "an unknown value": (
        {"bp_sistolic": 120},
        "unknown key in facts 'bp_sistolic'; did you mean bp_systolic",
    ),
    "a pressure out of reach": ({"bp_systolic": 1200}, "facts.bp_systolic must lie between 30 and 350"),
    "a Fahrenheit": ({"temperature_c": 98.6}, "facts.temperature_c must lie between 20 and 46"),
    "an unknown sex": ({"sex": "f"}, "unknown answer for sex 'f'"),
    "an unknown consent": ({"consent": "given"}, "unknown answer for consent 'given'"),
    "pregnancy as text": ({"pregnancy": "no"}, "facts.pregnancy must be true or false, not text"),
    "a week without pregnancy": (
        {"pregnancy": False, "pregnancy_week": 9},
        "facts.pregnancy_week is given although",
    ),
    "a week too many": (
        {"pregnancy": True, "pregnancy_week": 60},
        "facts.pregnancy_week must lie between 0 and 45",
    ),
    "a list as text": ({"symptoms": "fever"}, "facts.symptoms must be a list, not text"),
    "an unknown id": (
        {"symptoms": ["feever"]},
        "unknown symptom in facts.symptoms[0] 'feever'; did you mean fever",
    ),
    "an id of another list": ({"conditions": ["fever"]}, "unknown condition in facts.conditions[0] 'fever'"),
    "an entry as number": ({"symptoms": [3]}, "facts.symptoms[0] must be the id of a symptom, or an object"),
    "an entry without id": ({"symptoms": [{"new": True}]}, 'facts.symptoms[0] needs the key "symptom"'),
    "an entry of another kind": (
        {"symptoms": [{"condition": "cancer"}]},
        "unknown key in facts.symptoms[0] 'condition'",
    ),
    "an unknown qualifier": ({"symptoms": [{"symptom": "fever", "day_ago": 1}]}, "did you mean days_ago"),
    "an unknown status": (
        {"conditions": [{"condition": "cancer", "status": "activ"}]},
        "did you mean active",
    ),
    "new as text": (
        {"symptoms": [{"symptom": "fever", "new": "yes"}]},
        "facts.symptoms[0].new must be true or false",
    ),
    "a time in the future": (
        {"events": [{"event": "surgery", "days_ago": -2}]},
        "facts.events[0].days_ago must lie",
    ),
    "two times": ({"events": [{"event": "surgery", "days_ago": 7, "weeks_ago": 1}]}, "tells its time twice"),
    "an unknown region": ({"events": [{"event": "surgery", "place": ["hipp"]}]}, "unknown region 'hipp'"),
    "a side of the midline": ({"regions": ["sacrum:left"]}, "sacrum lies on the midline"),
    "an unknown side": ({"regions": ["temple:up"]}, "unknown side 'up' of temple"),
    "a place as number": ({"regions": [7]}, "facts.regions[0] must be text, not a number"),
    "an unknown level": ({"conditions": [{"condition": "stroke", "level": "T13"}]}, "unknown level"),
    "an unknown score": ({"scores": {"wells": 1}}, "unknown key in facts.scores 'wells'"),
    "a score as list": ({"scores": [1]}, "facts.scores must be an object, not a list"),
    "an id without end": ({"symptoms": ["a" * 100_000]}, "and 99970 more characters"),
    "an id over two lines": ({"symptoms": ["fever\nchills"]}, r"'fever\nchills'"),
}
BAD_PARTS = {
    "an unknown stage": (
        {"answered": ["bookings"]},
        "unknown stage or rule in answered 'bookings'; did you mean booking",
    ),
    "answered as text": ({"answered": "booking"}, "answered must be a list, not text"),
    "a stage as number": ({"answered": [1]}, "answered[0] must be text, not a number"),
    "an unknown rule": (
        {"unknown": ["dvt_sign"]},
        "unknown rule in unknown 'dvt_sign'; did you mean dvt_signs",
    ),
    "a stage as unknown": ({"unknown": ["booking"]}, "unknown rule in unknown 'booking'"),
    "a clearance as text": ({"clearances": ["minor"]}, "clearances[0] must be an object, not text"),
    "a clearance of nothing": ({"clearances": [{"by": "client"}]}, 'clearances[0] needs "rule"'),
    "a clearance by nobody": ({"clearances": [{"rule": "minor"}]}, 'clearances[0] needs "by"'),
    "a clearance of a rule that isn't": (
        {"clearances": [{"rule": "cancer_activ", "by": "physician"}]},
        "unknown rule in clearances[0] 'cancer_activ'; did you mean cancer_active",
    ),
    "a note without its age": (
        {"clearances": [{"rule": "cancer_active", "by": "oncology team"}]},
        'needs "days_ago"',
    ),
    "a note from the future": (
        {"clearances": [{"rule": "cancer_active", "by": "oncology team", "days_ago": -1}]},
        "clearances[0].days_ago must lie between",
    ),
    "a pressure beyond the scale": (
        {"clearances": [{"rule": "minor", "by": "guardian", "pressure_max": 6}]},
        "clearances[0].pressure_max must lie between 1 and 5, not 6",
    ),
    "a pressure between two steps": (
        {"clearances": [{"rule": "minor", "by": "guardian", "pressure_max": 2.5}]},
        "must be one of the steps 1 to 5, not 2.5",
    ),
    "an unknown key": (
        {"clearances": [{"rule": "minor", "by": "guardian", "when": 3}]},
        "unknown key in clearances[0]",
    ),
}
CASES = (
    BAD
    | {name: ({"facts": {"age": 40} | given}, says) for name, (given, says) in BAD_FACTS.items()}
    | {name: ({"facts": {"age": 40}} | given, says) for name, (given, says) in BAD_PARTS.items()}
)


@pytest.mark.parametrize(("document", "says"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_refused_in_one_line_that_says_what_to_do(document, says):
    with pytest.raises(InputError) as refused:
        read_answers(document, KB)
    assert says in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_an_unknown_id_offers_the_nearest():
    with pytest.raises(UnknownId, match="did you mean osteoporosis"):
        facts(conditions=["osteoporose"])


@pytest.mark.parametrize(
    "text",
    ["", "{", b"\xff\xfe", "[" * 100_000, '{"facts": {"age": NaN}}', "\ud800"],
    ids=["empty", "cut off", "not UTF-8", "too deep", "not a number", "half a character"],
)
def test_what_is_not_json_is_refused(text):
    with pytest.raises(InputError, match="not JSON"):
        answers_from_json(text, KB)


def test_json_text_reads_like_its_document():
    document = {"facts": {"age": 40, "symptoms": [{"symptom": "fever", "days_ago": 1}]}, "answered": ["day"]}
    assert answers_from_json(json.dumps(document), KB) == read_answers(document, KB)
