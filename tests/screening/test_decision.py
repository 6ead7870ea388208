"""Matching and result, sentence by sentence as the rules' format tells them."""

from __future__ import annotations

import pytest

from unknot.errors import UnknownId
from unknot.knowledge import load
from unknot.screening import Fact, fired_by_symptoms, open_if_unknown, read_answers, screen, to_json

KB = load()
WEAK = "an arm or leg that is really weaker, not only painful, new"
SPOTS = KB.labels.text("symptom", "petechiae", "en")


def result(facts=None, /, **parts):
    return screen(read_answers({"facts": {"age": 30} | (facts or {})} | parts, KB), KB)


def fired(facts=None, /, **parts):
    return {f.rule for f in result(facts, **parts).fired if not f.standing}


# ---- matching


def test_a_fact_brings_what_it_implies_until_nothing_is_added():
    # Neck pain unlike any before is new neck pain, that is neck pain, that is spine pain.
    facts = {
        "conditions": ["aneurysm"],
        "symptoms": [{"symptom": "neck_pain_unlike_any_before", "new": True}],
    }
    assert "aaa" in fired(facts)


def test_what_is_implied_keeps_the_qualifiers():
    birth = {"events": [{"event": "caesarean", "weeks_ago": 3}], "symptoms": ["fever"]}
    assert {"surgery_2_6w", "postpartum", "pregnancy_emergency"} <= fired(birth)
    long_ago = {"events": [{"event": "caesarean", "weeks_ago": 30}], "symptoms": ["fever"]}
    assert not {"surgery_2_6w", "postpartum", "pregnancy_emergency"} & fired(long_ago)


def test_one_fact_must_meet_all_qualifiers():
    two = [{"event": "surgery", "weeks_ago": 60}, {"event": "surgery", "weeks_ago": 3}]
    assert "surgery_2_6w" in fired({"events": two})
    swollen = [{"symptom": "one_limb_swollen", "new": False}, {"symptom": "whole_leg_swollen", "new": False}]
    assert "dvt_signs" not in fired({"symptoms": swollen})


def test_the_time_belongs_to_the_event_where_there_is_one():
    facts = {
        "events": [{"event": "dry_needling", "days_ago": 2}],
        "symptoms": [{"symptom": "sudden_breathlessness", "days_ago": 40}],
    }
    assert "pneumothorax_signs" in fired(facts)


def test_without_an_event_the_time_belongs_to_the_medicine_the_condition_the_symptom():
    assert "fluoroquinolone" not in fired(
        {"medications": [{"medication": "fluoroquinolone", "weeks_ago": 6}]}
    )
    assert "contusion_quad" not in fired({"conditions": [{"condition": "muscle_contusion", "weeks_ago": 6}]})
    assert "fever" not in fired({"symptoms": [{"symptom": "fever", "hours_ago": 24}]})


def test_a_level_stands_at_the_limit_or_above_it():
    def injured_at(level):
        return fired({"conditions": [{"condition": "spinal_cord_injury", "level": level}]})

    assert "sci_dysreflexia" in injured_at("C5")
    assert "sci_dysreflexia" in injured_at("T6")
    assert "sci_dysreflexia" not in injured_at("T7")


def test_any_allergy_is_any():
    assert "allergy" in fired({"allergies": ["fragrance"]})


def test_a_value_never_given_does_not_fit_but_the_week_of_a_known_pregnancy():
    assert not {"bp_crisis", "bp_uncontrolled", "fever"} & fired()
    assert {"pregnancy_t1", "pregnancy_t2", "pregnancy_t3"} <= fired({"pregnancy": True})
    assert fired({"pregnancy": True, "pregnancy_week": 20}) == {"pregnancy_t2"}
    assert fired({"pregnancy": False}) == set()


def test_a_score_is_the_larger_of_given_and_counted():
    facts = {"symptoms": [{"symptom": "leg_pain", "new": True}], "scores": {"wells_dvt": 0}}
    assert "dvt_wells_sum" not in fired(facts)
    assert "dvt_wells_sum" in fired(facts | {"events": [{"event": "bed_rest", "weeks_ago": 1}]})
    assert "dvt_wells_sum" in fired(facts | {"scores": {"wells_dvt": 2}})


