"""What is asked, and in which order: short for the healthy, complete for the rules, found by any name."""

from __future__ import annotations

import json

import pytest

from unknot.errors import InputError, UnknownId
from unknot.knowledge import load
from unknot.knowledge.labels import split_id
from unknot.screening import read_answers
from unknot.screening.questionnaire import (
    Item,
    Qualifier,
    Questionnaire,
    find,
    fold,
    questionnaire,
    to_json,
)
from unknot.screening.questionnaire.spans import as_number, told_time
from unknot.screening.questionnaire.uses import ASKED_KINDS

KB = load()
FORM = questionnaire(KB)
MOST_IN_A_GROUP = 12


def item(id_: str, form: Questionnaire = FORM) -> Item:
    found = form.item(id_)
    assert found is not None, id_
    return found


def asked(id_: str, key: str, form: Questionnaire = FORM) -> Qualifier:
    return next(q for q in item(id_, form).qualifiers if q.key == key)


def keys(id_: str) -> list[str]:
    return [q.key for q in item(id_).qualifiers]


def labels(qualifier: Qualifier) -> list[str]:
    return [choice.label for choice in qualifier.choices]


def test_groups_come_in_the_order_of_danger() -> None:
    assert [group.id for group in FORM.groups] == [
        "danger", "pain", "from_50", "conditions", "medicines", "lately", "devices_skin",
        "pregnancy_birth", "comfort", "anything_else",
    ]  # fmt: skip


def test_none_of_these_can_be_told_apart_by_its_id() -> None:
    """It is said of a group or of an item's follow-ups, by the id alone."""
    assert {group.id for group in FORM.groups}.isdisjoint(item.id for item in FORM.items())


def test_a_group_shows_a_dozen_items_at_most_and_ends_in_none_of_these() -> None:
    for group in FORM.groups:
        assert group.none_label
        if not group.searched:
            assert 0 < len(group.items) <= MOST_IN_A_GROUP, group.id
            assert not any(one.rare for one in group.items)


def test_rare_items_stand_behind_the_search_only() -> None:
    searched = [group for group in FORM.groups if group.searched]
    assert [group.id for group in searched] == ["anything_else"]
    assert all(one.rare for one in searched[0].items)
    assert searched[0].items[-1].id == "conditions.other_condition"


@pytest.mark.parametrize(("lang", "most"), [("en", 500), ("es", 570)])
def test_a_healthy_person_has_few_words_to_skim_and_few_taps(lang: str, most: int) -> None:
    """A minute at the speed of skimming a list, some 500 words; Spanish takes more of them for the same."""
    groups = [g for g in questionnaire(KB, lang=lang).groups if g.asked_of.to(30, "male")]
    shown = [group for group in groups if not group.searched]
    texts = [text for group in shown for text in (group.title, group.none_label)]
    texts += [one.label for group in shown for one in group.items]
    assert sum(len(text.split()) for text in texts) <= most
    assert len(groups) <= 8


def test_every_item_stands_in_both_languages_in_the_same_place() -> None:
    spanish = questionnaire(KB, lang="es")
    assert [i.id for i in spanish.items() if not i.rare] == [i.id for i in FORM.items() if not i.rare]
    assert {i.id for i in spanish.items()} == {i.id for i in FORM.items()}
    assert item("conditions.cancer", spanish).label.startswith("Cáncer")


def test_nobody_is_asked_what_only_a_practitioner_can_see() -> None:
    for kind in ASKED_KINDS:
        for id_ in KB.vocabulary.ids(kind):
            if KB.labels.of(kind, id_).who == "practitioner":
                assert not any(one.fact == id_ for one in FORM.items()), id_


def test_what_only_the_day_asks_is_not_asked_at_booking() -> None:
    day = questionnaire(KB, stage="day")
    assert FORM.item("medications.opioid") is None
    assert day.item("medications.opioid") is not None
    assert {"hard_training", "scabies"} <= {one.fact for one in day.items()}
    assert day.item("conditions.osteoporosis") is None


@pytest.mark.parametrize("stage", ["hands_on", "standing", "lunch"])
def test_other_stages_have_no_questions_for_clients(stage: str) -> None:
    with pytest.raises(InputError, match="booking or day"):
        questionnaire(KB, stage=stage)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownId, match="unknown language 'eo'"):
        questionnaire(KB, lang="eo")


# ---- what a tick opens


