"""What should the course of treatment be? Drawing, candidates, screening in; sessions, home care out."""

from unknot.planning.bounds import FULL_SCOPE, PUBLIC_SCOPE, Bounds, Scope, opened_by_grip
from unknot.planning.holds import hold_for
from unknot.planning.other_work import OtherWork, other_work
from unknot.planning.plan import plan, plan_from, to_json, with_symptoms_of
from unknot.planning.result import Plan

__all__ = [
    "FULL_SCOPE",
    "PUBLIC_SCOPE",
    "Bounds",
    "OtherWork",
    "Plan",
    "Scope",
    "hold_for",
    "opened_by_grip",
    "other_work",
    "plan",
    "plan_from",
    "to_json",
    "with_symptoms_of",
]