def test_a_score_that_was_given_counts_without_items():
    assert "vascular_risk_neck" in fired({"scores": {"vascular_risk_factors": 2}})
    assert "vascular_risk_neck" not in fired({"scores": {"vascular_risk_factors": 1}})


def test_each_item_of_a_score_counts_once():
    both = {"conditions": ["ehlers_danlos", "marfan"]}
    assert "vascular_risk_neck" not in fired(both)


def test_regions_are_places_to_be_pressed():
    assert "sensitive_area" in fired({"regions": ["chest:left"]})
    pressed = screen(read_answers({"facts": {"age": 30}}, KB), KB, pressed=KB.places("genitals"))
    assert pressed.decision == "absolute"
    assert pressed.treatable == "elsewhere"


def test_a_danger_told_early_fires_whatever_the_stage():
    assert result({"bp_systolic": 190}, answered=["booking"]).decision == "emergency"


# ---- result


def test_a_healthy_person_of_thirty_proceeds_with_nothing_open():
    healthy = result(answered=["booking"])
    assert (healthy.decision, healthy.held, healthy.treatable, healthy.urgency) == (
        "proceed",
        False,
        "all",
        None,
    )
    assert healthy.unanswered == healthy.ask == healthy.needs == ()
    assert healthy.avoid_regions == ()
    assert healthy.pressure_max is None
    assert healthy.positions is None


def test_house_rules_never_decide_but_their_adaptations_stand():
    healthy = result(answered=["booking"])
    assert {f.rule for f in healthy.fired} == {"session_dose", "endangerment_always", "anterior_neck_always"}
    assert healthy.pressure_pain_max == 7
    assert healthy.working_pain == (4, 6)
    assert (healthy.hold_seconds_max, healthy.deep_minutes_max, healthy.hours_between_deep_sessions) == (
        90,
        60,
        48,
    )
    assert "percussion_device_on_neck" in healthy.means_off


@pytest.mark.parametrize(
    ("facts", "decision", "treatable"),
    [
        ({"medications": ["antiplatelet"]}, "adapt", "all"),
        ({"conditions": ["varicose_veins"], "medications": ["antiplatelet"]}, "local", "all"),
        ({"conditions": ["myopathy", "varicose_veins"]}, "clearance", "all"),
        ({"symptoms": ["petechiae"]}, "clearance", "none"),
        ({"conditions": ["carotid_stenosis", "myopathy"]}, "absolute", "elsewhere"),
        ({"symptoms": ["headache_positional"]}, "emergency", "none"),
        ({"symptoms": ["neck_pain_unlike_any_before"]}, "clearance", "elsewhere"),
        (
            {"conditions": ["carotid_stenosis", {"condition": "deep_vein_thrombosis", "status": "active"}]},
            "absolute",
            "none",
        ),
        ({"symptoms": ["coughing_blood"], "conditions": ["carotid_stenosis"]}, "emergency", "none"),
    ],
)
def test_the_strictest_decides_and_what_may_still_be_treated(facts, decision, treatable):
    screening = result(facts)
    assert (screening.decision, screening.treatable) == (decision, treatable)


def test_what_else_fired_decides_for_the_rest_of_the_body():
    assert result({"conditions": ["carotid_stenosis"]}).decision_elsewhere == "local"
    assert result({"conditions": ["carotid_stenosis", "myopathy"]}).decision_elsewhere == "clearance"
    assert result({"medications": ["antiplatelet"]}).decision_elsewhere == "adapt"


def test_urgency_is_the_strictest_among_the_clauses_that_held():
    high = {"bp_systolic": 190}
    assert result(high).urgency == "today"
    assert result(high | {"symptoms": ["severe_headache"]}).urgency == "now"
    assert result({"symptoms": ["clumsy_hands"]}).urgency == "this_week"
    assert result({"symptoms": ["clumsy_hands"]} | high).urgency == "today"
    assert result({"conditions": ["myopathy"]}).urgency is None


