"""
Is it safe, and how must it be adapted? Answers in, one decision out (FORMAT, "Screening rules").

It screens, it does not diagnose: every rule and its sources stand in ``screening.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.labels import Lang
from unknot.knowledge.screening import Rule
from unknot.screening import adaptations
from unknot.screening.answers import Answers, Fact, Facts
from unknot.screening.firing import URGENCIES, FiredRule, fired_rules
from unknot.screening.matching import Ground, ground, matches
from unknot.screening.needs import needs
from unknot.screening.open_questions import open_questions
from unknot.screening.places import body
from unknot.screening.result import STOPPING, STRICTNESS, Decision, Fired, Screening, Treatable
from unknot.screening.words import Speaker


def screen(
    answers: Answers,
    kb: KnowledgeBase,
    *,
    marked: Iterable[Place] = (),
    pressed: Iterable[Place] = (),
    lang: Lang = "en",
) -> Screening:
    """
    The decision, why, and every adaptation.

    ``marked`` are the places that the client marked when asked where a thing is: they place the facts that
    have no place of their own. The pain drawing is no such mark. ``pressed`` are places where hands will
    press (``press_at`` of what is planned); they are added to the answers' ``regions``. ``lang`` is the
    language of ``why``, ``action`` and ``needs``; the rules' notes for the practitioner are English.

    Every fact that was given counts, whatever stage was reached; the stage says only which questions can be
    open. Where no position is left that all rules allow, the decision is at least ``clearance``.

    >>> from unknot.knowledge import load
    >>> from unknot.screening import read_answers
    >>> kb = load()
    >>> screen(read_answers({"facts": {"age": 30}, "answered": ["booking"]}, kb), kb).decision
    'proceed'
    """
    on = ground(answers.facts, kb, pressed=pressed)
    fired = fired_rules(answers, on, kb, marked=tuple(marked))
    questions = open_questions(answers, {f.rule.id for f in fired}, kb)
    here, say = body(kb), Speaker(kb, lang)
    pressure_max, pressure_pain_max = adaptations.body_caps(fired)
    positions = adaptations.positions(fired, kb)
    off = adaptations.switched_off(fired, here)
    return Screening(
        decision=_decision(fired, positions),
        held=questions.held,
        treatable=_treatable(fired),
        urgency=min((f.urgency for f in fired if f.urgency), key=URGENCIES.index, default=None),
        fired=tuple(_shown(f, on, say) for f in fired),
        avoid_regions=adaptations.avoided(fired, here),
        light_only=adaptations.light_only(fired, here),
        pressure_max=pressure_max,
        pressure_pain_max=pressure_pain_max,
        caps=adaptations.place_caps(fired, here),
        positions=positions,
        max_minutes=adaptations.smallest(fired, "max_minutes"),
        techniques_off=tuple(sorted({tag for o in off for tag in o.techniques})),
        means_off=tuple(sorted({means for o in off for means in o.means})),
        off=off,
        notes=adaptations.notes(fired),
        needs=needs(fired, positions, say),
        ask=questions.ask,
        unanswered=questions.open,
        decision_elsewhere=_decision(fired, positions, elsewhere=True),
        unplaced=any(adaptations.asks_for_place(f) for f in fired),
        working_pain=adaptations.working_pain(fired),
        hold_seconds_max=adaptations.smallest(fired, "hold_seconds_max"),
        deep_minutes_max=adaptations.smallest(fired, "deep_minutes_max"),
        hours_between_deep_sessions=adaptations.greatest(fired, "hours_between_deep_sessions"),
        gap_after_meal_minutes=adaptations.greatest(fired, "gap_after_meal_minutes"),
    )


class SymptomFlag(msgspec.Struct, frozen=True):
    """A rule that bare symptoms fire, with those of them that do."""

    rule: Rule
    symptoms: tuple[str, ...]


def fired_by_symptoms(symptoms: Iterable[str], kb: KnowledgeBase) -> tuple[SymptomFlag, ...]:
    """
    The emergencies and other red flags that symptoms alone already fire, strictest first.

    Nothing else is known here, not even the age, so rules that need more don't fire. Rules that only adapt
    are left out. Raises UnknownId for a symptom that the vocabulary lacks.
    """
    told = []
    for symptom in symptoms:
        if symptom not in kb.vocabulary.symptom:
            raise UnknownId("symptom", symptom, kb.vocabulary.symptom)
        told.append(Fact("symptom", symptom))
    on = ground(Facts(told=tuple(told)), kb)
    flags = [
        SymptomFlag(rule, _symptoms_of(rule, on, kb))
        for rule in kb.rules.values()
        if rule.category in STOPPING and matches(rule, on, kb)
    ]
    return tuple(sorted(flags, key=lambda flag: -STRICTNESS.index(flag.rule.category)))


def open_if_unknown(answers: Answers, fact: Fact, kb: KnowledgeBase) -> tuple[str, ...]:
    """The rules that "I don't know" about a fact leaves open: those that would fire were it true."""
    facts = answers.facts
    supposed = ground(msgspec.structs.replace(facts, told=(*facts.told, fact)), kb)
    as_given = ground(facts, kb)
    return tuple(
        rule.id
        for rule in kb.rules.values()
        if matches(rule, supposed, kb) and not matches(rule, as_given, kb)
    )


def to_json(screening: Screening) -> dict[str, Any]:
    """The result as FORMAT writes it, in plain lists and dictionaries; further fields come last."""
    document: dict[str, Any] = _with_places_as_text(screening)
    return document


def _shown(fired: FiredRule, on: Ground, say: Speaker) -> Fired:
    return Fired(
        rule=fired.rule.id,
        category=fired.category,
        urgency=fired.urgency,
        why=say.why(fired.rule, fired.held, on),
        action=say.action(fired.rule),
        cleared=fired.clearance is not None,
        standing=fired.standing,
    )


def _decision(
    fired: Sequence[FiredRule], positions: tuple[str, ...] | None, *, elsewhere: bool = False
) -> Decision:
    decided: list[Decision] = [
        "local" if elsewhere and f.closes_a_place else f.category for f in fired if not f.standing
    ]
    if positions == ():
        decided.append("clearance")
    return max(decided, key=STRICTNESS.index, default="proceed")


def _treatable(fired: Sequence[FiredRule]) -> Treatable:
    if any(f.closes for f in fired):
        return "none"
    return "elsewhere" if any(f.closes_a_place for f in fired) else "all"


def _symptoms_of(rule: Rule, on: Ground, kb: KnowledgeBase) -> tuple[str, ...]:
    told = (on.told_as[f].id for match in matches(rule, on, kb) for group in match.facts for f in group)
    return tuple(dict.fromkeys(told))


def _with_places_as_text(value: Any) -> Any:
    if isinstance(value, Place):
        return str(value)
    if isinstance(value, tuple):
        return [_with_places_as_text(v) for v in value]
    if isinstance(value, msgspec.Struct):
        return {name: _with_places_as_text(getattr(value, name)) for name in value.__struct_fields__}
    return value
