"""What holds for every check of the day, whatever the booking told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.errors import InputError
from unknot.knowledge import Place, load
from unknot.screening import Answers, merged, on_the_day, read_answers, screen
from unknot.screening.questionnaire import (
    Item,
    Qualifier,
    Questionnaire,
    Selection,
    answers_today,
    check,
    contradictions,
    left_open,
    missing,
)
from unknot.screening.result import STRICTNESS

KB = load()
STAGES = st.sampled_from([("day",), ("hands_on",), ("day", "hands_on")])

pytestmark = [pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")]
often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


VALUES = st.fixed_dictionaries(
    {"age": st.integers(0, 100)},
    optional={
        "sex": st.sampled_from(KB.vocabulary.sex),
        "pregnancy": st.booleans(),
        "bp_systolic": st.integers(80, 220),
        "bp_diastolic": st.integers(50, 140),
    },
)
TIMES = st.fixed_dictionaries(
    {}, optional={"days_ago": st.integers(0, 60), "place": st.just(["hip_side:left"])}
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """The key of a list of facts, and an entry for it."""
    list_ = draw(st.sampled_from(tuple(KB.vocabulary.fact_lists)))
    kind = KB.vocabulary.fact_lists[list_]
    return list_, {kind: draw(st.sampled_from(KB.vocabulary.ids(kind))), **draw(TIMES)}


@st.composite
def bookings(draw: st.DrawFn) -> Answers:
    """Answers some days after they were told, with notes; some questions were not answered, or not known."""
    facts = draw(VALUES)
    for list_, entry in draw(st.lists(entries(), max_size=5)):
        facts.setdefault(list_, []).append(entry)
    rules = st.lists(st.sampled_from(tuple(KB.rules)), max_size=4)
    notes = [
        {"rule": rule, "by": KB.rules[rule].clears_with.who, "days_ago": draw(st.integers(0, 60))}
        for rule in draw(rules)
    ]
    answered = draw(st.sampled_from(([], ["booking"], ["booking"]))) + draw(rules)
    document = {"facts": facts, "answered": answered, "unknown": draw(rules), "clearances": notes}
    return on_the_day(read_answers(document, KB), draw(st.integers(0, 200)))


def answer_to(qualifier: Qualifier) -> st.SearchStrategy[str]:
    if qualifier.kind == "place":
        return st.sampled_from(("nowhere", "temple:left", "low_back"))
    if qualifier.choices:
        return st.sampled_from([choice.value for choice in qualifier.choices])
    return st.integers(int(qualifier.minimum or 0), int(qualifier.maximum or 0)).map(str)


def filled(item: Item) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional={q.key: answer_to(q) for q in item.qualifiers})


@st.composite
def selections(draw: st.DrawFn, form: Questionnaire) -> Selection:
    """A check filled in without contradictions."""
    items = {item.id: item for item in form.items()}
    ids = draw(st.lists(st.sampled_from(sorted(items)), max_size=4, unique=True))
    groups = sorted(group.id for group in form.groups)
    selection = Selection(
        ticked={id_: draw(filled(items[id_])) for id_ in ids},
        none_of=draw(st.one_of(st.just(frozenset(groups)), st.frozensets(st.sampled_from((*groups, *ids))))),
        unknown=draw(st.frozensets(st.sampled_from(sorted(items)), max_size=2)) - set(ids),
    )
    while wrong := set(contradictions(selection, KB, form=form)):
        kept = {id_: given_ for id_, given_ in selection.ticked.items() if items[id_].list != "consent"}
        selection = Selection(
            ticked=kept if not wrong & selection.none_of else selection.ticked,
            none_of=selection.none_of - wrong,
            unknown=selection.unknown - wrong,
        )
    return selection


def strictness(answers: Answers) -> int:
    return STRICTNESS.index(screen(answers, KB).decision)


def read(document: dict[str, Any]) -> Answers:
    return read_answers(document, KB)


@often
@given(bookings(), STAGES, st.data())
def test_nothing_told_is_lost_and_the_decision_never_becomes_milder(booked, stages, data):
    form = check(booked, KB, stages=stages)
    today = read(answers_today(data.draw(selections(form)), form, booked, KB))
    day = merged(booked, today, KB)
    assert set(booked.facts.told) | set(today.facts.told) == set(day.facts.told)
    assert strictness(day) >= strictness(booked)
    before, after = screen(booked, KB), screen(day, KB)
    assert {f.rule for f in before.fired} <= {f.rule for f in after.fired}
    assert booked.answered <= day.answered


@often
@given(bookings(), STAGES, st.data())
def test_what_was_open_fires_is_open_or_was_answered_no(booked, stages, data):
    form = check(booked, KB, stages=stages)
    today = read(answers_today(data.draw(selections(form)), form, booked, KB))
    after = screen(merged(booked, today, KB), KB)
    settled = today.answered - today.unknown
    left = set(screen(booked, KB).unanswered) - settled - {f.rule for f in after.fired}
    if today.facts.pregnancy is False:
        left = {rule for rule in left if not all(clause.pregnancy for clause in KB.rules[rule].when)}
    assert left <= set(after.unanswered)


@often
@given(bookings(), STAGES)
def test_none_of_these_everywhere_leaves_only_what_the_booking_says(booked, stages):
    """No fact is added, and nothing that the check can settle stays open."""
    form = check(booked, KB, stages=stages)
    none = Selection(none_of=frozenset(group.id for group in form.groups))
    assert missing(none, KB, form=form).groups == ()
    today = read(answers_today(none, form, booked, KB))
    assert today.facts.told == ()
    assert not today.unknown
    day = merged(booked, today, KB)
    assert screen(day, KB).decision == screen(booked, KB).decision
    assert left_open(day, KB) == ()


@often
@given(bookings(), STAGES)
def test_an_unanswered_check_closes_nothing_that_it_asks(booked, stages):
    form = check(booked, KB, stages=stages)
    day = merged(booked, read(answers_today(Selection(), form, booked, KB)), KB)
    asked = {rule for item in form.items() for rule in item.rules}
    fired = {f.rule for f in screen(day, KB).fired}
    for rule in screen(booked, KB).unanswered:
        assert rule in screen(day, KB).unanswered or rule in fired or rule not in asked
    for rule in asked - fired:
        assert KB.rules[rule].stage not in stages or rule in screen(day, KB).unanswered


@often
@given(bookings(), st.data())
def test_an_emergency_ticked_today_is_one_today(booked, data):
    form = check(booked, KB)
    before = {f.rule for f in screen(booked, KB).fired}
    today = read(answers_today(data.draw(selections(form)), form, booked, KB))
    for fired in screen(merged(booked, today, KB), KB).fired:
        if KB.rules[fired.rule].category == "emergency" and fired.rule not in before:
            told = (
                {fact.kind for fact in today.facts.told}
                or today.facts.bp_systolic
                or today.facts.bp_diastolic
            )
            assert not fired.cleared or not told


@often
@given(bookings(), bookings())
def test_the_merge_says_the_same_when_done_twice(booked, today):
    once = merged(booked, today, KB)
    assert merged(once, today, KB) == once


@often
@given(bookings(), st.data())
def test_both_languages_give_the_same_answers(booked, data):
    english, spanish = (check(booked, KB, lang=lang) for lang in ("en", "es"))
    selection = data.draw(selections(english))
    ours, theirs = (answers_today(selection, form, booked, KB) for form in (english, spanish))
    assert ours.keys() == theirs.keys()
    assert (ours["answered"], ours["unknown"]) == (theirs["answered"], theirs["unknown"])
    assert {Place("groin", "left")} <= set(
        merged(booked, read(theirs), KB, pressed=(Place("groin", "left"),)).facts.regions
    )


@often
@given(bookings(), st.data())
def test_a_contradiction_is_refused_in_one_line(booked, data):
    form = check(booked, KB)
    ids = st.frozensets(st.sampled_from(sorted(item.id for item in form.items())), max_size=4)
    selection = Selection(
        ticked={id_: {} for id_ in data.draw(ids)},
        none_of=frozenset(group.id for group in form.groups),
        unknown=data.draw(ids),
    )
    if contradictions(selection, KB, form=form):
        with pytest.raises(InputError) as error:
            answers_today(selection, form, booked, KB)
        assert "\n" not in str(error.value)
    else:
        answers_today(selection, form, booked, KB)