def test_only_the_questions_that_a_clause_needs_are_asked() -> None:
    assert keys("conditions.asthma") == []
    assert keys("conditions.cancer") == ["status", "place"]
    assert keys("events.surgery") == ["since", "place"]
    assert keys("medications.oral_corticosteroid") == ["since", "for_weeks"]
    assert keys("medications.analgesic") == ["days_per_month"]
    assert keys("symptoms.double_vision") == ["new"]
    assert keys("symptoms.unexplained_weight_loss") == ["percent"]
    assert keys("symptoms.height_loss_cm") == ["value"]
    assert keys("conditions.spinal_cord_injury") == ["level", "place"]


def test_what_the_label_says_is_not_asked() -> None:
    assert "status" not in keys("conditions.gout")
    assert "after" not in keys("symptoms.bone_point_tenderness")
    assert keys("symptoms.bladder_change") == []


def test_only_the_statuses_that_a_rule_names_are_offered_and_one_where_none_fits() -> None:
    assert [c.value for c in asked("conditions.hypertension", "status").choices] == ["uncontrolled", "stable"]
    assert [c.value for c in asked("conditions.kidney_disease", "status").choices] == ["advanced", "stable"]
    cancer = [c.value for c in asked("conditions.cancer", "status").choices]
    assert cancer == ["active", "advanced", "suspected", "stable", "history"]


def test_a_time_is_chosen_between_the_limits_of_the_rules() -> None:
    surgery = asked("events.surgery", "since")
    assert labels(surgery)[:2] == ["Less than 2 weeks ago", "2 weeks to 6 weeks ago"]
    assert labels(surgery)[2:] == ["6 weeks to 12 weeks ago", "12 weeks ago or longer"]
    assert [c.value for c in surgery.choices] == ["0 weeks", "2 weeks", "6 weeks", "12 weeks"]
    spanish = asked("events.surgery", "since", questionnaire(KB, lang="es"))
    assert labels(spanish)[:2] == ["Hace menos de 2 semanas", "Hace entre 2 semanas y 6 semanas"]


def test_a_time_is_given_in_a_unit_as_fine_as_the_finest_limit() -> None:
    """A coarser one would count as its recent end and fall into the span before."""
    assert [c.value for c in asked("events.injury", "since").choices] == ["0 hours", "72 hours", "504 hours"]
    assert [c.value for c in asked("symptoms.fever", "since").choices] == ["0 hours", "24 hours", "96 hours"]


def test_waiting_times_of_adaptations_are_asked_for() -> None:
    assert labels(asked("devices.pacemaker", "since")) == ["Less than 8 weeks ago", "8 weeks ago or longer"]
    assert "since" in keys("conditions.joint_replacement")


def test_a_place_can_be_nowhere() -> None:
    place = asked("conditions.diabetes", "place")
    assert [c.value for c in place.choices] == ["nowhere"]
    assert "inject" in place.question


def test_signs_of_one_family_open_under_it() -> None:
    assert [one.fact for one in item("gate.cauda_equina").follow_ups] == [
        "saddle_numbness", "bladder_change", "bowel_incontinence", "sexual_numbness",
        "bilateral_leg_pain_or_weakness",
    ]  # fmt: skip


def test_what_needs_a_pregnancy_is_asked_with_one_only() -> None:
    opened = {one.fact for one in item("pregnancy").follow_ups}
    assert {"fluid_leak", "placenta_praevia", "visual_disturbance"} <= opened
    for group in FORM.groups:
        assert not opened & {one.fact for one in group.items} - {"visual_disturbance"}
    births = {one.fact for one in item("events.birth").follow_ups}
    assert {"caesarean", "heavy_vaginal_bleeding", "severe_headache", "sudden_swelling_face_hands"} <= births


@pytest.mark.parametrize(
    ("age", "sex", "asked_of"),
    [(30, "female", True), (30, "male", False), (30, None, True), (30, "other", True), (9, "female", False),
     (61, "female", False), (None, None, True)],
)  # fmt: skip
def test_pregnancy_is_asked_only_where_it_can_apply(
    age: float | None,
    sex: str | None,
    asked_of: bool,  # noqa: FBT001
) -> None:
    group = next(group for group in FORM.groups if group.id == "pregnancy_birth")
    assert group.asked_of.to(age, sex) is asked_of


