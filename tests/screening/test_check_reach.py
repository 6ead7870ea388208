"""
Every clause of the rules of the day and hands on can be fired through the check, and a near miss fires none.

A clause's facts are ticked, their qualifiers answered in every way that the form offers, what is measured is
typed, places to be pressed are given with the merge, and the form's age follows from the days gone by.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from unknot.knowledge import Place, load
from unknot.knowledge.screening import Clause, Rule
from unknot.screening import merged, on_the_day, read_answers, screen
from unknot.screening.matching import ground, matches
from unknot.screening.questionnaire import Selection, answers_today, check
from unknot.screening.questionnaire.build import item_id
from unknot.screening.questionnaire.uses import named_in

KB = load()
HEALTHY = read_answers({"facts": {"age": 40}, "answered": ["booking"]}, KB)
FORM = check(HEALTHY, KB)
ITEMS = {item.id: item for item in FORM.items()}
GROUPS = frozenset(group.id for group in FORM.groups)
CLAUSES = {
    f"{rule.id}-{n}": (rule, clause)
    for rule in KB.rules.values()
    if rule.stage in ("day", "hands_on")
    for n, clause in enumerate(rule.when)
}
every_clause = pytest.mark.parametrize(("rule", "clause"), CLAUSES.values(), ids=CLAUSES.keys())
Ticked = dict[str, dict[str, str]]


def measured(clause: Clause, change: float = 0) -> Ticked:
    """What was measured: just at the clause's limit, or so much beside it."""
    ticked: Ticked = {}
    for key, gate in (
        ("bp_systolic", "gate.blood_pressure"),
        ("bp_diastolic", "gate.blood_pressure"),
        ("temperature_c", "gate.temperature"),
    ):
        limit = getattr(clause, f"{key}_gte")
        if limit is not None:
            ticked.setdefault(gate, {})[key] = f"{limit + change:g}"
    return ticked


def ways(clause: Clause) -> Iterator[Ticked]:
    """Every way to answer the qualifiers of the clause's facts."""
    items = [ITEMS[item_id(key, KB)] for key in sorted(named_in(clause))]
    asked = [(item.id, q.key, q.choices) for item in items for q in item.qualifiers]
    for chosen in product(*(choices for _, _, choices in asked)):
        ticked: Ticked = {item.id: {} for item in items}
        for (id_, key, _), choice in zip(asked, chosen, strict=True):
            ticked[id_][key] = choice.value
        yield {**ticked, **measured(clause)}


def holds(
    rule: Rule, clause: Clause, ticked: Ticked, *, days: int = 0, pressed: tuple[Place, ...] = ()
) -> bool:
    booked = on_the_day(HEALTHY, days)
    today = read_answers(answers_today(Selection(ticked=ticked), FORM, booked, KB), KB)
    day = merged(booked, today, KB, pressed=pressed)
    return clause in [match.clause for match in matches(rule, ground(day.facts, KB), KB)]


def given(clause: Clause) -> dict[str, Any]:
    """What the clause wants that the form does not ask."""
    return {
        "days": int(clause.intake_age_days_gte or 0),
        "pressed": tuple(KB.places(clause.region_in[0])) if clause.region_in else (),
    }


@every_clause
def test_the_check_can_fire_every_clause(rule: Rule, clause: Clause) -> None:
    assert any(holds(rule, clause, ticked, **given(clause)) for ticked in ways(clause))


@every_clause
def test_a_near_miss_does_not_fire(rule: Rule, clause: Clause) -> None:
    """A fact less, a reading just below, a day less, a place less."""
    for ticked in ways(clause):
        for id_ in ticked:
            assert not holds(rule, clause, {k: v for k, v in ticked.items() if k != id_}, **given(clause))
        if below := measured(clause, -1):
            assert not holds(rule, clause, {**ticked, **below})
        if clause.region_in or clause.intake_age_days_gte:
            assert not holds(rule, clause, ticked, days=int(clause.intake_age_days_gte or 1) - 1)


@every_clause
def test_a_time_outside_the_limit_does_not_fire(rule: Rule, clause: Clause) -> None:
    limits = (clause.hours_lt, clause.days_lt)
    if any(limits):
        longest = {
            item.id: {q.key: q.choices[-1].value for q in item.qualifiers}
            for item in (ITEMS[item_id(key, KB)] for key in named_in(clause))
        }
        assert not holds(rule, clause, longest)


def test_both_stages_are_there() -> None:
    assert {rule.stage for rule, _ in CLAUSES.values()} == {"day", "hands_on"}
    assert len({rule.id for rule, _ in CLAUSES.values()}) == 20


def test_what_only_a_practitioner_can_tell_stands_in_the_check() -> None:
    for list_, kind in (*KB.vocabulary.fact_lists.items(), ("consent", "consent")):
        for id_ in KB.vocabulary.ids(kind):
            label = KB.labels.of(kind, id_)
            if label.who == "practitioner" and (kind != "technique" or id_ == "intraoral"):
                assert ITEMS[f"{list_}.{id_}"].who == "practitioner"


def test_emergencies_of_the_booking_fire_when_ticked_today() -> None:
    for id_ in ("symptoms.face_droop", "symptoms.saddle_numbness", "symptoms.chest_pain_now"):
        today = answers_today(Selection(ticked={id_: {}}), FORM, HEALTHY, KB)
        assert screen(merged(HEALTHY, read_answers(today, KB), KB), KB).decision == "emergency", id_
