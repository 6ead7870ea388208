"""The letter: to whom the rule names, asking what the rule asks, and only where somebody can clear."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.web.intake.tests.visitor import Visitor, drawn, told

KB = load()
HAEMOPHILIA = told(
    "conditions.bleeding_disorder",
    none=["conditions.bleeding_disorder"],
    answers={"conditions.bleeding_disorder-place": "nowhere"},
)
HIGH_RISK = told(
    "pregnancy", "conditions.high_risk_pregnancy", sex="female", answers={"pregnancy-pregnancy_week": "20"}
)
ADDRESSED = {
    "low_platelets": told("conditions.thrombocytopenia"),
    "haemophilia": HAEMOPHILIA,
    "aneurysm": told("conditions.aneurysm"),
    "carotid_disease": told("conditions.carotid_stenosis"),
    "minor": told(age="15"),
    "pregnancy_high_risk": HIGH_RISK,
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("rule", ADDRESSED)
def test_it_is_addressed_to_whom_the_rule_names(rule: str, language: str) -> None:
    page = Visitor(language).post("letter", ADDRESSED[rule])
    who = KB.rules[rule].clears_with.who
    to = {"en": "To: ", "es": "Para: "}[language] + KB.labels.who[who].in_(language)
    assert page.status == 200
    assert to in page.text
    if language == "en":
        assert KB.rules[rule].name in page.text
        assert KB.rules[rule].clears_with.what in page.text


def test_a_letter_for_each_who_has_to_agree(visitor: Visitor) -> None:
    both = told(
        "conditions.bleeding_disorder",
        "conditions.aneurysm",
        none=["conditions.bleeding_disorder"],
        answers={"conditions.bleeding_disorder-place": "nowhere"},
    )
    page = visitor.post("letter", both)
    assert page.text.count("To: ") == 2
    assert page.headings.count("May this person have neuromuscular massage?") == 2


def test_a_minors_letter_goes_to_the_guardian_and_asks_for_consent(visitor: Visitor) -> None:
    page = visitor.post("letter", told(age="15"))
    assert page.headings == ["A letter to print", "Consent to neuromuscular massage"]


def test_so_does_that_of_somebody_for_whom_another_decides(visitor: Visitor) -> None:
    page = visitor.post("letter", told("conditions.lacks_capacity"))
    assert "Consent to neuromuscular massage" in page.headings


def test_it_says_how_old_the_answer_may_be_and_where_it_hurts(visitor: Visitor) -> None:
    page = visitor.post(
        "letter", told("conditions.aneurysm", drawing=drawn({"temple:left": "7", "sacrum": "3"}))
    )
    assert "(not older than 90 days on the day of the visit)" in page.text
    assert "It hurts here: Temple (left), Sacrum." in page.text
    assert "7" not in page.text.split("It hurts here")[1].split("They told us")[0]


@pytest.mark.parametrize(
    "fields",
    [
        told(),
        told("conditions.asthma"),
        told("symptoms.fever", none=["symptoms.fever"], answers={"symptoms.fever-since": "0 hours"}),
    ],
    ids=["nothing fired", "the client's own word", "time alone"],
)
def test_where_nobody_has_to_be_asked_there_is_none(visitor: Visitor, fields: dict[str, object]) -> None:
    answer, letter = visitor.post("answer", fields), visitor.post("letter", fields)
    assert "letter" not in answer.ids
    assert "A letter to print" not in letter.headings
    assert letter.headings == answer.headings


def test_the_way_back_leads_to_the_same_answer(visitor: Visitor) -> None:
    answer = visitor.post("answer", HAEMOPHILIA)
    back = visitor.press(visitor.press(answer, "Show the letter"), "Back to the answer")
    assert back.text == answer.text


def test_open_questions_are_asked_before_a_letter_is_written(visitor: Visitor) -> None:
    page = visitor.post("letter", told("conditions.aneurysm", silent=["medicines"]))
    assert (page.status, page.headings[0]) == (422, "Is it safe for you?")
