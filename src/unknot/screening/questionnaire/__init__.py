"""
The questionnaire, computed from the rules so that it cannot drift from them; and from a form back to answers.

    form = questionnaire(kb, lang="es")              what to ask
    found = find(form, "sintrom")                    the search for rare items
    left = missing(selection, kb)                    what the form should still ask
    document = answers_from(selection, kb)           what ``read_answers`` takes

The check at the start of a session, which knows the booking's answers, stands in ``check.py``.
"""

from unknot.screening.questionnaire.answered import Missing
from unknot.screening.questionnaire.as_json import to_json
from unknot.screening.questionnaire.build import questionnaire
from unknot.screening.questionnaire.check import answers_today, check, left_open
from unknot.screening.questionnaire.document import answers_from, contradictions, missing
from unknot.screening.questionnaire.find import find, fold
from unknot.screening.questionnaire.form import (
    LANGUAGES,
    Applies,
    Choice,
    Group,
    Item,
    Language,
    Qualifier,
    Questionnaire,
)
from unknot.screening.questionnaire.given import NoAnswer
from unknot.screening.questionnaire.selection import Given, Selection

__all__ = [
    "LANGUAGES",
    "Applies",
    "Choice",
    "Given",
    "Group",
    "Item",
    "Language",
    "Missing",
    "NoAnswer",
    "Qualifier",
    "Questionnaire",
    "Selection",
    "answers_from",
    "answers_today",
    "check",
    "contradictions",
    "find",
    "fold",
    "left_open",
    "missing",
    "questionnaire",
    "to_json",
]
