"""
Times as people tell them, against the limits of rules.

"n units ago" is told in whole units of the calendar, so it stands for any time more than n-1 and less than
n+1 units back: "1 day ago" may be an hour ago. Against a limit in the same unit or a coarser one the number
itself decides ("14 days ago" is not less than 2 weeks; "2 weeks ago" neither). Against a limit in a finer
unit the time counts as its recent end, n-1 units: "3 days ago" is within 72 hours, since 48 hours and a bit
may be meant, "4 days ago" is not. The same end serves both directions, so that of two neighbouring windows
("less than 72 hours", "3 days to 3 weeks") the fresher, stricter one is chosen and never both.
"""

from __future__ import annotations

from unknot.knowledge.screening import Clause
from unknot.screening.answers import Fact, TimeUnit

HOURS: dict[TimeUnit, int] = {"hours": 1, "days": 24, "weeks": 7 * 24}


def hours_since(fact: Fact, limit_unit: TimeUnit) -> float | None:
    """
    Hours since the fact, as they count against a limit told in ``limit_unit``; None where no time was told.

    >>> yesterday = Fact("event", "injury", days_ago=1)
    >>> hours_since(yesterday, "hours"), hours_since(yesterday, "days")
    (0, 24)
    """
    if fact.time is None:
        return None
    number, unit = fact.time
    if HOURS[unit] > HOURS[limit_unit]:
        number = max(0, number - 1)
    return number * HOURS[unit]


def is_within(fact: Fact, limit: float, unit: TimeUnit) -> bool:
    """Whether it happened less than ``limit`` units ago; a time that was not told counts as met."""
    hours = hours_since(fact, unit)
    return hours is None or hours < limit * HOURS[unit]


def is_past(fact: Fact, limit: float, unit: TimeUnit) -> bool:
    """Whether it happened ``limit`` units ago or earlier; a time that was not told counts as met."""
    hours = hours_since(fact, unit)
    return hours is None or hours >= limit * HOURS[unit]


def fits_times(clause: Clause, fact: Fact) -> bool:
    """Whether the fact's time meets every limit of time in the clause."""
    return (
        (clause.hours_lt is None or is_within(fact, clause.hours_lt, "hours"))
        and (clause.days_lt is None or is_within(fact, clause.days_lt, "days"))
        and (clause.weeks_lt is None or is_within(fact, clause.weeks_lt, "weeks"))
        and (clause.days_gte is None or is_past(fact, clause.days_gte, "days"))
        and (clause.weeks_gte is None or is_past(fact, clause.weeks_gte, "weeks"))
    )
