"""
Which questions are open, and which of them hold the answer back (FORMAT, "Open", "Held").

A rule is open when its stage is the one reached or an earlier one, it has not fired, and it is unanswered or
unknown. A question that cannot apply after what was answered is answered: so are those that need a pregnancy
after "not pregnant". (Those about needling all belong to the stage ``day`` and are answered with it.) An
explicit "I don't know" stays open whatever else was said.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.screening import Rule, Stage
from unknot.screening.answers import Answers
from unknot.screening.result import STOPPING

ASKED_STAGES: tuple[Stage, ...] = ("booking", "day", "hands_on")


class OpenQuestions(msgspec.Struct, frozen=True):
    """The rules still open; those among them that the practitioner asks; whether any of them holds."""

    open: tuple[str, ...]
    ask: tuple[str, ...]
    held: bool


def stage_reached(answers: Answers) -> Stage:
    """The latest stage that was answered; ``booking`` where there is none."""
    return next((stage for stage in reversed(ASKED_STAGES) if stage in answers.answered), "booking")


def open_questions(answers: Answers, fired: AbstractSet[str], kb: KnowledgeBase) -> OpenQuestions:
    """What is still to be asked after ``answers``, of which the rules ``fired`` have fired."""
    reached = ASKED_STAGES[: ASKED_STAGES.index(stage_reached(answers)) + 1]
    open_ = [
        rule
        for rule in kb.rules.values()
        if rule.stage in reached
        and rule.id not in fired
        and (_unanswered(rule, answers) or rule.id in answers.unknown)
    ]
    return OpenQuestions(
        open=tuple(rule.id for rule in open_),
        ask=tuple(rule.id for rule in open_ if rule.unknown == "ask_practitioner"),
        held=any(_holds(rule, answers) for rule in open_),
    )


def _unanswered(rule: Rule, answers: Answers) -> bool:
    if rule.stage in answers.answered or rule.id in answers.answered:
        return False
    return not (answers.facts.pregnancy is False and all(clause.pregnancy for clause in rule.when))


def _holds(rule: Rule, answers: Answers) -> bool:
    return rule.category in STOPPING and (_unanswered(rule, answers) or rule.unknown == "hold")
