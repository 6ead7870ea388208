"""Is it getting better, by more than noise? Scores over the sessions → change, response, re-evaluation."""

from unknot.outcomes.change import Change, Limits, Verdict, change
from unknot.outcomes.measures import Measure, measure
from unknot.outcomes.response import Response, response
from unknot.outcomes.scores import Score, score

__all__ = [
    "Change",
    "Limits",
    "Measure",
    "Response",
    "Score",
    "Verdict",
    "change",
    "measure",
    "response",
    "score",
]
