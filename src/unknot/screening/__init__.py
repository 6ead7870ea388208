"""Is it safe, and how must it be adapted: answers in; decision, adaptations and open questions out."""

from unknot.screening.answers import Answers, Clearance, Fact, Facts
from unknot.screening.later import days_later, on_the_day
from unknot.screening.merging import merged
from unknot.screening.reading import answers_from_json, read_answers
from unknot.screening.result import Screening
from unknot.screening.screen import fired_by_symptoms, open_if_unknown, screen, to_json

__all__ = [
    "Answers",
    "Clearance",
    "Fact",
    "Facts",
    "Screening",
    "answers_from_json",
    "days_later",
    "fired_by_symptoms",
    "merged",
    "on_the_day",
    "open_if_unknown",
    "read_answers",
    "screen",
    "to_json",
]
