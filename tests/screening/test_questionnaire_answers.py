"""From what a form gave to the answers document: nothing unanswered counts as no, nothing told is lost."""

from __future__ import annotations

from typing import Any

import pytest

from unknot.errors import InputError, UnknownId
from unknot.knowledge import load
from unknot.screening import read_answers, screen
from unknot.screening.questionnaire import (
    Selection,
    answers_from,
    contradictions,
    missing,
    questionnaire,
)
from unknot.screening.result import Screening

KB = load()
FORM = questionnaire(KB)
GROUPS = frozenset(group.id for group in FORM.groups)


def selected(age: float | None = 30, sex: str | None = "male", **changes: Any) -> Selection:
    """Somebody who ticks "none of these" everywhere but in the groups named in ``but``."""
    but = changes.pop("but", ())
    return Selection(
        age=age, sex=sex, none_of=frozenset(GROUPS - set(but)) | changes.pop("none_of", set()), **changes
    )


def document(selection: Selection) -> dict[str, Any]:
    return answers_from(selection, KB)


def screened(selection: Selection) -> Screening:
    return screen(read_answers(document(selection), KB), KB)


def fired(selection: Selection) -> set[str]:
    return {rule.rule for rule in screened(selection).fired if not rule.standing}


# ---- the healthy


@pytest.mark.parametrize("sex", ["male", "female", "other", None])
@pytest.mark.parametrize("age", [18, 30, 49, 50, 75])
def test_who_ticks_none_of_these_everywhere_may_proceed_with_nothing_open(age: int, sex: str | None) -> None:
    told = document(selected(age=age, sex=sex))
    assert told["answered"] == ["booking"]
    result = screen(read_answers(told, KB), KB)
    assert (result.decision, result.held, result.unanswered) == ("proceed", False, ())
    assert {rule.rule for rule in result.fired} == {r.id for r in KB.rules.values() if r.stage == "standing"}


def test_a_group_that_is_not_asked_of_a_person_needs_no_answer() -> None:
    young_man = Selection(age=30, sex="male", none_of=GROUPS - {"pregnancy_birth", "from_50"})
    assert document(young_man)["answered"] == ["booking"]
    assert document(young_man)["facts"] == {"age": 30, "sex": "male", "pregnancy": False}


def test_of_an_older_woman_more_is_asked() -> None:
    assert missing(Selection(age=55, sex="female"), KB).groups == tuple(g.id for g in FORM.groups)
    assert "pregnancy_birth" not in missing(Selection(age=70, sex="female"), KB).groups


# ---- what is unanswered stays open


def test_a_group_left_out_leaves_its_rules_open() -> None:
    told = document(selected(but=("medicines",)))
    assert "booking" not in told["answered"]
    assert {"osteoporosis", "cauda_equina", "minor"} <= set(told["answered"])
    assert not {"anticoagulant", "haemophilia_bleed", "antiplatelet"} & set(told["answered"])
    result = screened(selected(but=("medicines",)))
    assert "anticoagulant" in result.unanswered
    assert "osteoporosis" not in result.unanswered


def test_nothing_answered_says_nothing() -> None:
    told = document(Selection(age=30))
    assert told["facts"] == {"age": 30}
    assert set(told["answered"]) == {"minor", "pmr"}  # the age is told, and below 50 the second is not asked
    assert screened(Selection(age=30)).held


def test_a_tick_answers_its_group_and_asks_for_more() -> None:
    one = selected(but=("conditions",), ticked={"conditions.cancer": {}})
    assert missing(one, KB).groups == ()
    assert missing(one, KB).follow_ups == ("conditions.cancer",)
    assert missing(one, KB).qualifiers == (("conditions.cancer", "status"), ("conditions.cancer", "place"))
    assert "booking" not in document(one)["answered"]
    assert "cancer_bone" not in document(one)["answered"]


def test_follow_ups_answered_none_of_these_answer_their_rules() -> None:
    told = selected(
        but=("conditions",),
        ticked={"conditions.cancer": {"status": "history", "place": "nowhere"}},
        none_of={"conditions.cancer"},
    )
    assert document(told)["answered"] == ["booking"]
    assert missing(told, KB).qualifiers == ()
    assert fired(told) == set()


