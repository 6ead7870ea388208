"""Which recorded clearances count (FORMAT, "A clearance")."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge.screening import Rule
from unknot.screening.answers import Clearance


def clearance_for(rule: Rule, clearances: Iterable[Clearance]) -> Clearance | None:
    """
    The newest clearance that counts for a rule, or None.

    One counts when it was given by whom the rule names and isn't older than ``newer_than_days``. An
    emergency is not cleared on the day it was ticked: the answers are those of today, so a note dated today
    (``days_ago`` below 1) doesn't count for it, an earlier one does.
    """
    counting = [c for c in clearances if c.rule == rule.id and _counts(c, rule)]
    return min(counting, key=lambda c: (c.days_ago or 0, c.pressure_max or 0), default=None)


def pressure_cap(rule: Rule, clearance: Clearance | None) -> int | None:
    """
    The rule's cap on pressure (1-5), or the one that the letter names, None where neither has one.

    The letter is meant to allow more than the rule; where it names less, it is not overruled.
    """
    if clearance is not None and clearance.pressure_max is not None:
        return clearance.pressure_max
    return rule.adapt.pressure_max


def persons_named(who: str) -> frozenset[str]:
    """
    Whom ``clears_with.who`` names: the phrase itself, and each of two persons joined by "or".

    >>> sorted(persons_named("oncology or haematology team"))
    ['haematology team', 'oncology or haematology team', 'oncology team']
    """
    first, _, second = who.lower().partition(" or ")
    if not second:
        return frozenset({first})
    _, space, shared = second.partition(" ")
    return frozenset({who.lower(), first + space + shared, second})


def _counts(clearance: Clearance, rule: Rule) -> bool:
    if " ".join(clearance.by.lower().split()) not in persons_named(rule.clears_with.who):
        return False
    if rule.category == "emergency" and (clearance.days_ago is None or clearance.days_ago < 1):
        return False
    oldest = rule.clears_with.newer_than_days
    return oldest is None or (clearance.days_ago is not None and clearance.days_ago <= oldest)
