"""
Holds the clauses of rules against the facts (FORMAT, "Matching").

Facts are first widened by what they imply, with their qualifiers, until nothing is added. A clause holds
when each subject it names has one fact that meets the clause's qualifiers for its kind, each ``also_…`` and
``with_…`` has some fact, and each value fits. Which qualifier belongs to which kind:

- times to the event; in a clause without one to the medicine, then the condition, then the symptom;
- ``new``, ``after`` and ``percent_gte`` to the symptom, and so does ``gte`` in a clause without a score;
- ``status`` and ``level_at_or_above`` to the condition;
- ``for_weeks_gte`` and ``days_per_month_gte`` to the medicine.

A qualifier that the fact doesn't give counts as met. A value that was never given doesn't fit, except the
week of a known pregnancy. The stage of a rule plays no part here: a danger that was told fires its rule
whichever stage was reached, for stages say when a question is asked, never that an answer may be ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.screening import Clause, Rule
from unknot.screening.answers import Fact, Facts, Kind
from unknot.screening.times import fits_times

Key = tuple[Kind, str]

QUALIFIED: tuple[Kind, ...] = ("condition", "symptom", "medication", "event")
OTHERS: tuple[Kind, ...] = ("device", "allergy", "technique", "preference", "practitioner")
ALSO: tuple[tuple[str, Kind], ...] = (
    ("also_condition", "condition"),
    ("also_symptom", "symptom"),
    ("with_symptom", "symptom"),
    ("also_medication", "medication"),
    ("also_event", "event"),
)
TIME_OWNERS: tuple[Kind, ...] = ("event", "medication", "condition", "symptom")
VALUES = ("age", "bp_systolic", "bp_diastolic", "temperature_c", "pregnancy_week", "intake_age_days")
ANY_ALLERGY = "any"


class Ground(msgspec.Struct, frozen=True):
    """
    What clauses are held against: the widened facts by kind and id, and the values.

    ``told_as`` leads from a fact to the one that the person told and that implies it (often itself);
    ``pressed`` are the regions where hands will press; ``levels`` rank the spine from the top down.
    """

    facts: Facts
    by_key: Mapping[Key, tuple[Fact, ...]]
    told_as: Mapping[Fact, Fact]
    pressed: frozenset[str]
    levels: Mapping[str, int]
    scores: Mapping[str, float]


class Subject(msgspec.Struct, frozen=True):
    """Something a clause names; only a ``qualified`` one must meet the clause's qualifiers."""

    key: Key
    qualified: bool


class ClauseReading(msgspec.Struct, frozen=True):
    """A clause with its subjects found beforehand; ``names`` are the keys without which it can't hold."""

    clause: Clause
    subjects: tuple[Subject, ...]
    names: frozenset[Key]
    time_owner: Kind | None


class Match(msgspec.Struct, frozen=True):
    """A clause that holds, with the facts that met each of its subjects."""

    clause: Clause
    facts: tuple[tuple[Fact, ...], ...]


def ground(facts: Facts, kb: KnowledgeBase, *, pressed: Iterable[Place] = ()) -> Ground:
    """The facts, widened and counted; ``pressed`` is added to the regions that the facts name."""
    told_as = _widened(facts.told, kb)
    by_key: dict[Key, list[Fact]] = {}
    for fact in told_as:
        by_key.setdefault((fact.kind, fact.id), []).append(fact)
        if fact.kind == "allergy":
            by_key.setdefault(("allergy", ANY_ALLERGY), []).append(fact)
    bare = Ground(
        facts=facts,
        by_key={key: tuple(found) for key, found in by_key.items()},
        told_as=told_as,
        pressed=frozenset(place.region for place in (*facts.regions, *pressed)),
        levels={level: rank for rank, level in enumerate(kb.vocabulary.level)},
        scores=facts.scores,
    )
    return msgspec.structs.replace(bare, scores=_scores(bare, kb))


def matches(rule: Rule, on: Ground, kb: KnowledgeBase) -> tuple[Match, ...]:
    """The clauses of a rule that hold, in their order; the rule fires when there is one."""
    return tuple(m for reading in _rule_readings(kb)[rule.id] if (m := _match(reading, on)))


def score_items(name: str, on: Ground, kb: KnowledgeBase) -> tuple[str, ...]:
    """The items of a score that the facts count, in words."""
    return tuple(text for text, readings in _score_readings(kb)[name] if any(_match(r, on) for r in readings))


