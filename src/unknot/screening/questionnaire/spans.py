"""
Limits of rules as spans to choose from: "less than 2 weeks ago", "2 to 6 weeks ago", "6 weeks ago or longer".

Nobody has to type a number, and no answer falls between two rules: a span begins and ends where some rule
draws its line. What a span gives is its end on the safe side: the recent end of a time, the low end of a
number, which is where the rule's own limit lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from unknot.errors import InputError
from unknot.knowledge.labels import Labels, Lang
from unknot.screening.answers import TimeUnit
from unknot.screening.questionnaire.form import Choice
from unknot.screening.questionnaire.uses import TimeLimits
from unknot.screening.times import HOURS

TIME_UNITS: tuple[TimeUnit, ...] = ("hours", "days", "weeks")
TOLD_UNITS = (*TIME_UNITS, "months", "years")
WEEKS_OF = {"months": 52 / 12, "years": 52}
ROUND_WEEKS = {13: (3, "months"), 26: (6, "months"), 39: (9, "months")}
"""Weeks that people call months."""
YEAR_IN_DAYS = 365


def time_choices(limits: TimeLimits, labels: Labels, lang: Lang) -> tuple[Choice, ...]:
    """
    The spans between the limits of a time; each gives its recent end.

    >>> from unknot.knowledge import load
    >>> choices = time_choices(TimeLimits((2 * 168, 6 * 168), "weeks"), load().labels, "en")
    >>> [c.label for c in choices]
    ['Less than 2 weeks ago', '2 weeks to 6 weeks ago', '6 weeks ago or longer']
    >>> [c.value for c in choices]
    ['0 weeks', '2 weeks', '6 weeks']
    """
    words = [_duration(limit, labels, lang) for limit in limits.hours]
    values = [f"{limit / HOURS[limits.unit]:g} {limits.unit}" for limit in (0, *limits.hours)]
    names = _names("ago_less", "ago_between", "ago_more", words, labels, lang)
    return tuple(Choice(value, name) for value, name in zip(values, names, strict=True))


def number_choices(limits: Sequence[float], unit: str, labels: Labels, lang: Lang) -> tuple[Choice, ...]:
    """The spans between limits of a number in ``unit``; each gives its low end."""
    words = [labels.unit[unit].count(limit, lang) for limit in limits]
    names = _names("less", "between", "more", words, labels, lang)
    return tuple(Choice(f"{limit:g}", name) for limit, name in zip((0, *limits), names, strict=True))


def told_time(text: str) -> tuple[float, TimeUnit]:
    """
    A time told as ``"<number> <unit>"``, in a unit of the answers document.

    Months and years are told rounded, so n of them may be half a one less: their recent end, in whole weeks.
    Raises InputError where it is no such text.

    >>> told_time("9 days"), told_time("3 months"), told_time("2 years")
    ((9.0, 'days'), (10, 'weeks'), (78, 'weeks'))
    """
    number, _, unit = text.strip().partition(" ")
    unit = unit.strip()
    count = as_number(number)
    if count is None or count < 0 or unit not in TOLD_UNITS:
        raise InputError(f"{text!r} is no time: write a number and one of {', '.join(TOLD_UNITS)}")
    for plain in TIME_UNITS:
        if unit == plain:
            return count, plain
    return int(max(0.0, count - 0.5) * WEEKS_OF[unit]), "weeks"


def as_number(text: str) -> float | None:
    """The number that a text is, or None; no infinity, no exponent, no other trick."""
    bare = text.strip().replace(",", ".")
    digits = bare.replace(".", "", 1)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        return None
    return float(bare)


def _duration(hours: float, labels: Labels, lang: Lang) -> str:
    number, unit = _in_words(hours)
    return labels.unit[unit].count(number, lang)


def _in_words(hours: float) -> tuple[float, str]:
    days, weeks = hours / HOURS["days"], hours / HOURS["weeks"]
    if days in (YEAR_IN_DAYS, 52 * 7):
        return 1, "years"
    if weeks in ROUND_WEEKS:
        return ROUND_WEEKS[int(weeks)]
    if days >= 14 and weeks == int(weeks):
        return weeks, "weeks"
    return (days, "days") if days >= 3 and days == int(days) else (hours, "hours")


def _names(less: str, between: str, more: str, words: Sequence[str], labels: Labels, lang: Lang) -> list[str]:
    phrase = labels.phrase
    middle = [phrase[between].in_(lang).format(start=start, end=end) for start, end in pairwise(words)]
    first = phrase[less].in_(lang).format(end=words[0])
    return [first, *middle, phrase[more].in_(lang).format(start=words[-1])]
