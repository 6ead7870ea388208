"""
Every clause of the rule base, but the standing ones: answers that fire it, and near misses that don't.

Both are made from the clause itself. A firing document gives each thing that the clause names, with every
number just inside its limit; a near miss changes one thing only: a subject is left out, a number stands
just outside, a status is another one, a value was never told.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from unknot.knowledge import load
from unknot.knowledge.screening import Clause
from unknot.screening import read_answers, screen
from unknot.screening.matching import ground, matches

KB = load()
LIST_OF = {kind: key for key, kind in KB.vocabulary.fact_lists.items()}
CLAUSES = {
    f"{rule.id}-{n}": (rule, clause)
    for rule in KB.rules.values()
    if rule.stage != "standing"
    for n, clause in enumerate(rule.when)
}
every_clause = pytest.mark.parametrize(("rule", "clause"), CLAUSES.values(), ids=CLAUSES.keys())

SUBJECTS = {
    **{kind: kind for kind in LIST_OF},
    "also_condition": "condition",
    "also_symptom": "symptom",
    "with_symptom": "symptom",
    "also_medication": "medication",
    "also_event": "event",
}
VALUES = ("age", "bp_systolic", "bp_diastolic", "temperature_c", "pregnancy_week", "intake_age_days")
TIME_OWNERS = ("event", "medication", "condition", "symptom")


def firing_facts(clause: Clause) -> dict[str, Any]:
    facts: dict[str, Any] = {"age": 40}
    for key, kind in SUBJECTS.items():
        if id_ := getattr(clause, key):
            told = {kind: "latex" if id_ == "any" else id_}
            if key == kind:
                told |= qualifiers(clause, kind)
            facts.setdefault(LIST_OF[kind], []).append(told)
    facts |= {name: inside for name in VALUES if (inside := just_inside(clause, name)) is not None}
    facts |= {
        key: told for key in ("pregnancy", "consent", "intake") if (told := getattr(clause, key)) is not None
    }
    if clause.region_in:
        facts["regions"] = [clause.region_in[0]]
    if clause.score:
        facts["scores"] = {clause.score: clause.gte}
    return facts


def qualifiers(clause: Clause, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if kind == next((owner for owner in TIME_OWNERS if getattr(clause, owner)), None):
        told |= {
            f"{unit}_ago": n
            for unit in ("hours", "days", "weeks")
            if (n := just_inside(clause, unit)) is not None
        }
    if kind == "symptom":
        told |= {"new": clause.new, "after": clause.after, "percent": clause.percent_gte}
        told |= {} if clause.score else {"value": clause.gte}
    if kind == "condition":
        told |= {"status": clause.status, "level": clause.level_at_or_above}
    if kind == "medication":
        told |= {"for_weeks": clause.for_weeks_gte, "days_per_month": clause.days_per_month_gte}
    # One time only: of "3 days to 3 weeks" the days are told.
    if "days_ago" in told:
        told.pop("weeks_ago", None)
    return {key: value for key, value in told.items() if value is not None}


def just_inside(clause: Clause, name: str) -> float | None:
    at_least, below = getattr(clause, f"{name}_gte", None), getattr(clause, f"{name}_lt", None)
    if at_least is not None:
        return at_least
    return None if below is None else below - 1


def just_outside(clause: Clause, name: str) -> list[float]:
    at_least, below = getattr(clause, f"{name}_gte", None), getattr(clause, f"{name}_lt", None)
    return [*([at_least - 1] if at_least is not None else []), *([below] if below is not None else [])]


def near_misses(clause: Clause) -> Iterator[dict[str, Any]]:
    facts = firing_facts(clause)
    yield from without_a_subject(facts)
    yield from with_another_qualifier(facts, clause)
    yield from with_another_value(facts, clause)


def without_a_subject(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in LIST_OF.values():
        for n in range(len(facts.get(key, []))):
            miss = deepcopy(facts)
            del miss[key][n]
            yield miss


def with_another_qualifier(facts: dict[str, Any], clause: Clause) -> Iterator[dict[str, Any]]:
    for key in LIST_OF.values():
        for n, told in enumerate(facts.get(key, [])):
            for qualifier in told.keys() & set(KB.vocabulary.qualifiers):
                for other in other_values(clause, qualifier, told[qualifier]):
                    miss = deepcopy(facts)
                    miss[key][n][qualifier] = other
                    yield miss


def other_values(clause: Clause, qualifier: str, fitting: Any) -> list[Any]:
    words = {"status": KB.vocabulary.status, "after": KB.vocabulary.after}
    if qualifier in words:
        return [word for word in words[qualifier] if word != fitting]
    if qualifier == "new":
        return [False]
    if qualifier == "level":
        return [KB.vocabulary.level[KB.vocabulary.level.index(fitting) + 1]]
    if qualifier == "value":
        return [fitting - 0.5]
    return just_outside(clause, qualifier.removesuffix("_ago"))


def with_another_value(facts: dict[str, Any], clause: Clause) -> Iterator[dict[str, Any]]:
    for name in VALUES:
        for outside in just_outside(clause, name):
            yield facts | {name: outside}
        if name in facts and name not in ("age", "pregnancy_week"):
            yield {key: value for key, value in facts.items() if key != name}
    if clause.pregnancy:
        yield {key: value for key, value in facts.items() if key != "pregnancy_week"} | {"pregnancy": False}
    if clause.score:
        yield facts | {"scores": {clause.score: clause.gte - 1}}
    for key in ("consent", "intake", "regions"):
        if key in facts:
            yield {k: v for k, v in facts.items() if k != key}
    if clause.consent:
        yield from (facts | {"consent": c} for c in KB.vocabulary.consent if c != clause.consent)
    if clause.region_in:
        yield facts | {"regions": ["forearm_dorsal:left"]}


def fired(facts: dict[str, Any]) -> set[str]:
    return {f.rule for f in screen(read_answers({"facts": facts}, KB), KB).fired}


@every_clause
def test_answers_that_fire_it(rule, clause):
    facts = firing_facts(clause)
    assert rule.id in fired(facts)
    assert clause in held_clauses(rule, facts)


@every_clause
def test_a_qualifier_that_was_not_told_counts_as_met(rule, clause):
    facts = firing_facts(clause)
    for key, kind in KB.vocabulary.fact_lists.items():
        if key in facts:
            facts[key] = [told[kind] for told in facts[key]]
    assert clause in held_clauses(rule, facts)


@every_clause
@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_says_why_in_words(rule, clause, lang):
    answers = read_answers({"facts": firing_facts(clause)}, KB)
    (why,) = [f.why for f in screen(answers, KB, lang=lang).fired if f.rule == rule.id]
    assert why
    assert "_" not in why


@every_clause
def test_near_misses_that_do_not(rule, clause):
    misses = list(near_misses(clause))
    assert misses
    for miss in misses:
        assert clause not in held_clauses(rule, miss), miss
        if len(rule.when) == 1:
            assert rule.id not in fired(miss), miss


def held_clauses(rule, facts):
    return [match.clause for match in matches(rule, ground(read_answers({"facts": facts}, KB).facts, KB), KB)]
