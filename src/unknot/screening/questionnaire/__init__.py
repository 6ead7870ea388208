"""The questionnaire, computed from the rules so that it cannot drift from them; and back to answers."""

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
from unknot.screening.questionnaire.selection import Given, Selection

__all__ = [
    "LANGUAGES",
    "Applies",
    "Choice",
    "Given",
    "Group",
    "Item",
    "Language",
    "Qualifier",
    "Questionnaire",
    "Selection",
]
