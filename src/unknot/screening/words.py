"""Says in plain words which facts made a rule fire: "surgery 9 weeks ago, left side of the hip"."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.screening import Rule
from unknot.screening.answers import Fact
from unknot.screening.matching import Ground, Match, score_items

STANDING = "applies to every client"


def why(rule: Rule, held: Iterable[Match], on: Ground, kb: KnowledgeBase) -> str:
    """The facts that matched, each clause once, in the order of the rule's clauses."""
    if rule.stage == "standing":
        return STANDING
    return "; ".join(dict.fromkeys(_clause_words(match, on, kb) for match in held))


def fact_words(fact: Fact, kb: KnowledgeBase) -> str:
    """A fact with its qualifiers: ``fracture 20 days ago, left heel``."""
    new = "new " if fact.new else ""
    about = [new + _name(fact, kb).removeprefix(new), *_time_words(fact), *_amount_words(fact)]
    extra = [
        *([fact.status] if fact.status else []),
        *([f"after {fact.after}"] if fact.after and fact.after != "none" else []),
        *([f"at {fact.level}"] if fact.level else []),
        *places_words(fact.place or (), kb),
    ]
    return ", ".join([" ".join(about), *extra])


def places_words(places: Iterable[Place], kb: KnowledgeBase) -> tuple[str, ...]:
    """Each place in words; a region given on both sides is said once."""
    given = set(places)
    words = []
    for place in sorted(given):
        both = bool(place.side) and place.mirrored() in given
        if both and place.side == "right":
            continue
        name = kb.regions[place.region].name.partition(" (")[0]
        side = "both sides, " if both else f"{place.side} " if place.side else ""
        words.append(side + name[0].lower() + name[1:])
    return tuple(words)


def _clause_words(match: Match, on: Ground, kb: KnowledgeBase) -> str:
    told = dict.fromkeys(on.told_as[fact] for group in match.facts for fact in group)
    first, *others = [*(fact_words(fact, kb) for fact in told), *_value_words(match, on, kb)]
    return f"{first}, with {' and '.join(others)}" if others else first


def _value_words(match: Match, on: Ground, kb: KnowledgeBase) -> list[str]:
    clause, facts = match.clause, on.facts
    words = []
    if clause.age_lt is not None or clause.age_gte is not None:
        words.append(f"age {facts.age:g}")
    if clause.pregnancy:
        words.append(
            "pregnant" if facts.pregnancy_week is None else f"pregnant, week {facts.pregnancy_week:g}"
        )
    if clause.bp_systolic_gte is not None or clause.bp_diastolic_gte is not None:
        words.append(_blood_pressure(facts.bp_systolic, facts.bp_diastolic))
    if clause.temperature_c_gte is not None:
        words.append(f"temperature {facts.temperature_c:g} °C")
    if clause.intake_age_days_gte is not None:
        words.append(f"health form {facts.intake_age_days:g} days old")
    if clause.intake is not None:
        words.append(f"health {clause.intake} since the form was filled in")
    if clause.consent is not None:
        words.append(f"consent {clause.consent}")
    if clause.region_in is not None:
        pressed = [kb.regions[r].name.partition(" (")[0].lower() for r in clause.region_in if r in on.pressed]
        words.append(f"work planned at the {' and the '.join(pressed)}")
    if clause.score is not None:
        words.append(_score_words(clause.score, on, kb))
    return words


def _blood_pressure(systolic: float | None, diastolic: float | None) -> str:
    numbers = "/".join("?" if n is None else f"{n:g}" for n in (systolic, diastolic))
    return f"blood pressure {numbers} mmHg"


def _score_words(name: str, on: Ground, kb: KnowledgeBase) -> str:
    items = score_items(name, on, kb)
    listed = f" ({'; '.join(items)})" if items else ""
    return f"{on.scores[name]:g} risk factors{listed}" if on.scores[name] != 1 else f"1 risk factor{listed}"


def _name(fact: Fact, kb: KnowledgeBase) -> str:
    words = kb.plain_words.get(fact.id, fact.id.replace("_", " "))
    return words.partition(" (")[0].partition(";")[0]


def _time_words(fact: Fact) -> list[str]:
    if fact.time is None:
        return []
    number, unit = fact.time
    if unit == "days" and number >= 14 and number % 7 == 0:
        number, unit = number / 7, "weeks"
    if unit == "days" and number < 1:
        return ["today"]
    return [f"{number:g} {unit[:-1] if number == 1 else unit} ago"]


def _amount_words(fact: Fact) -> list[str]:
    return [
        *([f"of {fact.value:g}"] if fact.value is not None else []),
        *([f"of {fact.percent:g} %"] if fact.percent is not None else []),
        *([f"for {fact.for_weeks:g} weeks"] if fact.for_weeks is not None else []),
        *([f"on {fact.days_per_month:g} days a month"] if fact.days_per_month is not None else []),
    ]
