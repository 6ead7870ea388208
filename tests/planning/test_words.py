"""A plan in Spanish: the same plan, with nothing left in English that a client must understand to be safe."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from unknot.knowledge import Place
from unknot.planning import plan
from unknot.planning.at_home import at_home
from unknot.planning.result import Exercise
from unknot.planning.words import REFUSALS, Speaker, WhyNot
from unknot.reasoning.drawing import AIMS, Drawing
from unknot.screening import read_answers, screen

NECK = ("upper_trapezius", "levator_scapulae", "quadratus_lumborum")
SAID = ("focus", "notes", "rules", "basis", "emphasis", "dose", "stop_rule", "why_not")
"""The fields of a plan that are in the plan's language; those of muscles and techniques are English."""
NO_MUSCLE_SAYS = ("heat", "posture", "ergonomics", "breathing")
"""What is done at home in the plan's language from its first word on."""


def said(document, field=None):
    """Each text of a plan in ``SAID``, with its field."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from said(value, key)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from said(value, field)
    elif field in SAID and document is not None:
        yield field, document


def without_words(document):
    """A plan less what ``SAID`` names."""
    if isinstance(document, dict):
        said = (*SAID, "text") if document.get("kind") in NO_MUSCLE_SAYS else SAID
        return {key: without_words(value) for key, value in document.items() if key not in said}
    return [without_words(value) for value in document] if isinstance(document, list | tuple) else document


def test_every_refusal_is_a_sentence_in_both_languages():
    assert set(REFUSALS) == set(get_args(WhyNot))
    for words in REFUSALS.values():
        assert words.en != words.es
        assert all(text.endswith(".") for text in (words.en, words.es))


@pytest.mark.parametrize("aims", [(), AIMS], ids=["pain", "pain and aims"])
def test_the_spanish_plan_is_the_english_one_in_other_words(planned, healthy, aims):
    english, spanish = (
        msgspec.to_builtins(planned(healthy, *NECK, aims=aims, lang=lang)) for lang in ("en", "es")
    )
    assert without_words(english) == without_words(spanish)
    texts = list(zip(said(english), said(spanish), strict=True))
    assert {field for (field, _), _ in texts} >= {"focus", "notes", "rules", "basis", "dose", "stop_rule"}
    assert not [one for one, other in texts if one == other]


def test_without_pain_the_spanish_course_speaks_of_none(planned, healthy):
    course = planned(healthy, aims=["maintenance"], lang="es").course
    assert not [text for text in (*course.rules[:3], course.sessions_plan[1].focus) if "dolor" in text]
    assert course.emphasis[0].startswith("Mantenerse bien: ")


@pytest.mark.parametrize(
    ("facts", "fields", "why"),
    [
        ({"conditions": ["thrombocytopenia"]}, {}, "light_work_only"),
        ({"conditions": ["open_wound"]}, {}, "where"),
        ({}, {"positions": ()}, "no_position"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_why_there_is_no_course_is_said_in_spanish(planned, screened, facts, fields, why):
    screening = msgspec.structs.replace(screened(**facts), **fields)
    assert planned(screening, *NECK, lang="es").why_not == REFUSALS[why].es


@pytest.mark.parametrize(
    ("facts", "rule", "why"),
    [
        ({"symptoms": ["thunderclap_headache"]}, "thunderclap", "call_now"),
        ({"consent": "withdrawn"}, "consent_withdrawn", "not_now"),
    ],
)
def test_a_danger_is_said_in_spanish_with_what_to_do(kb, facts, rule, why):
    answers = read_answers({"facts": {"age": 30, **facts}, "answered": ["booking"]}, kb)
    refused = plan(Drawing({Place("temple", "left"): 5}), answers, kb, lang="es")
    assert rule in {fired.rule for fired in screen(answers, kb).fired}
    assert refused.why_not == f"{REFUSALS[why].es} {kb.rules_es[rule].action}"


def test_when_to_stop_at_home_is_said_in_spanish(planned, healthy, kb):
    told = {e.kind: e for e in planned(healthy, *NECK, lang="es").home_care}
    at_home = kb.planning_es.at_home
    assert told["stretch"].stop_rule == at_home["stretching"].stop
    assert told["self_hold"].stop_rule == at_home["self_compression"].stop
    assert told["heat"].text == at_home["heat_therapy"].text


def test_what_was_given_in_one_language_is_read_in_the_other(planned, healthy, kb):
    english, spanish = (planned(healthy, *NECK, lang=lang).home_care for lang in ("en", "es"))
    assert [one.key for one in english] == [one.key for one in spanish]
    assert len({one.key for one in english}) == len(english)
    for one, other in zip(english, spanish, strict=True):
        assert at_home(one, kb, Speaker(kb, "es")) == other
        assert at_home(other, kb, Speaker(kb, "en")) == one


@pytest.mark.parametrize(
    ("kind", "muscle"), [("stretch", "musculus_gone"), ("strengthen", "upper_trapezius")]
)
def test_what_the_base_does_not_say_is_not_told(kb, kind, muscle):
    assert at_home(Exercise(kind, muscle=muscle, side="left"), kb, Speaker(kb)) is None


def test_a_consent_is_asked_for_in_spanish(planned, healthy, kb):
    first = planned(healthy, "gluteus_maximus", lang="es").course.sessions_plan[0]
    assert kb.rules_es["sensitive_area"].action in first.notes