def _widened(told: Iterable[Fact], kb: KnowledgeBase) -> dict[Fact, Fact]:
    """Each fact and each implied one, with the fact that was told."""
    # In one order whatever the order of telling, so that the same facts give the same words.
    told_as = {fact: fact for fact in sorted(told, key=repr)}
    queue = list(told_as)
    for fact in queue:
        for id_ in kb.implies.get(fact.kind, {}).get(fact.id, ()):
            implied = msgspec.structs.replace(fact, id=id_)
            if implied not in told_as:
                told_as[implied] = told_as[fact]
                queue.append(implied)
    return told_as


def _scores(on: Ground, kb: KnowledgeBase) -> dict[str, float]:
    """Each score: the larger of what was given and what the facts count."""
    return {
        name: max(score.points_each * len(score_items(name, on, kb)), on.facts.scores.get(name, 0))
        for name, score in kb.scores.items()
    }


@lru_cache(maxsize=2)
def _rule_readings(kb: KnowledgeBase) -> dict[str, tuple[ClauseReading, ...]]:
    return {rule.id: tuple(_read(clause) for clause in rule.when) for rule in kb.rules.values()}


@lru_cache(maxsize=2)
def _score_readings(kb: KnowledgeBase) -> dict[str, tuple[tuple[str, tuple[ClauseReading, ...]], ...]]:
    return {
        name: tuple((item.text, tuple(_read(clause) for clause in item.when)) for item in score.items)
        for name, score in kb.scores.items()
    }


def _read(clause: Clause) -> ClauseReading:
    subjects = [Subject((kind, id_), qualified=True) for kind in QUALIFIED if (id_ := getattr(clause, kind))]
    subjects += [Subject((kind, id_), qualified=False) for kind in OTHERS if (id_ := getattr(clause, kind))]
    subjects += [Subject((kind, id_), qualified=False) for key, kind in ALSO if (id_ := getattr(clause, key))]
    return ClauseReading(
        clause=clause,
        subjects=tuple(subjects),
        names=frozenset(s.key for s in subjects),
        time_owner=next((kind for kind in TIME_OWNERS if getattr(clause, kind)), None),
    )


def _match(reading: ClauseReading, on: Ground) -> Match | None:
    if not on.by_key.keys() >= reading.names or not _values_fit(reading.clause, on):
        return None
    groups = []
    for subject in reading.subjects:
        found = on.by_key[subject.key]
        if subject.qualified:
            found = tuple(fact for fact in found if _meets(reading, fact, on.levels))
        if not found:
            return None
        groups.append(found)
    return Match(reading.clause, tuple(groups))


def _meets(reading: ClauseReading, fact: Fact, levels: Mapping[str, int]) -> bool:
    """Whether a fact meets the qualifiers that the clause has for its kind."""
    clause = reading.clause
    if fact.kind == reading.time_owner and not fits_times(clause, fact):
        return False
    if fact.kind == "symptom":
        return (
            _same(clause.new, fact.new)
            and _same(clause.after, fact.after)
            and _reaches(clause.percent_gte, fact.percent)
            and (clause.score is not None or _reaches(clause.gte, fact.value))
        )
    if fact.kind == "condition":
        return _same(clause.status, fact.status) and _stands_high(
            clause.level_at_or_above, fact.level, levels
        )
    if fact.kind == "medication":
        return _reaches(clause.for_weeks_gte, fact.for_weeks) and _reaches(
            clause.days_per_month_gte, fact.days_per_month
        )
    return True


def _same(wanted: object, told: object) -> bool:
    return wanted is None or told is None or wanted == told


def _reaches(limit: float | None, told: float | None) -> bool:
    return limit is None or told is None or told >= limit


def _stands_high(limit: str | None, told: str | None, levels: Mapping[str, int]) -> bool:
    return limit is None or told is None or levels[told] <= levels[limit]


def _values_fit(clause: Clause, on: Ground) -> bool:
    facts = on.facts
    return (
        _equals(clause.pregnancy, facts.pregnancy)
        and _equals(clause.consent, facts.consent)
        and _equals(clause.intake, facts.intake)
        and (clause.score is None or on.scores[clause.score] >= (clause.gte or 0))
        and (clause.region_in is None or not on.pressed.isdisjoint(clause.region_in))
        and all(_number_fits(name, clause, facts) for name in VALUES)
    )


def _equals(wanted: object, told: object) -> bool:
    return wanted is None or wanted == told


def _number_fits(name: str, clause: Clause, facts: Facts) -> bool:
    at_least, below = getattr(clause, f"{name}_gte", None), getattr(clause, f"{name}_lt", None)
    if at_least is None and below is None:
        return True
    told = getattr(facts, name)
    if told is None:
        return name == "pregnancy_week" and facts.pregnancy is True
    return (at_least is None or told >= at_least) and (below is None or told < below)