def test_a_family_of_signs_says_nothing_by_itself_and_asks_which() -> None:
    told = selected(but=("danger",), ticked={"gate.stroke": {}})
    assert document(told)["facts"] == {"age": 30, "sex": "male", "pregnancy": False}
    assert missing(told, KB).follow_ups == ("gate.stroke",)
    assert "stroke_signs_now" not in document(told)["answered"]
    named = selected(but=("danger",), ticked={"gate.stroke": {}, "symptoms.face_droop": {}})
    assert screened(named).decision == "emergency"
    assert document(named)["answered"] == ["booking"]


def test_a_sign_told_under_a_family_that_was_not_ticked_still_counts() -> None:
    told = selected(but=("danger",), ticked={"symptoms.face_droop": {}})
    assert fired(told) == {"stroke_signs_now"}


def test_what_one_group_told_does_not_answer_another() -> None:
    """Blurred sight is asked from 50 on and in pregnancy: ticked at 55 it says nothing of a pregnancy."""
    told = selected(
        age=55,
        sex="female",
        but=("from_50", "pregnancy_birth"),
        ticked={"symptoms.visual_disturbance": {"new": "no"}},
    )
    assert missing(told, KB).groups == ("pregnancy_birth",)
    assert "pregnancy" not in document(told)["facts"]


# ---- qualifiers


def test_qualifiers_are_given_as_the_document_writes_them() -> None:
    told = selected(
        but=("lately", "medicines", "danger", "anything_else", "pain"),
        ticked={
            "events.surgery": {"since": "2 weeks", "place": ("hip_side:left",)},
            "medications.oral_corticosteroid": {"for_weeks": "3", "since": "3 months"},
            "symptoms.unexplained_weight_loss": {"percent": 6.5},
            "symptoms.limb_weak": {"new": "no", "place": ()},
            "conditions.spinal_cord_injury": {"level": "T6", "place": "thigh_back"},
            "symptoms.bone_point_tenderness": {},
        },
    )
    facts = document(told)["facts"]
    assert facts["events"] == [{"event": "surgery", "weeks_ago": 2, "place": ["hip_side:left"]}]
    assert facts["medications"] == [{"medication": "oral_corticosteroid", "weeks_ago": 10, "for_weeks": 3}]
    assert facts["symptoms"] == [
        {"symptom": "bone_point_tenderness", "after": "trauma"},
        {"symptom": "unexplained_weight_loss", "percent": 6.5},
        {"symptom": "limb_weak", "new": False},
    ]
    assert facts["conditions"] == [
        {"condition": "spinal_cord_injury", "level": "T6", "place": ["thigh_back:left", "thigh_back:right"]}
    ]


def test_nowhere_is_an_answer() -> None:
    told = selected(but=("conditions",), ticked={"conditions.diabetes": {"place": "nowhere"}})
    assert document(told)["facts"]["conditions"] == [{"condition": "diabetes", "place": []}]
    assert not screened(told).unplaced


def test_a_missing_qualifier_counts_as_met() -> None:
    told = selected(but=("lately",), ticked={"events.surgery": {}})
    assert {"surgery_lt2w", "surgery_2_6w", "surgery_6_12w"} <= fired(told)


@pytest.mark.parametrize(
    ("span", "rule"),
    [
        ("0 weeks", "surgery_lt2w"),
        ("2 weeks", "surgery_2_6w"),
        ("6 weeks", "surgery_6_12w"),
        ("12 weeks", None),
    ],
)
def test_a_span_fires_just_the_rule_whose_span_it_is(span: str, rule: str | None) -> None:
    told = selected(but=("lately",), ticked={"events.surgery": {"since": span, "place": "nowhere"}})
    assert fired(told) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("span", "rules"),
    [("0 hours", {"acute_injury_72h"}), ("72 hours", {"acute_injury_subacute"}), ("504 hours", set())],
)
def test_the_spans_of_an_injury_fit_rules_in_different_units(span: str, rules: set[str]) -> None:
    told = selected(but=("lately",), ticked={"events.injury": {"since": span, "place": "nowhere"}})
    assert fired(told) == rules


def test_new_neck_pain_is_told_by_its_question() -> None:
    entries = {
        given: document(selected(but=("pain",), ticked={"symptoms.neck_pain": told}))["facts"]["symptoms"]
        for given, told in (("yes", {"new": "yes"}), ("no", {"new": "no"}), ("missing", {}))
    }
    assert entries["yes"] == [{"symptom": "new_neck_pain", "new": True}]
    assert entries["no"] == [{"symptom": "neck_pain", "new": False}]
    assert entries["missing"] == ["new_neck_pain"]


