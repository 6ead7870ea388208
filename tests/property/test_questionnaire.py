"""What holds for every way to fill in the questionnaire."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.errors import InputError
from unknot.knowledge import load
from unknot.screening import read_answers, screen
from unknot.screening.questionnaire import (
    Item,
    Qualifier,
    Selection,
    answers_from,
    contradictions,
    missing,
    questionnaire,
)
from unknot.screening.result import STRICTNESS

KB = load()
FORM = questionnaire(KB)
ITEMS = {item.id: item for item in FORM.items()}
GROUPS = tuple(group.id for group in FORM.groups)
PLACES = ("nowhere", "temple:left", "low_back", "calf_upper:right", "sacrum")

pytestmark = [pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")]
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers_to(qualifier: Qualifier) -> st.SearchStrategy[Any]:
    if qualifier.kind == "place":
        return st.sampled_from(PLACES)
    if qualifier.kind == "since":
        free = st.builds(
            "{} {}".format, st.integers(0, 90), st.sampled_from([u.value for u in qualifier.units])
        )
        return st.one_of(st.sampled_from([c.value for c in qualifier.choices]), free)
    if qualifier.choices:
        return st.sampled_from([c.value for c in qualifier.choices])
    return st.integers(int(qualifier.minimum or 0), int(qualifier.maximum or 0)).map(str)


def filled(item: Item) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={q.key: answers_to(q) for q in item.qualifiers})


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """A form filled in by somebody who may contradict themselves."""
    ids = draw(st.lists(st.sampled_from(sorted(ITEMS)), max_size=6, unique=True))
    return Selection(
        age=draw(st.integers(0, 110)),
        sex=draw(st.sampled_from((None, *KB.vocabulary.sex))),
        ticked={id_: draw(filled(ITEMS[id_])) for id_ in ids},
        none_of=draw(st.frozensets(st.sampled_from((*GROUPS, *ids)), max_size=12)),
        unknown=draw(st.frozensets(st.sampled_from(sorted(ITEMS)), max_size=2)),
    )


def consistent(selection: Selection) -> Selection:
    """The same, each contradiction taken out by withdrawing the "none of these" or the "I don't know"."""
    wrong = frozenset(contradictions(selection, KB))
    while wrong:
        selection = Selection(
            selection.age,
            selection.sex,
            selection.ticked,
            selection.none_of - wrong,
            selection.unknown - wrong,
        )
        wrong = frozenset(contradictions(selection, KB))
    return selection


@often
@given(selections())
def test_a_consistent_form_gives_a_document_that_the_reader_takes(selection: Selection) -> None:
    selection = consistent(selection)
    document = answers_from(selection, KB)
    answers = read_answers(document, KB)
    told = {(fact.kind, fact.id) for fact in answers.facts.told}
    for id_ in selection.ticked:
        item = ITEMS[id_]
        if item.list:
            kind = KB.vocabulary.fact_lists[item.list]
            label = KB.labels.of(kind, item.fact)
            assert (kind, item.fact) in told or (kind, label.if_new) in told


@often
@given(selections())
def test_a_contradiction_is_refused_in_one_line(selection: Selection) -> None:
    if contradictions(selection, KB):
        with pytest.raises(InputError) as error:
            answers_from(selection, KB)
        assert "\n" not in str(error.value)
    else:
        answers_from(selection, KB)


@often
@given(selections())
def test_the_stage_is_answered_just_when_no_group_and_no_follow_up_is_missing(selection: Selection) -> None:
    selection = consistent(selection)
    left = missing(selection, KB)
    answered = "booking" in answers_from(selection, KB)["answered"]
    assert answered == (not left.groups and not left.follow_ups)


@often
@given(selections(), st.sampled_from(sorted(ITEMS)))
def test_one_tick_more_never_makes_the_decision_milder(selection: Selection, id_: str) -> None:
    """Where nothing else changes: a pregnancy that was denied would be, so it is left out."""
    before = consistent(Selection(selection.age, selection.sex, selection.ticked))
    after = Selection(before.age, before.sex, {id_: {}, **before.ticked})
    milder, stricter = (screen(read_answers(answers_from(s, KB), KB), KB).decision for s in (before, after))
    assert STRICTNESS.index(stricter) >= STRICTNESS.index(milder)


@often
@given(selections())
def test_both_languages_give_the_same_answers(selection: Selection) -> None:
    selection = consistent(selection)
    assert _as_sets(answers_from(selection, KB)) == _as_sets(answers_from(selection, KB, lang="es"))


def _as_sets(document: dict[str, Any]) -> Any:
    facts = {key: sorted(map(str, v)) if isinstance(v, list) else v for key, v in document["facts"].items()}
    return {**document, "facts": facts}


@often
@given(selections())
def test_whatever_is_left_unanswered_is_open(selection: Selection) -> None:
    selection = consistent(selection)
    document = answers_from(selection, KB)
    result = screen(read_answers(document, KB), KB)
    fired = {rule.rule for rule in result.fired}
    if "booking" not in document["answered"]:
        pregnancy_ruled_out = document["facts"].get("pregnancy") is False
        for rule in KB.rules.values():
            if rule.stage != "booking" or rule.id in fired or rule.id in document["answered"]:
                continue
            assert rule.id in result.unanswered or (
                pregnancy_ruled_out and all(c.pregnancy for c in rule.when)
            )


@often
@given(
    st.fixed_dictionaries({}, optional={k: st.text(max_size=12) for k in ("status", "place", "since", "new")})
)
def test_whatever_a_form_sends_is_read_or_refused(given_texts: dict[str, str]) -> None:
    for id_ in ("conditions.cancer", "events.surgery", "symptoms.limb_weak"):
        asked = {q.key for q in ITEMS[id_].qualifiers}
        ticked = {id_: {k: v for k, v in given_texts.items() if k in asked}}
        try:
            document = answers_from(Selection(age=40, ticked=ticked), KB)
        except InputError:
            continue
        read_answers(document, KB)
