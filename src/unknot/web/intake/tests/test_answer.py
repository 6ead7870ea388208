"""The answer: each row of the table "What follows from it", and what no answer ever shows."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from unknot.knowledge import load
from unknot.reasoning.drawing import AIMS
from unknot.web.intake.tests.visitor import COURSE, Page, Visitor, drawn, told

ANEURYSM = told("conditions.aneurysm")
FEVER = told("symptoms.fever", none=["symptoms.fever"], answers={"symptoms.fever-since": "0 hours"})
MINOR = told(age="15")
NECK_ARTERY = told("conditions.carotid_stenosis")
NEW_HEADACHE = told(
    "symptoms.headache",
    "symptoms.headache_valsalva",
    age="55",
    answers={"symptoms.headache-new": "no", "symptoms.headache_valsalva-new": "no"},
)
WOUND = told("conditions.open_wound", answers={"conditions.open_wound-place": "hand_back:left"})
THINNER = told("medications.anticoagulant", none=["medications.anticoagulant"])
UNPLACED = told("conditions.open_wound", asked="yes")
HELD = told("gate.stroke", asked="yes")
LOW_PLATELETS = told("conditions.thrombocytopenia")

STOPPED = {"absolute": ANEURYSM, "absolute for a time": FEVER}
GOES_ON = {
    "proceed": told(),
    "aim": told(drawing=drawn({}, aims=["stress"])),
    "adapt": THINNER,
    "local": WOUND,
    "absolute elsewhere": NECK_ARTERY,
    "clearance": MINOR,
    "clearance elsewhere": NEW_HEADACHE,
    "light work": LOW_PLATELETS,
    "held": HELD,
    "unplaced": UNPLACED,
}


@pytest.fixture
def answered(visitor: Visitor, request: pytest.FixtureRequest) -> Page:
    page = visitor.post("answer", request.param)
    assert page.status == 200
    return page


def parts(page: Page) -> set[str]:
    return COURSE & set(page.ids)


def shown(visitor: Visitor, fields: dict[str, object]) -> Page:
    page = visitor.post("answer", fields)
    assert page.status == 200
    return page


# ---- the rows of the table


def test_proceed_shows_all(visitor: Visitor) -> None:
    page = shown(visitor, told())
    assert page.headings[0] == "Massage looks safe for you"
    assert parts(page) == COURSE
    assert "What a course would look like" in page.headings
    assert "Check first" in page.text
    assert "USD" in page.text
    assert "why" not in page.ids, "a healthy person needs no reasons"


def test_adapt_shows_all_within_the_adaptations(visitor: Visitor) -> None:
    page = shown(visitor, THINNER)
    assert page.headings[0] == "Yes, with some changes"
    assert parts(page) == COURSE
    assert "Pressure at most 2 of 5: it moves the skin." in page.text
    assert "Left alone: Front of the neck and throat (both sides), Groin" in page.text
    assert "it reaches deep muscle" not in page.text


def test_local_names_the_place_that_is_left_alone(visitor: Visitor) -> None:
    page = shown(visitor, WOUND)
    assert page.headings[0] == "Yes, but some places are left alone"
    assert parts(page) == COURSE
    assert "Back of the hand (left)" in page.text[page.text.index("Left alone:") :]


def test_absolute_elsewhere_is_local_with_the_letter_that_would_open_the_place(visitor: Visitor) -> None:
    page = shown(visitor, NECK_ARTERY)
    assert page.headings[0] == "Yes, but some places are left alone"
    assert parts(page) == COURSE
    assert "Side of the neck (both sides)" in page.text[page.text.index("Left alone:") :]
    assert "letter" in page.ids


def test_clearance_elsewhere_plans_without_the_closed_place(visitor: Visitor) -> None:
    page = shown(visitor, NEW_HEADACHE)
    assert page.headings[0] == "Yes, but some places are left alone"
    assert "Temple (both sides)" in page.text[page.text.index("Left alone:") :]
    assert "after clearance" not in page.text


def test_clearance_leads_to_the_letter_and_to_a_course_after_it(visitor: Visitor) -> None:
    page = shown(visitor, MINOR)
    assert page.headings[0] == "Ask first"
    assert {"letter", *COURSE} <= set(page.ids)
    assert "A course of treatment, after clearance" in page.headings
    assert "Home care, once you are cleared" in page.headings
    assert "What would change it:" in page.text
    letter = visitor.press(page, "Show the letter")
    assert letter.headings[0] == "A letter to print"


@pytest.mark.parametrize("fields", STOPPED.values(), ids=STOPPED)
def test_absolute_says_why_and_what_would_change_it_and_plans_nothing(
    visitor: Visitor, fields: dict[str, object]
) -> None:
    page = shown(visitor, fields)
    assert page.headings[:2] == ["Not now", "Why"]
    assert "What would change it:" in page.text
    assert_nothing_ahead(page)


def test_a_danger_that_time_ends_says_until_when_and_asks_nobody(visitor: Visitor) -> None:
    page = shown(visitor, FEVER)
    assert "24 hours without fever" in page.text
    assert "letter" not in page.ids


def test_held_puts_the_open_questions_first(visitor: Visitor) -> None:
    page = shown(visitor, HELD)
    assert page.headings[:2] == ["Almost there", "These questions come first"]
    assert "A course of treatment, once the questions are answered" in page.headings
    assert "As far as you have answered: Massage looks safe for you" in page.text
    again = visitor.press(page, "Answer them")
    assert again.headings[0] == "Is it safe for you?"
    assert "gate.stroke" in again.fields["q-item"]


def test_held_never_softens_a_stop(visitor: Visitor) -> None:
    page = shown(visitor, told("conditions.aneurysm", "gate.stroke", asked="yes"))
    assert page.headings[0] == "Not now"
    assert_nothing_ahead(page)


def test_a_thing_without_a_place_is_asked_for_and_nothing_is_planned(visitor: Visitor) -> None:
    page = shown(visitor, UNPLACED)
    assert "Tell where on the body it is; until then nothing is planned:" in page.text
    assert "No course for now" in page.headings
    assert "home-care" not in page.ids
    assert "USD" not in page.text


def test_not_sure_holds_or_goes_to_the_practitioner(visitor: Visitor) -> None:
    page = shown(visitor, told(unknown=["gate.cauda_equina"]))
    assert page.headings[0] == "Almost there"
    page = shown(visitor, told(unknown=["conditions.asthma"]))
    assert "What the practitioner will ask before touching" in page.headings


def test_where_no_hold_is_left_it_says_so_and_names_no_price(visitor: Visitor) -> None:
    page = shown(visitor, LOW_PLATELETS)
    assert "Light work only for now" in page.headings
    assert "USD" not in page.text
    assert not re.search(r"course of treatment|sessions", page.text, re.IGNORECASE)


@pytest.mark.parametrize("aim", AIMS)
def test_each_aim_alone_is_a_full_answer(visitor: Visitor, aim: str) -> None:
    page = shown(visitor, told(drawing=drawn({}, aims=[aim])))
    assert parts(page) == {"course", "home-care"}
    assert "What a course would look like" in page.headings


def test_an_aim_alone_waits_for_clearance_like_any_other(visitor: Visitor) -> None:
    page = shown(visitor, told(age="15", drawing=drawn({}, aims=["sport"])))
    assert "A course of treatment, after clearance" in page.headings


def test_pain_that_no_trigger_point_explains_is_named(visitor: Visitor) -> None:
    page = shown(visitor, told(drawing=drawn({"nose": "8", "heel:left": "5"})))
    assert "checks" in page.ids


def assert_nothing_ahead(page: Page) -> None:
    assert parts(page) == set()
    assert "USD" not in page.text
    assert "<figure" not in page.main
    assert not [link for link in page.links if link.startswith("/library/muscles/")]
    assert not re.search(r"\bsessions\b|stretch|\bheat\b", page.text, re.IGNORECASE)


# ---- what no answer ever shows


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("fields", [*GOES_ON.values(), *STOPPED.values()], ids=[*GOES_ON, *STOPPED])
def test_no_client_reads_a_percentage_or_a_probability(fields: dict[str, object], language: str) -> None:
    page = Visitor(language).post("answer", fields)
    assert page.status == 200
    checks = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.main.partition('id="course"')[0], flags=re.DOTALL)
    assert not re.search(r"\d\s?%|\b0[.,]\d", checks)
    assert not re.search(r"probability|probabilidad|likelihood|posterior", page.text, re.IGNORECASE)


@pytest.mark.parametrize("fields", GOES_ON.values(), ids=GOES_ON)
def test_every_statement_ends_in_its_source(visitor: Visitor, fields: dict[str, object]) -> None:
    page = shown(visitor, fields)
    marks = {link for link in page.links if link.startswith("#source-")}
    assert marks
    assert {mark.removeprefix("#") for mark in marks} <= set(page.ids)


@pytest.mark.parametrize("fields", [*GOES_ON.values(), *STOPPED.values()], ids=[*GOES_ON, *STOPPED])
def test_no_id_stands_twice(visitor: Visitor, fields: dict[str, object]) -> None:
    page = shown(visitor, fields)
    assert len(page.ids) == len(set(page.ids))


def test_rules_of_the_house_are_no_reasons(visitor: Visitor) -> None:
    page = shown(visitor, THINNER)
    house = [rule.name for rule in load().rules.values() if rule.stage == "standing"]
    assert not [name for name in house if name in page.text]


def test_the_way_back_keeps_everything(visitor: Visitor) -> None:
    page = shown(visitor, WOUND)
    safety = visitor.press(page, "Change my answers")
    assert safety.fields["q-conditions.open_wound-place"] == ["hand_back:left"]
    assert visitor.press(page, "Change the drawing").fields["pain-temple:left"] == ["7"]
    assert reverse("intake:start") in page.links


def test_home_care_says_once_what_is_the_same_on_both_sides(visitor: Visitor) -> None:
    page = shown(visitor, told(drawing=drawn({"sacrum": "6"})))
    care = page.text[page.text.index("What you can do at home") :]
    assert "Gluteus medius, both sides" in care
    assert "Gluteus medius, left" not in care
    assert care.count("Strengthen How much:") == 1


def test_a_young_persons_answer_says_what_the_booking_does(visitor: Visitor) -> None:
    page = shown(visitor, MINOR)
    assert "A parent or guardian has to agree; they do so when they book." in page.text
    assert "a session can then be booked at once" in page.text
    assert "discovery call" not in page.text
    assert page.headings.index("Somebody to help you") < page.headings.index("Or on paper")


def test_who_needs_another_clearance_too_is_not_promised_a_session(visitor: Visitor) -> None:
    page = shown(visitor, told("conditions.thrombocytopenia", age="15"))
    assert "discovery call" in page.text
    assert "Your way on: a letter" in page.headings
