"""From what a form gave to the answers document that ``read_answers`` takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Label
from unknot.screening.answers import Answers, Fact, Kind
from unknot.screening.matching import ground, matches
from unknot.screening.questionnaire.answered import Answered, Missing
from unknot.screening.questionnaire.build import questionnaire
from unknot.screening.questionnaire.form import Item, Qualifier, Questionnaire
from unknot.screening.questionnaire.given import told
from unknot.screening.questionnaire.qualifiers import SHARED
from unknot.screening.questionnaire.selection import Given, Selection
from unknot.screening.reading import VALUE_RANGES, read_answers
from unknot.screening.screen import open_if_unknown

PREGNANCY = "pregnancy"


def answers_from(
    selection: Selection, kb: KnowledgeBase, *, stage: str = "booking", lang: str = "en"
) -> dict[str, Any]:
    """
    The answers document of what was ticked; ``lang`` is the language of its error messages.

    - ``answered`` holds the stage once every group has its answer, else the rules all of whose items have.
    - ``unknown`` holds, for each "I don't know", exactly those rules that would fire were it true, all other
      facts as given.
    - Not ticking "pregnant" in an answered group, or where the group isn't asked, says "not pregnant".

    A qualifier that is missing is left out, and so counts as met (``missing`` lists what to ask still).
    Raises InputError where the age is missing or the selection contradicts itself, NoAnswer where a value is
    no answer to its question, UnknownId for an id that the questionnaire lacks.

    >>> from unknot.knowledge import load
    >>> answers_from(Selection(age=30, ticked={"symptoms.neck_pain": {"new": "no"}}), load())["facts"]
    {'age': 30, 'symptoms': [{'symptom': 'neck_pain', 'new': False}]}
    """
    form = questionnaire(kb, stage=stage, lang=lang)
    if selection.age is None:
        raise InputError(kb.labels.phrase["age_missing"].in_(form.lang))
    state = consistent(selection, form, kb)
    document = {"facts": facts_of(state, kb), "answered": _answered(state, kb)}
    if unknown := _unknown(state, document, kb):
        document["unknown"] = unknown
    read_answers(document, kb)
    return document


def missing(
    selection: Selection,
    kb: KnowledgeBase,
    *,
    stage: str = "booking",
    lang: str = "en",
    form: Questionnaire | None = None,
) -> Missing:
    """What the form of the stage, or the ``form`` given, should still ask, in the order of asking."""
    return Answered(selection, form or questionnaire(kb, stage=stage, lang=lang)).missing()


def contradictions(
    selection: Selection,
    kb: KnowledgeBase,
    *,
    stage: str = "booking",
    lang: str = "en",
    form: Questionnaire | None = None,
) -> dict[str, str]:
    """
    What of the selection contradicts itself, in words, by the id of the group or item where it does.

    It is held against the form of the stage, or against the ``form`` given.
    """
    state = Answered(selection, form or questionnaire(kb, stage=stage, lang=lang))
    state.refuse_unknown_ids()
    return state.contradictions(kb)


def consistent(selection: Selection, form: Questionnaire, kb: KnowledgeBase) -> Answered:
    """The selection held against its form; raises UnknownId, or InputError where it contradicts itself."""
    state = Answered(selection, form)
    state.refuse_unknown_ids()
    for contradiction in state.contradictions(kb).values():
        raise InputError(contradiction)
    return state


def facts_of(state: Answered, kb: KnowledgeBase) -> dict[str, Any]:
    """The facts of an answers document that a selection tells."""
    selection = state.selection
    facts: dict[str, Any] = {"age": selection.age}
    if selection.sex:
        facts["sex"] = selection.sex
    for item in state.items.values():
        given = selection.ticked.get(item.id)
        if given is None:
            continue
        qualifiers = _told_of(item, given, state, kb)
        for name in [key for key in qualifiers if key in VALUE_RANGES]:
            facts[name] = qualifiers.pop(name)
        add_fact(facts, item, qualifiers, kb)
    if _not_pregnant(state):
        facts[PREGNANCY] = False
    return facts


def _told_of(item: Item, given: Mapping[str, Given], state: Answered, kb: KnowledgeBase) -> dict[str, Any]:
    """The qualifiers of an item as the document writes them: given, and shared with its opener."""
    asked = {qualifier.key: qualifier for qualifier in item.qualifiers}
    for key in given:
        if key not in asked:
            raise InputError(f"{item.id} has no question {key!r}: {', '.join(asked) or 'none'}")
    qualifiers: dict[str, Any] = {}
    for qualifier, value in (*_shared(item, state, kb), *((q, given.get(q.key)) for q in item.qualifiers)):
        qualifiers |= told(item, qualifier, value, kb, state.form.lang)
    return qualifiers


def _shared(item: Item, state: Answered, kb: KnowledgeBase) -> Iterator[tuple[Qualifier, Given | None]]:
    """What an item takes over from a ticked one that opened it and that it implies: its time, its status."""
    for parent_id in state.parents.get(item.id, ()):
        parent = state.items[parent_id]
        kind = kb.vocabulary.fact_lists.get(item.list, "")
        if parent.list != item.list or f"{kind}.{item.fact}" not in kb.labels.of(kind, parent.fact).opens:
            continue
        for qualifier in parent.qualifiers:
            if qualifier.key in SHARED:
                yield qualifier, state.selection.ticked.get(parent_id, {}).get(qualifier.key)


def add_fact(facts: dict[str, Any], item: Item, qualifiers: Mapping[str, Any], kb: KnowledgeBase) -> None:
    """Add to the facts of a document what an item tells: an entry of a list, or a single value."""
    if item.list in kb.vocabulary.fact_lists:
        facts.setdefault(item.list, []).append(entry_of(item, qualifiers, kb))
    elif item.list:
        facts[item.list] = item.fact
    elif item.fact:
        facts[item.fact] = True


def entry_of(item: Item, qualifiers: Mapping[str, Any], kb: KnowledgeBase) -> str | dict[str, Any]:
    """The entry of its list that an item gives, with these qualifiers and those that its label says."""
    kind = kb.vocabulary.fact_lists[item.list]
    label = kb.labels.of(kind, item.fact)
    newer = label.if_new if qualifiers.get("new") is not False else None
    said = {**_said_by(label), **qualifiers}
    return {kind: newer or item.fact, **said} if said else newer or item.fact


def _said_by(label: Label) -> dict[str, Any]:
    return {key: list(said) if isinstance(said, tuple) else said for key, said in label.given.items()}


def _not_pregnant(state: Answered) -> bool:
    """Whether pregnancy was asked, or can't apply, and wasn't ticked."""
    if PREGNANCY in state.selection.ticked or PREGNANCY in state.selection.unknown:
        return False
    group = state.homes.get(PREGNANCY)
    return group is not None and state.group_answered(group)


def _answered(state: Answered, kb: KnowledgeBase) -> list[str]:
    stages = state.form.stages
    if state.all_answered():
        return [*stages]
    return [r.id for r in kb.rules.values() if r.stage in stages and state.rule_answered(r.id)]


def _unknown(state: Answered, document: dict[str, Any], kb: KnowledgeBase) -> list[str]:
    """The rules that any one of the unknown items would fire, were it true."""
    if not state.selection.unknown:
        return []
    answers = read_answers(document, kb)
    left_open = {rule for item in unknown_items(state) for rule in open_if(item, answers, kb)}
    return [rule for rule in kb.rules if rule in left_open]


def unknown_items(state: Answered) -> Iterator[Item]:
    """The items marked "I don't know"; for a gate all that it asks for."""
    for id_ in sorted(state.selection.unknown):
        item = state.items[id_]
        yield from item.follow_ups if not item.fact else (item,)


def open_if(item: Item, answers: Answers, kb: KnowledgeBase) -> tuple[str, ...]:
    """The rules that "I don't know" to an item leaves open: those that would fire were it true."""
    if item.list not in kb.vocabulary.fact_lists:
        single: dict[str, Any] = {}
        add_fact(single, item, {}, kb)
        return _open_if_value(single, answers, kb)
    kind = cast("Kind", kb.vocabulary.fact_lists[item.list])
    label = kb.labels.of(kind, item.fact)
    said = {key: value for key, value in _said_by(label).items() if key != "place"}
    return open_if_unknown(answers, Fact(kind, label.if_new or item.fact, **said), kb)


def _open_if_value(single: Mapping[str, Any], answers: Answers, kb: KnowledgeBase) -> tuple[str, ...]:
    as_given = ground(answers.facts, kb)
    supposed = ground(msgspec.structs.replace(answers.facts, **single), kb)
    return tuple(
        rule.id
        for rule in kb.rules.values()
        if matches(rule, supposed, kb) and not matches(rule, as_given, kb)
    )
