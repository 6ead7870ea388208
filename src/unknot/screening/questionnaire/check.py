"""
The check at the start of a session: what is new since the booking, and what the booking left open.

    booked = on_the_day(read_answers(document, kb), days)      the booking's answers as they are today
    form = check(booked, kb, lang="es")                        what to ask
    left = missing(selection, kb, form=form)                   what the form should still ask
    today = answers_today(selection, form, booked, kb)         what ``read_answers`` takes, to be kept
    answers = merged(booked, read_answers(today, kb), kb)      what ``screen`` takes
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import msgspec

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import split_id
from unknot.knowledge.screening import Rule
from unknot.screening.answers import Answers
from unknot.screening.matching import ground, matches
from unknot.screening.merging import merged
from unknot.screening.open_questions import open_questions
from unknot.screening.questionnaire.answered import Answered
from unknot.screening.questionnaire.build import (
    LATER,
    Layout,
    form_of,
    item_id,
    later_layout,
    questionnaire,
    spoken,
)
from unknot.screening.questionnaire.document import consistent, facts_of, open_if, unknown_items
from unknot.screening.questionnaire.form import Applies, Group, Item, Questionnaire
from unknot.screening.questionnaire.selection import Selection
from unknot.screening.questionnaire.uses import PREGNANCY, Key
from unknot.screening.reading import read_answers

WITH_TOLD = "with_told"
"""The group of what matters with the facts that the booking knows."""
LISTED = 12
"""So many rare items are listed; more stand behind a search."""


def check(
    booked: Answers, kb: KnowledgeBase, *, stages: Collection[str] = LATER, lang: str = "en"
) -> Questionnaire:
    """
    What is asked on the day of somebody with these answers, which are as they are on that day.

    First what the booking left open, then what matters with what it knows, then what may be new to anybody:
    the client's groups (``day``) before the practitioner's (``hands_on``); one of the ``stages`` alone asks
    its part. Age and sex are known. Raises InputError for another stage, UnknownId for another language.

    >>> from unknot.knowledge import load
    >>> booked = read_answers({"facts": {"age": 30}, "answered": ["booking"]}, load())
    >>> [group.id for group in check(booked, load()).groups]
    ['new_signs', 'today', 'last_days', 'seen', 'agreed']
    """
    if not stages or not set(stages) <= set(LATER):
        raise InputError(
            f"the check asks for {' and '.join(LATER)}, not for {', '.join(stages) or 'nothing'}"
        )
    layout = later_layout(kb, spoken(lang))
    first = [*left_open(booked, kb, lang=lang)]
    if "day" in stages:
        first += _with_told(booked, _ids(first), layout, kb)
    asked = _ids(first)
    rest = (
        msgspec.structs.replace(group, items=tuple(item for item in group.items if item.id not in asked))
        for group in layout.groups(stages)
    )
    in_order = tuple(stage for stage in LATER if stage in stages)
    return form_of(in_order, (*first, *(group for group in rest if group.items)), layout.ask)


def left_open(booked: Answers, kb: KnowledgeBase, *, lang: str = "en") -> tuple[Group, ...]:
    """
    What the booking left open, as the groups of its questionnaire, of which only that is kept.

    Of a rule that is not known those items are asked that would fire it; of one that is unanswered all that
    were not told. An answer "no" to all of them closes the rule.
    """
    form, layout = questionnaire(kb, lang=lang), later_layout(kb, spoken(lang))
    wanted, told = _wanted(booked, form, kb), _told(booked, kb)
    denied = PREGNANCY if booked.facts.pregnancy is False else None
    taken: set[str] = set()
    groups = []
    for group in form.groups:
        if not group.asked_of.to(booked.facts.age, booked.facts.sex):
            continue
        items = {
            one.id: layout.item(_key_of(one, kb))
            for item in group.items
            if _key_of(item, kb) != denied
            for one in _topmost(item, wanted, told, kb)
            if one.id not in taken
        }
        taken |= items.keys()
        if items:
            groups.append(_reduced(group, tuple(items.values())))
    return tuple(groups)


def answers_today(
    selection: Selection, form: Questionnaire, booked: Answers, kb: KnowledgeBase
) -> dict[str, Any]:
    """
    The answers document of what was ticked on a ``check``: only what it adds to the answers ``booked``.

    - ``answered`` holds the form's stages, and the rules left open at booking that are answered now.
    - ``unknown`` holds the rules of these stages that are not answered, and those that an "I don't know", or
      a family of signs ticked without saying which, leaves open after all that was told, then and now.

    Raises as ``answers_from`` does.
    """
    known = booked.facts
    state = consistent(msgspec.structs.replace(selection, age=known.age, sex=known.sex), form, kb)
    document = {"facts": facts_of(state, kb)}
    now = merged(booked, read_answers(document, kb), kb)
    unknown = {rule for item in _not_known(state) for rule in open_if(item, now, kb)}
    unknown |= {r.id for r in kb.rules.values() if r.stage in form.stages and not state.rule_answered(r.id)}
    settled = [rule.id for rule in _open_rules(booked, kb) if state.rule_answered(rule.id)]
    return {
        **document,
        "answered": [*form.stages, *settled],
        "unknown": [rule for rule in kb.rules if rule in unknown],
    }


def _with_told(booked: Answers, asked: Collection[str], layout: Layout, kb: KnowledgeBase) -> Iterator[Group]:
    """The symptoms that matter with what the booking knows of, and that it doesn't know of."""
    told = _told(booked, kb)
    opened = (
        key
        for opener, keys in layout.companions.items()
        if opener in told and opener[0] != "symptom"
        for key in keys
        if key[0] == "symptom" and key not in told
    )
    items = tuple(layout.item(key) for key in dict.fromkeys(opened) if item_id(key, kb) not in asked)
    if items:
        yield layout.group(WITH_TOLD, items)


