"""Whatever a visitor draws, ticks and presses: no fault of ours, no loss, and no course beside a danger."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning.drawing import AIMS
from unknot.screening.questionnaire import Item, Qualifier, questionnaire
from unknot.web.intake.tests.visitor import COURSE, Page, Visitor, drawn

KB = load()
FORM = questionnaire(KB)
PLACES = [str(place) for region in KB.regions for place in KB.places(region)]
ITEMS = tuple(FORM.items())
ROUTES = ("drawing", "motions", "safety", "answer", "letter")
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
drawings = st.builds(
    drawn,
    st.dictionaries(st.sampled_from(PLACES), st.integers(1, 10).map(str), max_size=6),
    aims=st.lists(st.sampled_from(AIMS), unique=True, max_size=2),
    worse=st.lists(st.sampled_from([m.label for m in KB.motions.values()]), unique=True, max_size=4),
    words=texts,
)


def typed(item: Item, q: Qualifier) -> st.SearchStrategy[str]:
    """What one may well answer, and sometimes nonsense."""
    offered = [choice.value for choice in q.choices] or [str(int(q.minimum or 1)), "20"]
    places = st.sampled_from([*PLACES, "nowhere"]) if q.kind == "place" else st.nothing()
    return st.one_of(st.sampled_from(offered), places, st.just(""), texts)


@st.composite
def safety_fields(draw: st.DrawFn) -> dict[str, Any]:
    """The safety page, filled in at random."""
    items = draw(st.lists(st.sampled_from(ITEMS), unique_by=lambda item: item.id, max_size=4))
    fields: dict[str, Any] = {
        "step": "safety",
        "drawing": draw(drawings),
        "q-age": draw(st.one_of(st.integers(0, 120).map(str), st.sampled_from(["", "old"]))),
        "q-sex": draw(st.sampled_from(["", "female", "male", "other"])),
        "q-item": [item.id for item in items],
        "q-unknown": draw(st.lists(st.sampled_from(ITEMS).map(lambda item: item.id), max_size=2)),
        "q-none": [group.id for group in FORM.groups if draw(st.booleans())],
    }
    for item in items:
        for q in item.qualifiers:
            fields[f"q-{item.id}-{q.key}"] = draw(typed(item, q))
    if draw(st.booleans()):
        fields["asked"] = "yes"
    return fields


def check(page: Page) -> None:
    assert page.status in {200, 422}
    assert len(page.ids) == len(set(page.ids))
    if page.headings[0] in {"Is this right?", "What to do now", "Not now"}:
        assert not COURSE & set(page.ids)
        assert "USD" not in page.text
        assert "<figure" not in page.main


def in_order(drawing: dict[str, Any]) -> dict[str, Any]:
    """A page sends ticks in its own order, and white space around what was typed says nothing."""
    ticks = {"aims": sorted(drawing["aims"]), "worse": sorted(drawing["worse"])}
    return {**drawing, **ticks, "words": drawing["words"].strip()}


def walk(fields: dict[str, Any], routes: list[str]) -> None:
    visitor = Visitor()
    page = visitor.post("answer", fields)
    drawing = json.loads(fields["drawing"])
    for route in routes:
        check(page)
        assert in_order(json.loads(page.fields["drawing"][0])) == in_order(drawing)
        page = visitor.post(route, page.fields)
    check(page)


@QUICK
@given(safety_fields(), st.lists(st.sampled_from(ROUTES), max_size=3))
def test_a_random_walk_loses_nothing_and_shows_no_course_beside_a_danger(
    fields: dict[str, Any], routes: list[str]
) -> None:
    walk(fields, routes)


@pytest.mark.long
@LONG
@given(safety_fields(), st.lists(st.sampled_from(ROUTES), max_size=5))
def test_many_random_walks(fields: dict[str, Any], routes: list[str]) -> None:
    walk(fields, routes)


def answers_of(page: Page) -> dict[str, list[str]]:
    given = {name: values for name, values in page.fields.items() if name.startswith("q-")}
    return {name: sorted(set(values)) for name, values in given.items() if any(values)}


@QUICK
@given(safety_fields())
def test_the_safety_page_comes_back_as_it_was_filled_in(fields: dict[str, Any]) -> None:
    page = Visitor().post("safety", fields)
    if page.headings[0] != "Is it safe for you?":
        return
    again = Visitor().post("safety", page.fields)
    assert answers_of(again) == answers_of(page)
    assert answers_of(page).get("q-item", []) == sorted(fields["q-item"])


NAMES = ["step", "selection", "drawing", "aim", "worse", "words", "q-age", "q-item", "q-none", "pain-nose"]
KEYS = st.sampled_from(["pains", "aims", "worse", "words", "q-age", "q-item"])
json_texts = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
).map(json.dumps)
nonsense = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(texts, json_texts, st.sampled_from(["drawing", "motions", "safety"]))
)
"""Fields that have the right names and nothing else right."""


@QUICK
@given(nonsense, st.sampled_from(ROUTES))
def test_no_nonsense_is_a_fault_of_ours(fields: dict[str, Any], route: str) -> None:
    assert Visitor().post(route, fields).status in {200, 400, 422}


@pytest.mark.long
@LONG
@given(nonsense, st.sampled_from(ROUTES))
def test_nor_is_much_nonsense(fields: dict[str, Any], route: str) -> None:
    assert Visitor().post(route, fields).status in {200, 400, 422}
