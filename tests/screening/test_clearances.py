"""Recorded clearances: which count, and what they change."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.screening import read_answers, screen
from unknot.screening.clearances import persons_named

KB = load()
CANCER = {"conditions": [{"condition": "cancer", "status": "active", "place": ["chest:left"]}]}
SWOLLEN = {"symptoms": [{"symptom": "pitting_one_leg", "new": True}]}


def result(facts, *clearances):
    document = {"facts": {"age": 40} | facts, "answered": ["booking"], "clearances": list(clearances)}
    return screen(read_answers(document, KB), KB)


def note(rule, by, days_ago=1, **more):
    return {"rule": rule, "by": by, "days_ago": days_ago} | more


def test_it_decides_as_adapt_with_its_other_adaptations_standing():
    before, after = result(CANCER), result(CANCER, note("cancer_active", "oncology team"))
    assert (before.decision, after.decision) == ("clearance", "adapt")
    assert after.fired[0].cleared
    assert after.fired[0].category == "adapt"
    assert after.pressure_max == before.pressure_max == 2
    assert after.avoid_regions == before.avoid_regions
    assert after.techniques_off == before.techniques_off
    assert before.needs[0].who == "oncology team"
    assert after.needs == ()


@pytest.mark.parametrize(
    ("by", "days_ago", "counts"),
    [
        ("oncology team", 60, True),
        ("Oncology  Team", 60, True),
        ("oncology team", 61, False),
        ("physician", 10, False),
        ("client", 0, False),
    ],
)
def test_it_counts_when_it_is_by_whom_the_rule_names_and_not_too_old(by, days_ago, counts):
    assert (result(CANCER, note("cancer_active", by, days_ago)).decision == "adapt") is counts


def test_treat_false_is_lifted():
    clot = {"conditions": [{"condition": "deep_vein_thrombosis", "status": "active"}]}
    cleared = result(clot, note("dvt_known", "physician"))
    assert (result(clot).treatable, cleared.treatable, cleared.decision) == ("none", "all", "adapt")


def test_every_fired_clearance_rule_needs_its_own():
    two = CANCER | {"conditions": [*CANCER["conditions"], "myopathy"]}
    one = result(two, note("cancer_active", "oncology team"))
    assert one.decision == "clearance"
    assert [need.rule for need in one.needs] == ["myopathy"]
    both = result(two, note("cancer_active", "oncology team"), note("myopathy", "physician"))
    assert both.decision == "adapt"


def test_a_letter_may_allow_more_pressure_than_the_rule():
    assert result(CANCER, note("cancer_active", "oncology team", pressure_max=3)).pressure_max == 3


def test_a_letter_that_allows_less_is_not_overruled():
    assert result(CANCER, note("cancer_active", "oncology team", pressure_max=1)).pressure_max == 1


def test_of_several_letters_the_newest_counts():
    old = note("cancer_active", "oncology team", 30, pressure_max=4)
    new = note("cancer_active", "oncology team", 3, pressure_max=3)
    assert result(CANCER, old, new).pressure_max == 3


def test_an_emergency_is_not_cleared_on_the_day_it_was_ticked():
    assert result(SWOLLEN, note("dvt_signs", "physician", 0)).decision == "emergency"
    later = result(SWOLLEN, note("dvt_signs", "physician", 2))
    assert (later.decision, later.urgency, later.treatable) == ("adapt", None, "all")
    assert result(SWOLLEN, note("dvt_signs", "physician", 31)).decision == "emergency"


def test_the_clients_word_needs_no_date_where_none_is_asked():
    told = result({"medications": ["antiplatelet"]}, {"rule": "antiplatelet", "by": "client"})
    assert told.fired[0].cleared


def test_a_guardian_may_clear():
    child = {"age": 15}
    assert result(child).decision == "clearance"
    assert result(child, note("minor", "guardian")).decision == "adapt"


def test_two_persons_joined_by_or_are_both_named():
    assert persons_named("midwife or obstetrician") >= {"midwife", "obstetrician"}
    assert persons_named("surgeon") == {"surgeon"}
