"""
The questionnaire, computed from the rules so that it cannot drift from them; and from a form back to answers.

    form = questionnaire(kb, lang="es")              what to ask
    found = find(form, "sintrom")                    the search for rare items
    left = missing(selection, kb)                    what the form should still ask
    document = answers_from(selection, kb)           what ``read_answers`` takes
"""

from unknot.screening.questionnaire.answered import Missing
from unknot.screening.questionnaire.as_json import to_json
from unknot.screening.questionnaire.build import questionnaire
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
    "contradictions",
    "find",
    "fold",
    "missing",
    "questionnaire",
    "to_json",
]