def test_what_concerns_the_age_of_50_is_asked_from_50_on() -> None:
    group = next(group for group in FORM.groups if group.id == "from_50")
    assert [group.asked_of.to(age, None) for age in (49, 50)] == [False, True]
    for one in group.items:
        for rule in one.rules:
            for clause in KB.rules[rule].when:
                if one.fact in (clause.symptom, clause.also_symptom):
                    others = {clause.event} == {"birth"} or clause.pregnancy
                    assert (clause.age_gte or 0) >= 50 or others, (one.id, rule)


def test_a_cancer_opens_what_only_matters_with_it() -> None:
    opened = [one.fact for one in item("conditions.cancer").follow_ups]
    assert opened[:2] == ["bone_metastases", "multiple_myeloma"]
    assert {"band_like_trunk_pain", "new_spine_or_bone_pain"} <= set(opened)


def test_one_illness_is_asked_for_its_status_once() -> None:
    assert "status" in keys("conditions.inflammatory_arthritis")
    assert "status" not in keys("conditions.rheumatoid_arthritis")
    assert "since" in keys("events.birth")
    assert "since" not in keys("events.caesarean")


# ---- the search


@pytest.mark.parametrize("one", FORM.items(), ids=lambda one: one.id)
def test_an_item_is_found_by_each_of_its_names(one: Item) -> None:
    for name in (one.label, *one.names):
        assert one in find(FORM, name), name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eliquis", "medications.anticoagulant"),
        ("blood thin", "medications.anticoagulant"),
        ("várices", "conditions.varicose_veins"),
        ("VARICES", "conditions.varicose_veins"),
        ("botox", "events.botulinum_toxin"),
        ("ICD", "devices.defibrillator"),
        ("crohn", "conditions.inflammatory_bowel_disease"),
        ("ataque al corazon", "events.myocardial_infarction"),
    ],
)
def test_the_search_finds_by_lay_and_brand_names(text: str, found: str) -> None:
    assert find(FORM, text)[0].id == found


@pytest.mark.parametrize("text", ["", "   ", "--", "qwertzuiop", "a" * 5000])
def test_the_search_finds_nothing_for_nothing(text: str) -> None:
    assert find(FORM, text) == ()


def test_accents_and_case_are_folded() -> None:
    assert fold("VÁRICES ñandú") == "varices nandu"


# ---- times and numbers as told


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("9 days", (9, "days")),
        ("0 weeks", (0, "weeks")),
        ("1,5 weeks", (1.5, "weeks")),
        ("0 months", (0, "weeks")),
        ("1 months", (2, "weeks")),
        ("3 months", (10, "weeks")),
        ("1 years", (26, "weeks")),
        ("2 years", (78, "weeks")),
    ],
)
def test_months_and_years_count_toward_recent(text: str, given: tuple[float, str]) -> None:
    assert told_time(text) == given


@pytest.mark.parametrize(
    "text", ["", "weeks", "3", "-1 weeks", "1e3 weeks", "3 fortnights", "nan days", "³ days"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        told_time(text)


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("7.5", 7.5), ("7,5", 7.5), ("-7", None), ("1.2.3", None)]
)
def test_numbers_are_read_plainly(text: str, number: float | None) -> None:
    assert as_number(text) == number


# ---- as JSON


def test_every_allowed_answer_says_what_it_gives_and_the_reader_takes_it() -> None:
    document = json.loads(json.dumps(to_json(FORM, KB)))
    items = [one for group in document["groups"] for one in group["items"]]
    while items:
        one = items.pop()
        items += one["follow_ups"]
        facts = one["gives"].get("facts", {})
        read_answers({"facts": {"age": 40, **facts}}, KB)
        for qualifier in one["qualifiers"]:
            for choice in qualifier["choices"]:
                assert choice["gives"]
                list_ = next(iter(facts))
                read_answers({"facts": {"age": 40, list_: [choice["gives"]]}}, KB)
            assert qualifier["choices"] or qualifier["free"]


def test_json_names_the_values_to_give() -> None:
    document = to_json(FORM, KB)
    cancer = next(i for g in document["groups"] for i in g["items"] if i["id"] == "conditions.cancer")
    assert cancer["gives"] == {"facts": {"conditions": ["cancer"]}}
    status = cancer["qualifiers"][0]["choices"][0]
    assert status["gives"] == {"condition": "cancer", "status": "active"}
    age = document["basics"][0]
    assert age["free"]["gives"] == {"facts": {"age": "<number>"}}


def test_every_fact_of_a_group_is_labelled_in_the_data() -> None:
    for group in KB.labels.group.values():
        for id_ in group.items:
            assert KB.labels.of(*split_id(id_)).en
