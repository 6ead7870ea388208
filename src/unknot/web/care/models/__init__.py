"""Courses of treatment, what is charted in their sessions, the signed note, and what came of it."""

from unknot.web.care.models.charting import Finding, Hold, Motion, Response, Trace
from unknot.web.care.models.courses import AreaConsent, Check, Course, Session
from unknot.web.care.models.notes import Addendum, Note
from unknot.web.care.models.outcomes import (
    Activity,
    CheckIn,
    HomeCare,
    HomeCareDone,
    Instrument,
    Reevaluation,
    Score,
    Way,
)

__all__ = [
    "Activity",
    "Addendum",
    "AreaConsent",
    "Check",
    "CheckIn",
    "Course",
    "Finding",
    "Hold",
    "HomeCare",
    "HomeCareDone",
    "Instrument",
    "Motion",
    "Note",
    "Reevaluation",
    "Response",
    "Score",
    "Session",
    "Trace",
    "Way",
]
