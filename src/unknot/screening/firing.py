"""Which rules fire, what each then decides, and where the facts that fired it are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.screening import Category, Rule, Urgency
from unknot.screening.answers import Answers, Clearance, Fact
from unknot.screening.clearances import clearance_for
from unknot.screening.matching import Ground, Match, matches
from unknot.screening.result import STRICTNESS

URGENCIES: tuple[Urgency, ...] = ("now", "today", "this_week")
"""From the strictest to the mildest."""


class FiredRule(msgspec.Struct, frozen=True):
    """
    A rule that fired, with the clauses that held and the clearance that counts for it, if one does.

    ``placed`` are the facts, as told, whose place is known; ``unplaced`` those that were never placed.
    """

    rule: Rule
    held: tuple[Match, ...]
    clearance: Clearance | None
    placed: tuple[Fact, ...]
    unplaced: tuple[Fact, ...]

    @property
    def category(self) -> Category:
        """What the rule decides: its category, or ``adapt`` once it is cleared."""
        return "adapt" if self.clearance else self.rule.category

    @property
    def standing(self) -> bool:
        """Whether it is a house rule, which never changes the decision."""
        return self.rule.stage == "standing"

    @property
    def closes(self) -> bool:
        """Whether nothing may be treated while it stands."""
        if self.clearance:
            return False
        shut = self.rule.category == "emergency" or self.rule.adapt.treat is False
        return shut or (self.rule.category == "absolute" and not self.rule.adapt.treat_elsewhere)

    @property
    def closes_a_place(self) -> bool:
        """
        Whether it closes a place only, and the rest of the body may be treated.

        Absolute rules and clearance rules can say so: FORMAT's table has a row for each of the two.
        """
        may_close = self.category in ("absolute", "clearance")
        return may_close and not self.closes and bool(self.rule.adapt.treat_elsewhere)

    @property
    def urgency(self) -> Urgency | None:
        """The strictest urgency among the clauses that held; a clause's own stands before the rule's."""
        if self.category != "emergency":
            return None
        told = [match.clause.urgency or self.rule.urgency for match in self.held]
        return min((u for u in told if u), key=URGENCIES.index, default=None)


def fired_rules(
    answers: Answers, on: Ground, kb: KnowledgeBase, *, marked: tuple[Place, ...] = ()
) -> tuple[FiredRule, ...]:
    """The rules that fire, strictest first, house rules last; ``marked`` places the facts without a place."""
    fired = [
        _fired(rule, held, answers.clearances, on.told_as, marked)
        for rule in kb.rules.values()
        if (held := matches(rule, on, kb))
    ]
    return tuple(sorted(fired, key=_strictest_first))


def _fired(
    rule: Rule,
    held: tuple[Match, ...],
    clearances: Iterable[Clearance],
    told_as: Mapping[Fact, Fact],
    marked: tuple[Place, ...],
) -> FiredRule:
    placed: dict[Fact, None] = {}
    unplaced: dict[Fact, None] = {}
    for match in held:
        here, nowhere = _sites(match, told_as, marked)
        placed |= here
        unplaced |= nowhere
    return FiredRule(rule, held, clearance_for(rule, clearances), tuple(placed), tuple(unplaced))


def _sites(
    match: Match, told_as: Mapping[Fact, Fact], marked: tuple[Place, ...]
) -> tuple[dict[Fact, None], dict[Fact, None]]:
    """
    The facts of a match that are placed, and those that must be asked for their place.

    In a clause of several subjects the place of one is the place of all; where none is placed, the first is
    asked for.
    """
    groups = [tuple(dict.fromkeys(told_as[fact] for fact in group)) for group in match.facts]
    facts = [fact for group in groups for fact in group]
    if marked:
        facts = [msgspec.structs.replace(f, place=marked) if f.place is None else f for f in facts]
    placed = {fact: None for fact in facts if fact.place is not None}
    if len(groups) > 1 and placed:
        return placed, {}
    return placed, {fact: None for fact in (groups[0] if groups else ()) if fact.place is None and not marked}


def _strictest_first(fired: FiredRule) -> tuple[bool, int, int]:
    urgency = URGENCIES.index(fired.urgency) if fired.urgency else len(URGENCIES)
    return fired.standing, -STRICTNESS.index(fired.category), urgency
