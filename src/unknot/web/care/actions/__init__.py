"""What is done in a course of treatment: one function each, in one transaction."""

from unknot.web.care.actions.asking import ask_before_visits
from unknot.web.care.actions.charting import (
    HandsOff,
    OfAnotherSession,
    Pressed,
    add_trace,
    chart_finding,
    chart_hold,
    chart_holds,
    chart_session,
    forget_hold,
    forget_motion,
    forget_trace,
    measure,
)
from unknot.web.care.actions.closing import decide, do_home_care, give_home_care
from unknot.web.care.actions.notes import ChangedMeanwhile, NothingToSign, OtherAddendum, add, save, sign
from unknot.web.care.actions.outcomes import NotNow, Told, may_name, may_tell, tell_before
from unknot.web.care.actions.sessions import (
    CHARTED_AT_MOST_AFTER,
    Agreement,
    NotOpen,
    agree,
    begin,
    end_course,
    keep_check,
    stop,
    withdraw,
)
from unknot.web.care.actions.signed import Signed

__all__ = [
    "CHARTED_AT_MOST_AFTER",
    "Agreement",
    "ChangedMeanwhile",
    "HandsOff",
    "NotNow",
    "NotOpen",
    "NothingToSign",
    "OfAnotherSession",
    "OtherAddendum",
    "Pressed",
    "Signed",
    "Told",
    "add",
    "add_trace",
    "agree",
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
    "forget_trace",
    "give_home_care",
    "keep_check",
    "may_name",
    "may_tell",
    "measure",
    "save",
    "sign",
    "stop",
    "tell_before",
    "withdraw",
]