def test_a_caesarean_takes_over_the_time_of_the_birth() -> None:
    told = selected(
        sex="female",
        but=("pregnancy_birth",),
        ticked={"events.birth": {"since": "6 weeks"}, "events.caesarean": {}},
    )
    assert document(told)["facts"]["events"] == [
        {"event": "birth", "weeks_ago": 6},
        {"event": "caesarean", "weeks_ago": 6, "place": ["lower_abdomen"]},
    ]
    assert fired(told) == {"postpartum", "surgery_6_12w"}


def test_a_rheumatoid_arthritis_takes_over_the_status() -> None:
    told = selected(
        but=("conditions",),
        ticked={
            "conditions.inflammatory_arthritis": {"status": "stable", "place": "nowhere"},
            "conditions.rheumatoid_arthritis": {"place": "nowhere"},
        },
    )
    assert document(told)["facts"]["conditions"][1]["status"] == "stable"
    assert fired(told) == set()


@pytest.mark.parametrize(
    ("item", "given"),
    [
        ("conditions.cancer", {"status": "flare"}),
        ("conditions.cancer", {"status": ("active",)}),
        ("conditions.cancer", {"place": ("moon",)}),
        ("conditions.cancer", {"place": ("nowhere", "sacrum")}),
        ("conditions.cancer", {"place": ("sacrum:left",)}),
        ("conditions.spinal_cord_injury", {"level": "T13"}),
        ("events.surgery", {"since": "soon"}),
        ("events.surgery", {"since": True}),
        ("symptoms.double_vision", {"new": "maybe"}),
        ("symptoms.unexplained_weight_loss", {"percent": "101"}),
        ("symptoms.unexplained_weight_loss", {"percent": "a lot"}),
        ("symptoms.unexplained_weight_loss", {"percent": True}),
        ("pregnancy", {"pregnancy_week": "99"}),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_no_answer_is_refused_by_name(item: str, given: dict[str, Any], lang: str) -> None:
    form = questionnaire(KB, lang=lang)
    label = next(one.label for one in form.items() if one.id == item)
    with pytest.raises(InputError) as error:
        answers_from(Selection(age=30, ticked={item: given}), KB, lang=lang)
    assert label in str(error.value)
    assert "\n" not in str(error.value)


def test_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(InputError, match=r"conditions\.asthma has no question 'status'"):
        answers_from(Selection(age=30, ticked={"conditions.asthma": {"status": "active"}}), KB)


# ---- age and pregnancy


def test_without_an_age_there_are_no_answers() -> None:
    assert missing(Selection(), KB).age
    with pytest.raises(InputError, match="how old you are"):
        answers_from(Selection(none_of=GROUPS), KB)
    with pytest.raises(InputError, match="cuántos años"):
        answers_from(Selection(none_of=GROUPS), KB, lang="es")


@pytest.mark.parametrize("age", [-1, 131])
def test_an_impossible_age_is_refused(age: int) -> None:
    with pytest.raises(InputError, match="age"):
        answers_from(Selection(age=age), KB)


def test_a_pregnancy_is_told_with_its_week() -> None:
    told = selected(
        sex="female",
        but=("pregnancy_birth",),
        ticked={"pregnancy": {"pregnancy_week": "20"}},
    )
    facts = document(told)["facts"]
    assert (facts["pregnancy"], facts["pregnancy_week"]) == (True, 20)
    assert "pregnancy_t2" in fired(told)
    assert missing(told, KB).follow_ups == ("pregnancy",)


def test_a_pregnancy_without_complaints_leaves_nothing_open() -> None:
    told = selected(
        sex="female",
        but=("pregnancy_birth",),
        ticked={"pregnancy": {"pregnancy_week": "20"}},
        none_of={"pregnancy"},
    )
    assert document(told)["answered"] == ["booking"]
    assert fired(told) == {"pregnancy_t2"}


def test_blood_pressure_may_be_told_and_need_not() -> None:
    told = selected(
        but=("conditions",),
        ticked={"conditions.hypertension": {"status": "stable", "bp_systolic": "165", "bp_diastolic": "90"}},
    )
    assert document(told)["facts"]["bp_systolic"] == 165
    assert fired(told) == {"bp_uncontrolled"}
    without = selected(but=("conditions",), ticked={"conditions.hypertension": {"status": "stable"}})
    assert missing(without, KB).qualifiers == ()
    assert fired(without) == set()


# ---- I don't know


def test_not_knowing_leaves_open_what_would_fire_were_it_true() -> None:
    told = selected(unknown=frozenset({"medications.anticoagulant"}))
    assert document(told)["unknown"] == ["anticoagulant"]
    assert document(told)["answered"] == ["booking"]
    result = screened(told)
    assert (result.held, result.ask, result.unanswered) == (False, ("anticoagulant",), ("anticoagulant",))


def test_not_knowing_is_held_against_all_other_facts() -> None:
    told = selected(
        but=("anything_else",),
        ticked={"conditions.liver_disease": {}},
        unknown=frozenset({"medications.anticoagulant"}),
    )
    assert document(told)["unknown"] == ["anticoagulant", "dual_bleeding_risk"]
    assert screened(told).held


def test_what_fires_anyway_is_not_open() -> None:
    told = selected(
        but=("danger",),
        ticked={"gate.stroke": {}, "symptoms.face_droop": {}},
        unknown=frozenset({"symptoms.sudden_speech_trouble"}),
    )
    assert "unknown" not in document(told)


def test_not_knowing_a_family_is_not_knowing_any_of_its_signs() -> None:
    told = selected(unknown=frozenset({"gate.cauda_equina"}))
    assert document(told)["unknown"] == ["cauda_equina"]
    assert screened(told).held


def test_not_knowing_of_a_pregnancy() -> None:
    told = selected(sex="female", unknown=frozenset({"pregnancy"}))
    assert "pregnancy" not in document(told)["facts"]
    assert document(told)["unknown"] == ["pregnancy_t1", "pregnancy_t2", "pregnancy_t3"]
    assert screened(told).decision == "proceed"
    assert set(screened(told).ask) == {"pregnancy_t1", "pregnancy_t2", "pregnancy_t3"}


# ---- contradictions


def test_none_of_these_and_a_tick_contradict_each_other() -> None:
    told = selected(ticked={"conditions.asthma": {}})
    assert list(contradictions(told, KB)) == ["conditions"]
    with pytest.raises(InputError, match="“Health conditions”: “None of these” and “Asthma” are both ticked"):
        document(told)
    with pytest.raises(InputError, match="«Problemas de salud»: «Nada de esto» y «Asma» están marcados"):
        answers_from(told, KB, lang="es")


def test_each_group_that_contradicts_itself_is_named() -> None:
    told = selected(ticked={"conditions.asthma": {}, "medications.statin": {}, "symptoms.face_droop": {}})
    assert set(contradictions(told, KB)) == {"conditions", "medicines", "danger"}


def test_follow_ups_contradict_themselves_likewise() -> None:
    told = selected(
        but=("danger",), ticked={"gate.stroke": {}, "symptoms.face_droop": {}}, none_of={"gate.stroke"}
    )
    assert list(contradictions(told, KB)) == ["gate.stroke"]


def test_what_stands_in_two_places_may_be_denied_in_one() -> None:
    ticked = {"conditions.bleeding_disorder": {}, "symptoms.new_groin_pain_hip_flexed": {}}
    told = selected(but=("anything_else",), ticked=ticked)
    assert contradictions(told, KB) == {}
    assert "haemophilia_bleed" in fired(told)


def test_known_and_unknown_contradict_each_other() -> None:
    told = selected(
        but=("conditions",), ticked={"conditions.asthma": {}}, unknown=frozenset({"conditions.asthma"})
    )
    with pytest.raises(InputError, match="“Asthma” is ticked and also marked “I don't know”"):
        document(told)


@pytest.mark.parametrize(
    "wrong",
    [
        Selection(age=30, ticked={"conditions.astma": {}}),
        Selection(age=30, unknown=frozenset({"conditions.astma"})),
        Selection(age=30, none_of=frozenset({"condition"})),
        Selection(age=30, ticked={"symptoms.nystagmus": {}}),
    ],
)
def test_ids_that_the_form_lacks_are_refused(wrong: Selection) -> None:
    with pytest.raises(UnknownId):
        answers_from(wrong, KB)


def test_the_questions_of_the_day_answer_the_day() -> None:
    groups = frozenset(group.id for group in questionnaire(KB, stage="day").groups)
    told = answers_from(Selection(age=30, none_of=groups), KB, stage="day")
    assert told["answered"] == ["day"]
