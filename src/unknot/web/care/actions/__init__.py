"""What is done in a course of treatment: one function each, in one transaction."""

from unknot.web.care.actions.asking import ask_before_visits
from unknot.web.care.actions.charting import (
    OfAnotherSession,
    Pressed,
    add_trace,
    chart_finding,
    chart_hold,
    chart_holds,
    chart_session,
    forget_hold,
    forget_motion,
    measure,
)
from unknot.web.care.actions.closing import decide, do_home_care, give_home_care
from unknot.web.care.actions.notes import ChangedMeanwhile, add, save, sign
from unknot.web.care.actions.outcomes import Told, tell_before, write_goals
from unknot.web.care.actions.sessions import (
    NotOpen,
    agree_to_area,
    agree_to_plan,
    begin,
    end_course,
    keep_check,
    stop,
)
from unknot.web.care.actions.signed import Signed

__all__ = [
    "ChangedMeanwhile",
    "NotOpen",
    "OfAnotherSession",
    "Pressed",
    "Signed",
    "Told",
    "add",
    "add_trace",
    "agree_to_area",
    "agree_to_plan",
    "ask_before_visits",
    "begin",
    "chart_finding",
    "chart_hold",
    "chart_holds",
    "chart_session",
    "decide",
    "do_home_care",
    "end_course",
    "forget_hold",
    "forget_motion",
    "give_home_care",
    "keep_check",
    "measure",
    "save",
    "sign",
    "stop",
    "tell_before",
    "write_goals",
]
