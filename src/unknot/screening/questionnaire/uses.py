"""
What the rules want to know of each fact, read off their clauses.

A fact is used by the clauses that name it and by those that name what it implies; the items of a score count
as clauses of the rules that compare that score. From its uses follow the questions that a tick opens: no
clause, no question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Who, implied_by
from unknot.knowledge.screening import Adaptation, Clause, Rule
from unknot.screening.answers import TimeUnit
from unknot.screening.matching import ALSO, ANY_ALLERGY, OTHERS, QUALIFIED, TIME_OWNERS
from unknot.screening.places import is_token
from unknot.screening.times import HOURS

Key = tuple[str, str]
"""Kind and id of a fact: ``("condition", "cancer")``; ``PREGNANCY`` for the value."""

PREGNANCY: Key = ("value", "pregnancy")
SINGLE_KINDS = ("consent", "intake")
"""The kinds of which only one id can hold."""
ASKED_KINDS = (
    "condition", "symptom", "medication", "event", "device", "allergy", "preference",
    "practitioner", "technique", *SINGLE_KINDS,
)  # fmt: skip
"""The kinds of facts that are asked; a label says whether a client can tell one, or a practitioner only."""
TRIGGER_ORDER = ("condition", "event", "medication", "device", "value", "symptom")
"""Which fact of a clause opens the question for another one: what is had for long before what is felt."""


class Use(msgspec.Struct, frozen=True):
    """
    A clause that names a fact, and the rule that it helps to fire.

    ``qualified``: the clause's qualifiers are held against this fact. ``placed``: the fact is the clause's
    first, whose place and time the rule's adaptation asks for; never so in an item of a score.
    """

    rule: Rule
    clause: Clause
    qualified: bool
    placed: bool


class Uses:
    """The uses of every fact, by kind and id."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._direct: dict[Key, list[Use]] = {}
        for rule in kb.rules.values():
            for clause in rule.when:
                self._add(rule, clause, scored=False)
                for item in kb.scores[clause.score].items if clause.score else ():
                    for counted in item.when:
                        self._add(rule, counted, scored=True)

    def _add(self, rule: Rule, clause: Clause, *, scored: bool) -> None:
        named = _named(clause)
        for number, (key, qualified) in enumerate(named):
            use = Use(rule, clause, qualified=qualified, placed=number == 0 and not scored)
            self._direct.setdefault(key, []).append(use)

    def direct(self, key: Key) -> tuple[Use, ...]:
        """The clauses that name a fact itself; an allergy is named by ``any``."""
        kind, _ = key
        anyone = self._direct.get(("allergy", ANY_ALLERGY), []) if kind == "allergy" else []
        return (*self._direct.get(key, []), *anyone)

    def of(self, key: Key) -> tuple[Use, ...]:
        """The clauses that name a fact or what it implies."""
        kind, id_ = key
        implied = sorted(implied_by(kind, id_, self._kb.implies))
        return tuple(use for one in implied for use in self.direct((kind, one)))

    def asked_at(self, stages: Collection[str], who: Collection[Who]) -> tuple[Key, ...]:
        """The facts that rules of the stages use and that these can tell, in the order of the vocabulary."""
        keys = [(kind, id_) for kind in ASKED_KINDS for id_ in self._kb.vocabulary.ids(kind)]
        return tuple(
            key
            for key in (PREGNANCY, *keys)
            if self._told_by(key, who) and any(use.rule.stage in stages for use in self.of(key))
        )

    def _told_by(self, key: Key, who: Collection[Who]) -> bool:
        label = self._kb.labels.of(*key)
        return label.who in who and not label.covered_by

    def rules(self, key: Key, stages: Collection[str]) -> tuple[str, ...]:
        """The rules of the stages that a fact can help to fire, in the order of the rules."""
        used = {use.rule.id for use in self.of(key)}
        return tuple(rule.id for rule in self._kb.rules.values() if rule.stage in stages and rule.id in used)


@lru_cache(maxsize=2)
def uses(kb: KnowledgeBase) -> Uses:
    """The uses of all facts; one object a knowledge base."""
    return Uses(kb)


def named_in(clause: Clause) -> frozenset[Key]:
    """The facts that a clause names."""
    return frozenset(key for key, _ in _named(clause))


def statuses(found: Iterable[Use], kind: str) -> frozenset[str]:
    """The statuses that clauses name for a condition."""
    named = {use.clause.status for use in found if use.qualified and kind == "condition"}
    return frozenset(status for status in named if status)


def asks_new(found: Iterable[Use], kind: str) -> bool:
    """Whether a clause wants to know if a symptom is new."""
    return kind == "symptom" and any(use.qualified and use.clause.new for use in found)