# ---- open, held, ask


def test_nothing_answered_holds():
    screening = result()
    assert screening.decision == "proceed"
    assert screening.held
    booking = {r.id for r in KB.rules.values() if r.stage == "booking"}
    assert set(screening.unanswered) == booking
    assert set(screening.ask) == {id_ for id_ in booking if KB.rules[id_].unknown == "ask_practitioner"}


@pytest.mark.parametrize("stages", [["booking"], ["booking", "day"], ["booking", "day", "hands_on"]])
def test_only_rules_of_the_stages_reached_can_be_open(stages):
    assert not result(answered=stages).held
    assert not result(answered=stages).unanswered


def test_a_later_stage_does_not_answer_an_earlier_one():
    screening = result(answered=["hands_on"])
    assert screening.held
    assert {KB.rules[r].stage for r in screening.unanswered} == {"booking", "day"}


@pytest.mark.parametrize("rule", [r for r in KB.rules.values() if r.stage == "booking"], ids=lambda r: r.id)
def test_one_question_left_out(rule):
    others = [r.id for r in KB.rules.values() if r.stage == "booking" and r is not rule]
    screening = result(answered=others)
    assert screening.unanswered == (rule.id,)
    assert screening.held is (rule.category in ("emergency", "absolute", "clearance"))
    assert screening.ask == ((rule.id,) if rule.unknown == "ask_practitioner" else ())


@pytest.mark.parametrize("rule", [r for r in KB.rules.values() if r.stage == "booking"], ids=lambda r: r.id)
def test_what_i_do_not_know_means(rule):
    screening = result(answered=["booking"], unknown=[rule.id])
    serious = rule.category in ("emergency", "absolute", "clearance")
    assert screening.unanswered == (rule.id,)
    assert screening.held is (serious and rule.unknown == "hold")
    assert screening.ask == ((rule.id,) if rule.unknown == "ask_practitioner" else ())
    assert screening.decision == "proceed"


def test_a_rule_that_fired_is_not_open():
    screening = result({"conditions": ["myopathy"]}, answered=["booking"], unknown=["myopathy"])
    assert not screening.held
    assert screening.unanswered == ()


def test_house_rules_are_never_open():
    assert "session_dose" not in result(unknown=["session_dose"]).unanswered


def test_a_question_that_cannot_apply_is_answered():
    screening = result({"pregnancy": False})
    assert not {"pregnancy_t1", "pregnancy_high_risk"} & set(screening.unanswered)
    # Its second half asks about the weeks after a birth.
    assert "pregnancy_emergency" in screening.unanswered


def test_what_is_left_open_by_an_item_that_is_not_known():
    smoker = read_answers({"facts": {"age": 70, "conditions": ["smoking"]}, "answered": ["booking"]}, KB)
    pain = Fact("symptom", "deep_trunk_pain_unchanged_by_movement")
    assert open_if_unknown(smoker, pain, KB) == ("aaa",)
    young = read_answers({"facts": {"age": 30, "conditions": ["smoking"]}, "answered": ["booking"]}, KB)
    assert open_if_unknown(young, pain, KB) == ()


# ---- red flags of a drawing


def test_symptoms_alone_fire_red_flags_strictest_first():
    flags = fired_by_symptoms(["neck_pain", "pain_not_mechanical", "saddle_numbness"], KB)
    assert [(flag.rule.id, flag.symptoms) for flag in flags] == [
        ("cauda_equina", ("saddle_numbness",)),
        ("night_pain", ("pain_not_mechanical",)),
    ]


def test_symptoms_that_only_adapt_are_no_red_flags():
    assert fired_by_symptoms(["fragile_skin", "neck_pain"], KB) == ()
    with pytest.raises(UnknownId, match="did you mean fever"):
        fired_by_symptoms(["feever"], KB)


# ---- words and JSON


