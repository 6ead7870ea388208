"""An emergency: only what to do now, calmly, confirmed once."""

from __future__ import annotations

import re

import pytest

from unknot.knowledge import load
from unknot.web.intake.tests.visitor import COURSE, Page, Visitor, told

NOW = told("gate.stroke", "symptoms.face_droop")
TODAY = told("gate.hot", "symptoms.spreading_red_hot_skin")
THIS_WEEK = told("gate.cord", "symptoms.lhermitte")
WITH_MORE = told(
    "gate.stroke", "symptoms.face_droop", "conditions.aneurysm", age="15", silent=["medicines"], asked="yes"
)
ALL = {"now": NOW, "today": TODAY, "this week": THIS_WEEK, "with more": WITH_MORE}
WORDS = {
    "en": r"\bcourse\b|sessions?\b|price|USD|home care|stretch|letter|therapist|trigger point",
    "es": r"\bcurso\b|sesi[oó]n|precio|USD|en casa|estira|carta|terapeuta|punto gatillo",
}


def assert_only_what_to_do_now(page: Page, language: str = "en") -> None:
    assert not COURSE & set(page.ids)
    assert "/check/letter/" not in page.main
    assert "/library/muscles/" not in page.main
    assert "<figure" not in page.main
    said = page.text.split("Where this comes from")[0].split("De dónde viene esto")[0]
    assert not re.search(WORDS[language], said, re.IGNORECASE), said


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("fields", ALL.values(), ids=ALL)
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}], ids=["asked", "confirmed"])
@pytest.mark.parametrize("route", ["answer", "letter"])
def test_it_shows_only_what_to_do_now(
    language: str, fields: dict[str, object], confirmed: dict[str, str], route: str
) -> None:
    page = Visitor(language).post(route, {**fields, **confirmed})
    assert page.status == 200
    assert_only_what_to_do_now(page, language)


def test_it_is_confirmed_once(visitor: Visitor) -> None:
    asked = visitor.post("answer", NOW)
    assert asked.headings[:2] == ["Is this right?", "If it is right, do this now"]
    assert "You ticked: One side of the face droops" in asked.text
    confirmed = visitor.press(asked, "Yes, that is right")
    assert confirmed.headings[0] == "What to do now"
    assert "You ticked" not in confirmed.text
    assert "Yes, that is right" not in confirmed.text


def test_it_can_be_corrected_before_and_after(visitor: Visitor) -> None:
    asked = visitor.post("answer", NOW)
    for page, words in ((asked, "No, I want"), (visitor.press(asked, "Yes, that"), "Change my answers")):
        safety = visitor.press(page, words)
        assert safety.headings[0] == "Is it safe for you?"
        safety.fields["q-item"] = []
        safety.fields["q-none"].append("danger")
        assert visitor.press(safety, "Show the answer").headings[0] == "Massage looks safe for you"


def test_another_danger_is_asked_about_anew(visitor: Visitor) -> None:
    """A confirmation is not carried over to answers that were changed since."""
    confirmed = visitor.press(visitor.post("answer", TODAY), "Yes, that is right")
    safety = visitor.press(confirmed, "Change my answers")
    safety.fields["q-item"] += ["gate.stroke", "symptoms.face_droop"]
    assert visitor.press(safety, "Show the answer").headings[0] == "Is this right?"


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_now_shows_the_emergency_numbers(language: str) -> None:
    visitor = Visitor(language)
    numbers = {f"tel:{number}" for number in load().screening_meta.emergency_numbers.values()}
    assert numbers <= set(visitor.post("answer", NOW).links)
    for fields in (TODAY, THIS_WEEK):
        assert not numbers & set(visitor.post("answer", fields).links)


def test_the_number_comes_first(visitor: Visitor) -> None:
    page = visitor.post("answer", {**NOW, "confirmed": "yes"})
    assert page.text.index("Call your emergency number now.") < page.text.index("911")
    rule = load().rules["stroke_signs_now"]
    assert page.text.index("911") < page.text.index(rule.action)


@pytest.mark.parametrize(("fields", "when"), [(TODAY, "today"), (THIS_WEEK, "within this week")])
def test_the_others_say_by_when(visitor: Visitor, fields: dict[str, object], when: str) -> None:
    assert f"See a doctor {when}." in visitor.post("answer", fields).text


def test_the_strictest_urgency_counts(visitor: Visitor) -> None:
    both = told("gate.cord", "symptoms.lhermitte", "gate.stroke", "symptoms.face_droop")
    page = visitor.post("answer", both)
    assert "Call your emergency number now." in page.text
    assert "Electric shocks on bending the neck" in page.text


def test_a_danger_under_a_family_that_was_unticked_again_still_counts_and_can_be_seen(
    visitor: Visitor,
) -> None:
    fields = told("symptoms.face_droop")
    assert visitor.post("answer", fields).headings[0] == "Is this right?"
    safety = visitor.post("safety", fields)
    assert safety.twins.count(("q-item", "symptoms.face_droop")) == 1