def asks_place(found: Iterable[Use]) -> bool:
    """Whether an adaptation needs to know where the fact is."""
    return any(use.placed and _placing(use.rule.adapt) for use in found)


def asks_level(found: Iterable[Use], kind: str) -> bool:
    """Whether a clause wants to know the level of the spine."""
    return kind == "condition" and any(use.qualified and use.clause.level_at_or_above for use in found)


def thresholds(found: Iterable[Use], field: str, kind: str) -> tuple[float, ...]:
    """The limits that clauses set for a number of a fact of this kind (``percent_gte`` …), ascending."""
    owner = {"for_weeks_gte": "medication", "days_per_month_gte": "medication"}.get(field, "symptom")
    limits = {
        getattr(use.clause, field)
        for use in found
        if use.qualified and kind == owner and not (field == "gte" and use.clause.score)
    }
    return tuple(sorted(limits - {None}))


class TimeLimits(msgspec.Struct, frozen=True):
    """
    Every limit that a fact's time is held against, in hours, ascending, and the finest unit of any of them.

    A time must be told in that unit: told in a coarser one it counts as up to one unit more recent.
    """

    hours: tuple[float, ...]
    unit: TimeUnit


def time_limits(found: Iterable[Use], kind: str) -> TimeLimits | None:
    """The limits for the time of a fact of this kind; None where nothing asks for its time."""
    limits: set[tuple[float, TimeUnit]] = set()
    for use in found:
        if use.placed:
            limits |= {(weeks, "weeks") for weeks in _waiting_weeks(use.rule.adapt)}
        if use.qualified and _time_owner(use.clause) == kind:
            limits |= _clause_limits(use.clause)
    if not limits:
        return None
    hours = {number * HOURS[unit] for number, unit in limits}
    return TimeLimits(tuple(sorted(hours)), min((unit for _, unit in limits), key=HOURS.__getitem__))


def triggers(
    key: Key,
    stages: Collection[str],
    placed: Iterable[Key],
    kb: KnowledgeBase,
    *,
    from_age: float | None = None,
) -> tuple[Key, ...] | None:
    """
    The facts whose tick opens the question for a fact that has no place of its own in the form.

    One a clause: without it the clause can't hold; None where some clause has none. ``from_age``: the fact is
    asked of everybody of that age (years), so that clauses for them need no trigger.
    """
    here = frozenset(placed) - {key}
    found: dict[Key, None] = {}
    for use in uses(kb).direct(key):
        if use.rule.stage in stages and not _is_for(use.clause, from_age):
            others = sorted(named_in(use.clause) & here, key=_by_trigger_order)
            if not others:
                return None
            found[others[0]] = None
    return tuple(found)


def _is_for(clause: Clause, from_age: float | None) -> bool:
    return from_age is not None and clause.age_gte is not None and clause.age_gte >= from_age


def _by_trigger_order(key: Key) -> tuple[int, str]:
    return TRIGGER_ORDER.index(key[0]), key[1]


def _named(clause: Clause) -> list[tuple[Key, bool]]:
    """The facts that a clause names, in the order in which the engine looks at them."""
    named: list[tuple[Key, bool]] = [((k, i), True) for k in QUALIFIED if (i := getattr(clause, k))]
    named += [((k, i), False) for k in (*OTHERS, *SINGLE_KINDS) if (i := getattr(clause, k))]
    named += [((k, i), False) for field, k in ALSO if (i := getattr(clause, field))]
    return [*named, *([(PREGNANCY, True)] if clause.pregnancy else [])]


def _time_owner(clause: Clause) -> str | None:
    return next((kind for kind in TIME_OWNERS if getattr(clause, kind)), None)


def _clause_limits(clause: Clause) -> set[tuple[float, TimeUnit]]:
    given: list[tuple[float | None, TimeUnit]] = [
        (clause.hours_lt, "hours"),
        (clause.days_lt, "days"),
        (clause.days_gte, "days"),
        (clause.weeks_lt, "weeks"),
        (clause.weeks_gte, "weeks"),
    ]
    return {(limit, unit) for limit, unit in given if limit is not None}


def _waiting_weeks(adapt: Adaptation) -> tuple[int, ...]:
    waits = (adapt.avoid_weeks, adapt.avoid_until_weeks, adapt.wait_weeks, adapt.deep_friction_off_weeks)
    return tuple(weeks for weeks in waits if weeks is not None)


def _placing(adapt: Adaptation) -> bool:
    words = (*adapt.avoid, *adapt.light_only, adapt.applies_to or "")
    return bool(adapt.side or adapt.face_rule) or any(is_token(word) for word in words)
