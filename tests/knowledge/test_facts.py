from __future__ import annotations

import pytest

from unknot.knowledge.crossing import PARTS, check


def test_every_fact_is_right(kb):
    assert [str(problem) for problem in check(kb)] == []


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("regions", 102), ("muscles", 120), ("techniques", 14), ("practices", 11), ("rules", 148),
        ("conditions", 28), ("questions", 57), ("benefits", 6), ("origins", 15), ("considerations", 21),
        ("instruments", 21), ("responses", 5), ("us_states", 53), ("canada", 6), ("countries", 6),
        ("bodies", 16), ("practitioner_types", 7), ("prices", 5), ("cpt", 18), ("icd", 122), ("coverage", 8),
    ],
)  # fmt: skip
def test_no_entry_was_lost(kb, part, count):
    assert len(getattr(kb, part)) == count


def test_every_entry_is_found_under_its_own_id(kb):
    for part in PARTS:
        for id_, entry in getattr(kb, part).items():
            assert id_ == getattr(entry, "id", None) or id_ == entry.code


def test_what_stands_beside_the_lists_is_there(kb):
    assert kb.safety.hold_rule
    assert kb.algometry.kg_cm2_to_kpa == pytest.approx(98.07)
    assert kb.diagnosis.delphi_2018.needed == 2
    assert kb.screening_meta.emergency_numbers["GB"] == "999"
    assert kb.screening_meta.place_groups["legs"] == ("thigh_and_knee", "leg_and_foot")
    assert kb.implies["event"]["caesarean"] == ("birth", "surgery")
    assert kb.scores["wells_dvt"].points_each == 1
    assert kb.plain_words["cancer"]
    assert kb.vocabulary.ids("sex") == ("female", "male", "other")
    assert kb.npi.types["1"] == "individual"
    assert kb.credentials_meta.compact.members_confirmed == ("OH",)
    assert kb.conditions_meta.order[0] == "head and jaw"
    assert kb.questions_meta.limits
    assert kb.interpretation.steps
    assert kb.outcomes_meta.reviewed_by_clinician is False
    assert kb.billing.units.medicare.table[1].from_ == 8


def test_the_vocabulary_knows_only_its_kinds(kb):
    with pytest.raises(KeyError):
        kb.vocabulary.ids("moods")
    with pytest.raises(KeyError):
        kb.vocabulary.ids("fact_lists")


def test_attributes_are_named_like_the_keys_of_the_file(kb):
    muscle = kb.muscles["infraspinatus"]
    assert muscle.trigger_points[0].press_at == ("scapula",)
    assert kb.instruments["nprs"].mcid_by_baseline[0].from_ == 1
    assert kb.conditions["low_back_pain"].muscles_commonly


@pytest.mark.parametrize(
    ("key", "nonsense"),
    [("techniques_off", "levitation"), ("avoid", "third_elbow"), ("positions", "upside_down")],
)
def test_a_tag_region_or_position_of_a_rule_that_does_not_exist_fails(edited, key, nonsense):
    problems = check(edited("screening.toml", f'{key} = ["', f'{key} = ["{nonsense}", "'))
    assert {(p.file, p.field.partition("[")[0]) for p in problems} == {("screening.toml", f"adapt.{key}")}
    assert all(nonsense in p.problem for p in problems)
