"""Is it getting better, by more than noise? Scores over the sessions → change, response, re-evaluation."""

from unknot.outcomes.change import Change, Limits, Verdict, change
from unknot.outcomes.measures import Measure, measure
from unknot.outcomes.ratings import Ratings, Visit
from unknot.outcomes.re_evaluation import Answer, Missing, Reason, ReEvaluation, re_evaluate
from unknot.outcomes.reading import ratings_from_json, read_ratings
from unknot.outcomes.report import Report, report, to_json
from unknot.outcomes.response import Response, response
from unknot.outcomes.scores import Score, score
from unknot.outcomes.series import Point, Series, series

__all__ = [
    "Answer",
    "Change",
    "Limits",
    "Measure",
    "Missing",
    "Point",
    "Ratings",
    "ReEvaluation",
    "Reason",
    "Report",
    "Response",
    "Score",
    "Series",
    "Verdict",
    "Visit",
    "change",
    "measure",
    "ratings_from_json",
    "re_evaluate",
    "read_ratings",
    "report",
    "response",
    "score",
    "series",
    "to_json",
]
