"""
Every clause of a booking rule can be fired through the questionnaire's own items, and none needs another way.

For each clause the items that give its facts are ticked, and their qualifiers answered in every way that the
form offers, until the clause holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from unknot.knowledge import load
from unknot.knowledge.labels import implied_by, split_id
from unknot.knowledge.screening import Clause, Rule
from unknot.screening import read_answers
from unknot.screening.matching import ground, matches
from unknot.screening.questionnaire import Item, Qualifier, Selection, answers_from, questionnaire
from unknot.screening.questionnaire.uses import ASKED_KINDS, named_in

KB = load()
FORM = questionnaire(KB)
ITEMS = FORM.items()
KIND_OF = dict(KB.vocabulary.fact_lists)
AGES = (17, 30, 49, 50, 65)
NUMBERS = {"pregnancy_week": ("10", "20", "30"), "bp_systolic": ("", "200"), "bp_diastolic": ("", "125")}


def givers(kind: str, id_: str) -> tuple[Item, ...]:
    """The items whose tick gives a fact, plainest first."""
    if kind == "allergy":
        return tuple(item for item in ITEMS if item.list == "allergies")
    label = KB.labels.of(kind, id_)
    if label.covered_by:
        return tuple(item for covering in label.covered_by for item in givers(*split_id(covering)))
    found = [
        item
        for item in ITEMS
        if item.fact == id_
        or (KIND_OF.get(item.list) == kind and id_ in implied_by(kind, item.fact, KB.implies))
    ]
    return tuple(
        sorted((i for i in found if KIND_OF.get(i.list, "value") == kind), key=lambda i: i.fact != id_)
    )


def practitioners_only(clause: Clause) -> bool:
    return any(
        kind in ASKED_KINDS and id_ != "any" and KB.labels.of(kind, id_).who == "practitioner"
        for kind, id_ in named_in(clause)
    )


CLAUSES = {
    f"{rule.id}-{n}": (rule, n)
    for rule in KB.rules.values()
    if rule.stage == "booking"
    for n, clause in enumerate(rule.when)
    if not practitioners_only(clause)
}


def offered(qualifier: Qualifier) -> tuple[str, ...]:
    return tuple(choice.value for choice in qualifier.choices) or NUMBERS[qualifier.key]


def ways(items: tuple[Item, ...]) -> Iterator[dict[str, dict[str, str]]]:
    """Every way to answer the qualifiers of ticked items."""
    asked = [(item.id, q) for item in items for q in item.qualifiers]
    for chosen in product(*(offered(q) for _, q in asked)):
        ticked: dict[str, dict[str, str]] = {item.id: {} for item in items}
        for (item, q), value in zip(asked, chosen, strict=True):
            if value:
                ticked[item][q.key] = value
        yield ticked


def sets_of_items(clause: Clause) -> Iterator[tuple[Item, ...]]:
    keys = sorted(named_in(clause))
    for chosen in product(*(givers(*key)[:2] for key in keys)):
        if not clause.score:
            yield chosen
            continue
        counted = [
            item
            for scored in KB.scores[clause.score].items
            for key in sorted(named_in(scored.when[0]))
            for item in givers(*key)[:1]
        ]
        yield (*chosen, *counted[2 : 2 + int(clause.gte or 1)])
    if not keys and not clause.score:
        yield tuple(item for item in ITEMS if item.id == "conditions.hypertension")


def ages(clause: Clause) -> tuple[int, ...]:
    return AGES if clause.age_gte or clause.age_lt else (30,)


def told_otherwise(clause: Clause) -> bool:
    """Whether the form tells a fact of the clause by another id, or with a status that its label says."""
    labels = [KB.labels.of(*key) for key in named_in(clause) if key[0] in ASKED_KINDS and key[1] != "any"]
    return any(label.covered_by or label.if_new or label.given.get("status") for label in labels)


def holds(rule: Rule, clause: Clause, ticked: dict[str, dict[str, str]], age: int) -> bool:
    document = answers_from(Selection(age=age, ticked=ticked), KB)
    held = [m.clause for m in matches(rule, ground(read_answers(document, KB).facts, KB), KB)]
    return clause in held or (bool(held) and told_otherwise(clause))


@pytest.mark.parametrize(("rule", "n"), CLAUSES.values(), ids=CLAUSES.keys())
def test_the_form_can_fire_every_clause(rule: Rule, n: int) -> None:
    clause = rule.when[n]
    assert any(
        holds(rule, clause, ticked, age)
        for items in sets_of_items(clause)
        for ticked in ways(items)
        for age in ages(clause)
    )


def test_every_booking_rule_has_such_a_clause() -> None:
    booking = {rule.id for rule in KB.rules.values() if rule.stage == "booking"}
    assert {rule.id for rule, _ in CLAUSES.values()} == booking


def test_an_item_knows_the_rules_that_it_helps_to_fire() -> None:
    for rule, n in CLAUSES.values():
        for kind, id_ in named_in(rule.when[n]):
            if kind != "allergy" and not KB.labels.of(kind, id_).covered_by:
                assert rule.id in givers(kind, id_)[0].rules, (kind, id_, rule.id)
