"""The check at the start of a session: short for the healthy, and it settles what the booking left open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unknot.errors import InputError, UnknownId
from unknot.knowledge import load
from unknot.screening import Answers, Screening, merged, on_the_day, read_answers, screen
from unknot.screening.questionnaire import (
    Questionnaire,
    Selection,
    answers_today,
    check,
    contradictions,
    left_open,
    missing,
    questionnaire,
    to_json,
)

KB = load()
MOST_IN_A_GROUP = 12
EMERGENCY_NOTE = {"rule": "cauda_equina", "by": "physician", "days_ago": 5}


def booked(
    *, unknown: tuple[str, ...] = (), answered: tuple[str, ...] = ("booking",), **facts: Any
) -> Answers:
    document = {"facts": {"age": 40, **facts}, "answered": list(answered), "unknown": list(unknown)}
    return on_the_day(read_answers(document, KB), 7)


HEALTHY = booked()
FORM = check(HEALTHY, KB)


def none_of(form: Questionnaire, *but: str) -> frozenset[str]:
    return frozenset(group.id for group in form.groups) - set(but)


def document(before: Answers, **given: Any) -> dict[str, Any]:
    """The check with "none of these" everywhere but in the groups ``but``."""
    form = check(before, KB)
    none = none_of(form, *given.pop("but", ())) | given.pop("none_of", set())
    return answers_today(Selection(none_of=none, **given), form, before, KB)


def screened(before: Answers, **given: Any) -> Screening:
    return screen(merged(before, read_answers(document(before, **given), KB), KB), KB)


# ---- what is asked


@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_is_a_few_groups_of_a_dozen_items_each_ending_in_none_of_these(lang: str) -> None:
    form = check(HEALTHY, KB, lang=lang)
    assert [(group.id, group.who) for group in form.groups] == [
        ("new_signs", "client"), ("today", "client"), ("last_days", "client"),
        ("seen", "practitioner"), ("agreed", "practitioner"),
    ]  # fmt: skip
    assert form.basics == ()
    for group in form.groups:
        assert group.none_label
        assert 0 < len(group.items) <= MOST_IN_A_GROUP


def test_every_item_has_its_words_in_both_languages() -> None:
    spanish = {item.id: item for item in check(HEALTHY, KB, lang="es").items()}
    for item in FORM.items():
        assert item.label
        assert spanish[item.id].label
        assert bool(item.help) == bool(spanish[item.id].help)
        for ours, theirs in zip(item.qualifiers, spanish[item.id].qualifiers, strict=True):
            assert ours.question
            assert theirs.question
            assert [c.value for c in ours.choices] == [c.value for c in theirs.choices]


def test_each_stage_can_be_asked_alone() -> None:
    assert [g.id for g in check(HEALTHY, KB, stages=("day",)).groups] == ["new_signs", "today", "last_days"]
    assert [g.id for g in check(HEALTHY, KB, stages=("hands_on",)).groups] == ["seen", "agreed"]
    assert check(HEALTHY, KB, stages=("hands_on", "day")) == FORM


def test_the_form_of_the_day_is_the_clients_half() -> None:
    assert questionnaire(KB, stage="day").groups == check(HEALTHY, KB, stages=("day",)).groups


@pytest.mark.parametrize("stages", [(), ("booking",), ("day", "lunch")])
def test_other_stages_are_refused(stages: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="day and hands_on"):
        check(HEALTHY, KB, stages=stages)


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownId):
        check(HEALTHY, KB, lang="eo")


def test_it_can_be_written_as_json() -> None:
    written = json.loads(json.dumps(to_json(FORM, KB)))
    assert written["stage"] == "day+hands_on"
    agreed = written["groups"][-1]
    assert agreed["who"] == "practitioner"
    assert agreed["items"][0]["gives"] == {"facts": {"consent": "absent"}}


# ---- the healthy


@pytest.mark.parametrize("age", [18, 40, 55, 80])
def test_one_tick_a_group_lets_a_healthy_person_go_on(age: int) -> None:
    before = booked(age=age)
    told = document(before)
    assert told == {"facts": {"age": age}, "answered": ["day", "hands_on"], "unknown": []}
    result = screened(before)
    assert (result.decision, result.held, result.unanswered) == ("proceed", False, ())


def test_the_clients_half_answers_the_day_only() -> None:
    form = check(HEALTHY, KB, stages=("day",))
    told = answers_today(Selection(none_of=none_of(form)), form, HEALTHY, KB)
    assert told["answered"] == ["day"]
    result = screen(merged(HEALTHY, read_answers(told, KB), KB), KB)
    assert (result.decision, result.held) == ("proceed", False)


# ---- what is left unanswered today


def test_an_empty_check_is_held() -> None:
    told = answers_today(Selection(), FORM, HEALTHY, KB)
    result = screen(merged(HEALTHY, read_answers(told, KB), KB), KB)
    assert result.held
    assert {"intoxication", "fever", "consent_missing"} <= set(result.unanswered)


@pytest.mark.parametrize("group", ["new_signs", "today", "last_days", "agreed"])
def test_a_group_left_out_holds(group: str) -> None:
    assert screened(HEALTHY, but=(group,)).held
    assert missing(Selection(none_of=none_of(FORM, group)), KB, form=FORM).groups == (group,)


def test_what_was_not_looked_at_is_for_the_practitioner() -> None:
    result = screened(HEALTHY, but=("seen",))
    assert not result.held
    assert result.ask == ("severe_mental_state",)


def test_a_family_of_signs_without_saying_which_is_not_known() -> None:
    result = screened(HEALTHY, but=("new_signs",), ticked={"gate.stroke": {}})
    assert result.held
    assert "stroke_signs_now" in result.unanswered


def test_a_reading_is_asked_for_once_it_was_ticked() -> None:
    told = Selection(none_of=none_of(FORM, "seen"), ticked={"gate.temperature": {}})
    assert missing(told, KB, form=FORM).qualifiers == (("gate.temperature", "temperature_c"),)
    assert not missing(told, KB, form=FORM).age


def test_not_knowing_today_leaves_open_what_would_fire() -> None:
    result = screened(HEALTHY, unknown=frozenset({"symptoms.intoxicated"}))
    assert (result.held, result.unanswered) == (True, ("intoxication",))


def test_not_knowing_is_held_against_what_the_booking_knows() -> None:
    needled = [{"event": "dry_needling", "days_ago": 3}]
    before = read_answers({"facts": {"age": 40, "events": needled}, "answered": ["booking"]}, KB)
    told = document(before, unknown=frozenset({"symptoms.sudden_breathlessness"}))
    assert "pneumothorax_signs" in told["unknown"]


def test_not_knowing_whether_consent_was_given_holds() -> None:
    result = screened(HEALTHY, unknown=frozenset({"consent.absent"}))
    assert (result.held, result.unanswered) == (True, ("consent_missing",))


# ---- what the booking left open


def test_nothing_open_asks_nothing_more() -> None:
    assert left_open(HEALTHY, KB) == ()


def test_what_was_not_known_is_asked_first_and_once() -> None:
    before = booked(unknown=("anticoagulant",))
    (group,) = left_open(before, KB)
    assert (group.id, [item.id for item in group.items]) == ("medicines", ["medications.anticoagulant"])
    assert check(before, KB).groups[0] == group


def test_no_closes_the_rule() -> None:
    before = booked(unknown=("anticoagulant",))
    assert document(before)["answered"] == ["day", "hands_on", "anticoagulant"]
    assert screened(before).unanswered == ()


def test_yes_adds_the_fact() -> None:
    before = booked(unknown=("anticoagulant",))
    told = {"medications.anticoagulant": {}}
    result = screened(before, but=("medicines",), ticked=told, none_of={"medications.anticoagulant"})
    assert "anticoagulant" in {fired.rule for fired in result.fired}
    assert result.unanswered == ()


def test_still_not_known_keeps_it_open() -> None:
    before = booked(unknown=("anticoagulant",))
    result = screened(before, but=("medicines",), unknown=frozenset({"medications.anticoagulant"}))
    assert (result.ask, result.unanswered) == (("anticoagulant",), ("anticoagulant",))


def test_not_answered_keeps_it_open() -> None:
    before = booked(unknown=("cauda_equina",))
    result = screened(before, but=("danger",))
    assert result.held
    assert "cauda_equina" in result.unanswered


def test_a_family_that_was_not_known_is_asked_as_a_family() -> None:
    (group,) = left_open(booked(unknown=("cauda_equina",)), KB)
    assert [item.id for item in group.items] == ["gate.cauda_equina"]


def test_a_follow_up_is_asked_by_itself_only_where_what_opens_it_is_told() -> None:
    cancer = [{"condition": "cancer", "status": "history", "place": []}]
    with_it = booked(conditions=cancer, answered=tuple(r for r in KB.rules if r != "cancer_bone"))
    asked = {item.id for group in left_open(with_it, KB) for item in group.items}
    assert "conditions.bone_metastases" in asked
    assert "conditions.cancer" not in asked
    without = booked(answered=tuple(r for r in KB.rules if r != "cancer_bone"))
    asked = {item.id for group in left_open(without, KB) for item in group.items}
    assert "conditions.cancer" in asked
    assert "conditions.bone_metastases" not in asked


def test_a_booking_without_answers_asks_all_of_it_of_this_person() -> None:
    before = booked(answered=(), sex="male")
    groups = [group.id for group in left_open(before, KB)]
    asked = [group.id for group in questionnaire(KB).groups if group.asked_of.to(40, "male")]
    assert groups == asked
    result = screened(before)
    assert (result.decision, result.held, result.unanswered) == ("proceed", False, ())


def test_a_pregnancy_is_asked_where_it_was_not_known_and_only_there() -> None:
    unknown = booked(unknown=("pregnancy_t1", "pregnancy_t2", "pregnancy_t3"))
    assert [item.id for group in left_open(unknown, KB) for item in group.items] == ["pregnancy"]
    assert document(unknown)["facts"]["pregnancy"] is False
    for known in (True, False):
        assert check(booked(pregnancy=known, answered=()), KB).item("pregnancy") is None


def test_what_matters_with_a_told_pregnancy_is_asked_again() -> None:
    before = booked(pregnancy=True, pregnancy_week=20)
    group = check(before, KB).groups[0]
    assert group.id == "with_told"
    assert {"symptoms.fluid_leak", "symptoms.severe_headache"} <= {item.id for item in group.items}
    result = screened(before, but=("with_told",), ticked={"symptoms.fluid_leak": {}})
    assert result.decision == "emergency"


# ---- contradictions


def test_none_of_these_and_a_tick_contradict_each_other() -> None:
    told = Selection(none_of=none_of(FORM), ticked={"symptoms.intoxicated": {}})
    assert list(contradictions(told, KB, form=FORM)) == ["today"]
    with pytest.raises(InputError, match="“Today”: “None of these” and “Alcohol"):
        answers_today(told, FORM, HEALTHY, KB)


def test_two_words_on_consent_contradict_each_other() -> None:
    told = Selection(ticked={"consent.absent": {}, "consent.withdrawn": {}})
    assert list(contradictions(told, KB, form=FORM)) == ["agreed"]
    spanish = check(HEALTHY, KB, lang="es")
    with pytest.raises(InputError, match="«No dado» y «Retirado»"):
        answers_today(told, spanish, HEALTHY, KB)


def test_ids_that_the_form_lacks_are_refused() -> None:
    with pytest.raises(UnknownId):
        answers_today(Selection(ticked={"conditions.osteoporosis": {}}), FORM, HEALTHY, KB)


def test_an_impossible_reading_is_refused() -> None:
    with pytest.raises(InputError, match="20 to 46"):
        answers_today(Selection(ticked={"gate.temperature": {"temperature_c": "98"}}), FORM, HEALTHY, KB)


# ---- the merge


def test_the_form_grows_old_with_the_days() -> None:
    old = on_the_day(read_answers({"facts": {"age": 40}, "answered": ["booking"]}, KB), 180)
    assert screened(old).decision == "clearance"
    assert screened(HEALTHY, but=("today",), ticked={"intake.changed": {}}).decision == "clearance"


def test_a_measured_pressure_counts_with_a_told_pregnancy() -> None:
    reading = {"gate.blood_pressure": {"bp_systolic": "145", "bp_diastolic": "85"}}
    given: dict[str, Any] = {"but": ("seen",), "ticked": reading, "none_of": {"gate.blood_pressure"}}
    assert screened(HEALTHY, **given).decision == "proceed"
    assert screened(booked(pregnancy=True, pregnancy_week=30), **given).decision == "emergency"


def test_a_good_reading_does_not_undo_a_bad_one() -> None:
    before = booked(bp_systolic=165, bp_diastolic=80)
    reading = {"gate.blood_pressure": {"bp_systolic": "120", "bp_diastolic": "90"}}
    today = read_answers(document(before, but=("seen",), ticked=reading), KB)
    facts = merged(before, today, KB).facts
    assert (facts.bp_systolic, facts.bp_diastolic) == (165, 90)


def test_places_to_be_pressed_are_part_of_the_day() -> None:
    today = read_answers(document(HEALTHY), KB)
    answers = merged(HEALTHY, today, KB, pressed=KB.places("groin:left"))
    assert "sensitive_area" in {fired.rule for fired in screen(answers, KB).fired}


def test_an_emergency_ticked_today_is_not_cleared_by_an_earlier_note() -> None:
    told = {
        "facts": {"age": 40, "symptoms": ["saddle_numbness"]},
        "answered": ["booking"],
        "clearances": [EMERGENCY_NOTE],
    }
    before = read_answers(told, KB)
    assert screen(before, KB).decision == "adapt"
    assert screened(before).decision == "adapt"
    again = {"but": ("new_signs",), "ticked": {"gate.cauda_equina": {}, "symptoms.saddle_numbness": {}}}
    assert screened(before, **again).decision == "emergency"


def test_a_pressure_measured_today_is_not_cleared_by_an_earlier_note() -> None:
    note = {"rule": "bp_crisis", "by": "physician", "days_ago": 5}
    told = {"facts": {"age": 40, "bp_systolic": 185}, "answered": ["booking"], "clearances": [note]}
    before = read_answers(told, KB)
    assert screened(before).decision != "emergency"
    reading = {"gate.blood_pressure": {"bp_systolic": "181", "bp_diastolic": "80"}}
    assert screened(before, but=("seen",), ticked=reading).decision == "emergency"