def _wanted(booked: Answers, form: Questionnaire, kb: KnowledgeBase) -> frozenset[str]:
    """The items of the booking's form that can settle what it left open."""
    told = _told(booked, kb)
    known = PREGNANCY if booked.facts.pregnancy is not None else None
    items = [item for item in form.items() if item.fact and _key_of(item, kb) != known]
    wanted: set[str] = set()
    for rule in _open_rules(booked, kb):
        helping = [item for item in items if rule.id in item.rules]
        untold = [item for item in helping if _key_of(item, kb) not in told]
        firing = [] if _unanswered(rule, booked) else [i for i in untold if rule.id in open_if(i, booked, kb)]
        # A fact that has aged since may keep each of them from firing it alone: then all are asked.
        wanted |= {item.id for item in firing or untold or helping}
    return frozenset(wanted)


def _open_rules(booked: Answers, kb: KnowledgeBase) -> Iterator[Rule]:
    """The rules of the booking that are still open."""
    on = ground(booked.facts, kb)
    fired = {rule.id for rule in kb.rules.values() if matches(rule, on, kb)}
    open_ = open_questions(booked, fired, kb).open
    return (kb.rules[id_] for id_ in open_ if kb.rules[id_].stage == "booking")


def _unanswered(rule: Rule, booked: Answers) -> bool:
    return booked.answered.isdisjoint((rule.stage, rule.id))


def _told(booked: Answers, kb: KnowledgeBase) -> frozenset[Key]:
    """Every fact that is known, implied ones too."""
    pregnant = [PREGNANCY] if booked.facts.pregnancy else []
    return frozenset((*ground(booked.facts, kb).by_key, *pregnant))


def _key_of(item: Item, kb: KnowledgeBase) -> Key:
    return (kb.vocabulary.fact_lists.get(item.list, "value"), item.fact) if item.fact else split_id(item.id)


def _topmost(item: Item, wanted: Collection[str], told: Collection[Key], kb: KnowledgeBase) -> Iterator[Item]:
    """
    The wanted ones of an item and its follow-ups; what stands under a wanted one comes with it.

    A follow-up makes no sense without what opens it, unless that is told already.
    """
    below = [one for follow_up in item.follow_ups for one in _topmost(follow_up, wanted, told, kb)]
    whole_family = bool(below) and below == [*item.follow_ups]
    if item.id in wanted or (whole_family if not item.fact else below and _key_of(item, kb) not in told):
        yield item
    else:
        yield from below


def _reduced(group: Group, items: tuple[Item, ...]) -> Group:
    """A group of which only these items are asked; a few rare ones are listed without a search."""
    searched = group.searched and len(items) > LISTED
    lead = group.lead if searched == group.searched else ""
    return msgspec.structs.replace(group, items=items, lead=lead, searched=searched, asked_of=Applies())


def _not_known(state: Answered) -> Iterator[Item]:
    """The items marked "I don't know", and those of a tick that asks which and was given none."""
    yield from unknown_items(state)
    for id_ in state.missing().follow_ups:
        yield from state.items[id_].follow_ups


def _ids(groups: Iterable[Group]) -> frozenset[str]:
    return frozenset(item.id for group in groups for item in group.items)
