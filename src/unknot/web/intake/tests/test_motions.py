"""What makes it worse: motions that fit the drawing first, and the visitor's own words."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.web.intake.tests.visitor import Page, Visitor, drawn, told
from unknot.web.intake.walk import OWN_WORDS_MAX

NECK = {"neck_side:left": "6"}


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.post("motions", {"drawing": drawn(NECK)})


def test_every_motion_is_offered_those_that_fit_first(page: Page) -> None:
    assert page.offered["worse"] == {motion.label for motion in load().motions.values()}
    at = page.text.index
    assert at("Turning the head") < at("Other movements") < at("Climbing stairs")


def test_motions_and_words_come_back_as_they_were_left(visitor: Visitor, page: Page) -> None:
    safety = visitor.press(page, "Next", worse="Turning the head", words="carrying, my\ndaughter")
    assert safety.headings[0] == "Is it safe for you?"
    back = visitor.press(safety, "Back")
    assert back.fields["worse"] == ["Turning the head"]
    assert back.fields["words"] == ["carrying, my\ndaughter"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_that_are_too_long_are_kept_and_not_taken(language: str) -> None:
    words = "ñ" * 10_000
    page = Visitor(language).post("safety", {"step": "motions", "drawing": drawn(NECK), "words": words})
    assert page.status == 422
    assert str(OWN_WORDS_MAX) in page.problem
    assert "10000" in page.problem
    assert page.fields["words"] == [words]
    assert 'aria-invalid="true"' in page.html
    name = {"en": "In your own words", "es": "En sus propias palabras"}[language]
    assert f'<a href="#words">{name}</a>' in page.html
    assert 'id="words"' in page.html


def test_words_that_are_too_long_are_not_taken_on_the_way_round_either(visitor: Visitor) -> None:
    page = visitor.post("answer", told(drawing=drawn(NECK, words="x" * 10_000)))
    assert (page.status, page.headings[0]) == (422, "What makes it worse?")


def test_as_many_words_as_are_allowed_lead_to_an_answer(visitor: Visitor) -> None:
    page = visitor.post("answer", told(drawing=drawn(NECK, words="a," * (OWN_WORDS_MAX // 2))))
    assert page.status == 200


def test_words_that_no_motion_stands_for_are_left_for_the_therapist(visitor: Visitor) -> None:
    page = visitor.post("answer", told(drawing=drawn(NECK, words="wearing <b>earrings</b>")))
    assert "In your own words, for your therapist to read: “wearing <b>earrings</b>”" in page.text
    assert "<b>earrings" not in page.html
