"""The letter that asks for clearance, one for each person whom the rules name; blanks are filled by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unknot.knowledge.labels import rule_words
from unknot.web.intake.adaptations import places_words
from unknot.web.intake.answer import NO_LETTER, addressees
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeBase
    from unknot.screening.result import Screening
    from unknot.web.intake.told import Told


@dataclass(frozen=True)
class Question:
    """What is asked, why, and how old the answer may be on the day of a visit."""

    name: str
    why: str
    action: str
    asks_for: str
    newer_than_days: int | None


@dataclass(frozen=True)
class Letter:
    """One letter."""

    to: str
    is_guardian: bool
    questions: tuple[Question, ...]
    places: str


def letters_of(told: Told, screening: Screening, kb: KnowledgeBase) -> tuple[Letter, ...]:
    """A letter to each person who can clear one of the fired rules; none where nobody has to be asked."""
    why = {fired.rule: fired.why for fired in screening.fired}
    return tuple(
        Letter(
            to=kb.labels.who[who].in_(language()),
            is_guardian=who in {"guardian", "substitute decision maker"},
            questions=tuple(
                Question(
                    name=words.name,
                    why=why.get(need.rule, ""),
                    action=words.action,
                    asks_for=words.clears,
                    newer_than_days=need.newer_than_days,
                )
                for need in screening.needs
                if need.who == who and need.who not in NO_LETTER
                for words in (rule_words(kb.rules[need.rule], kb.rules_es, language()),)
            ),
            places=places_words(told.drawing.regions, kb),
        )
        for who in addressees(screening)
    )