@pytest.mark.parametrize(
    ("facts", "rule", "why"),
    [
        (
            {"events": [{"event": "surgery", "days_ago": 63, "place": ["hip_side:left"]}]},
            "surgery_6_12w",
            "an operation, 9 weeks ago, side of the hip, left",
        ),
        (
            {"events": [{"event": "injury", "hours_ago": 1}]},
            "acute_injury_72h",
            "a strain, sprain or bruise, 1 hour ago",
        ),
        (
            {"events": [{"event": "injury", "days_ago": 0}]},
            "acute_injury_72h",
            "a strain, sprain or bruise, today",
        ),
        (
            {"events": [{"event": "surgery", "days_ago": 3, "place": ["arch"]}]},
            "surgery_lt2w",
            "an operation, 3 days ago, arch, both sides",
        ),
        (
            {"symptoms": [{"symptom": "limb_weak", "new": True}], "conditions": ["cancer"]},
            "radiculopathy",
            WEAK,
        ),
        ({"bp_systolic": 190}, "bp_crisis", "blood pressure 190/? mmHg"),
        ({"age": 12}, "minor", "age 12"),
        ({"pregnancy": True, "pregnancy_week": 20}, "pregnancy_t2", "pregnant, week 20"),
        ({"pregnancy": True}, "pregnancy_t2", "pregnant"),
        ({"temperature_c": 38.5}, "fever", "temperature 38.5 °C"),
        ({"consent": "absent"}, "consent_missing", "consent: not given"),
        ({"intake": "changed"}, "intake_stale", "something has changed"),
        ({"intake_age_days": 200}, "intake_stale", "health form 200 days old"),
        ({"regions": ["groin:left"]}, "sensitive_area", "work planned at: groin"),
        (
            {"symptoms": ["fever", "petechiae"]},
            "fever_danger",
            f"fever, with {SPOTS[0].lower()}{SPOTS[1:]}",
        ),
        (
            {"conditions": ["smoking", "diabetes"]},
            "vascular_risk_neck",
            "risk factors: 2 (smoking; diabetes)",
        ),
    ],
)
def test_why_says_the_facts_that_matched_in_words(facts, rule, why):
    assert {f.rule: f.why for f in result(facts).fired}[rule] == why


def test_in_spanish_why_what_to_do_and_what_is_needed():
    told = {"facts": {"age": 40, "events": [{"event": "surgery", "weeks_ago": 3}]}}
    screening = screen(read_answers(told, KB), KB, lang="es")
    fired = screening.fired[0]
    assert (fired.why, fired.action) == ("una operación, hace 3 semanas", KB.rules_es["surgery_2_6w"].action)
    assert [need.what for need in screening.needs] == [
        KB.rules_es["surgery_2_6w"].clears,
        "dónde está: una operación, hace 3 semanas",
    ]


def test_the_items_of_a_score_are_said_in_spanish():
    told = {"facts": {"age": 40, "conditions": ["smoking", {"condition": "migraine", "status": "active"}]}}
    fired = {f.rule: f.why for f in screen(read_answers(told, KB), KB, lang="es").fired}
    assert fired["vascular_risk_neck"] == "factores de riesgo: 2 (tabaquismo; migraña)"


def test_the_result_as_json_has_the_keys_of_the_format_first():
    written = to_json(result({"devices": [{"device": "pacemaker", "place": ["chest_upper:left"]}]}))
    assert list(written)[:4] == ["decision", "held", "treatable", "urgency"]
    assert {
        "fired",
        "avoid_regions",
        "light_only",
        "pressure_max",
        "caps",
        "positions",
        "max_minutes",
        "techniques_off",
        "means_off",
        "notes",
        "needs",
        "ask",
        "unanswered",
    } <= written.keys()
    assert "chest_upper:left" in written["avoid_regions"]
    assert list(written["fired"][0])[:5] == ["rule", "category", "urgency", "why", "action"]
    assert set(written["light_only"][0]) == {"region", "pressure_max", "except_muscles"}
    assert isinstance(written["light_only"][0]["region"], str)
    assert written["positions"] is None
