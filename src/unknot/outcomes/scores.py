"""
Scores: what was answered in, one number out.

No wording of any questionnaire is here: only its numbers come in, and how they are put together stands in
``outcomes.toml`` (``scoring`` of each instrument, with its sources).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import Any

import msgspec

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase, Place
from unknot.outcomes.measures import Measure, Scoring, measure

LONGEST_NAME = 200
MOST_READINGS = 3
MANY = 10**15


class Score(msgspec.Struct, frozen=True):
    """
    One rating: ``value`` within the range of its measure.

    ``activities`` are the ratings that a score of own activities is the mean of, by name; ``places`` the
    marked places that a pain extent counts.
    """

    measure: str
    value: float
    activities: tuple[tuple[str, float], ...] = ()
    places: tuple[Place, ...] = ()


def score(key: str, given: object, kb: KnowledgeBase, *, where: str | None = None) -> Score:
    """
    The score of what was ``given`` for the measure ``key``.

    ========================== =================================================================
    nprs, sane                 the number
    groc, pgic                 the whole number
    nprs_24h, pain_impact      three answers, all needed: their mean
    psfs                       one to five own activities, name to rating (null: not rated): the mean
    pain_extent                the places marked: their share of all places, in percent
    headache_days              days, or ``{"days": 8, "diary_days": 26}``: the days
    rmdq                       the number ticked, or all statements as true, false or null: those ticked
    ppt, arom_cervical:…, …    a reading or up to three (kPa, degrees): the mean
    an instrument not built in its total
    ========================== =================================================================

    Raises InputError, one line that names the field (``where``, by itself the key), for what is no such
    answer or out of range. The source of each is the instrument's, in ``outcomes.toml``.

    >>> from unknot.knowledge import load
    >>> score("pain_impact", [6, 4, 5], load()).value
    5.0
    """
    of = measure(key, kb)
    return SCORERS[of.scoring](of, given, where or key, kb)


def mean(values: Sequence[float]) -> float:
    """The mean of at least one value, the same in whatever order they stand."""
    return fsum(values) / len(values)


def _number(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    return Score(of.key, _within(given, of.range, where))


def _whole(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    return Score(of.key, _whole_within(given, of.range, where))


def _three_answers(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    answers = _list(given, where)
    if len(answers) != 3 or None in answers:
        raise InputError(f"{where} needs all three answers, as in [4, 2, 6]")
    return Score(of.key, mean([_within(a, of.range, f"{where}[{n}]") for n, a in enumerate(answers)]))


def _activities(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    if not isinstance(given, Mapping):
        raise InputError(f'{where} must be activities with their ratings, as in {{"stairs": 4}}')
    most = of.instrument.items_most or len(given)
    if len(given) > most:
        raise InputError(f"{where} has {len(given)} activities; rate {most} at most")
    for name in given:
        if (
            not isinstance(name, str)
            or not name.strip()
            or len(name) > LONGEST_NAME
            or not name.isprintable()
        ):
            raise InputError(f"{where}: an activity has a name of at most {LONGEST_NAME} characters")
    rated = {name: r for name, r in given.items() if r is not None}
    if not rated:
        raise InputError(f"{where} has no rating; write null where none was given")
    ratings = sorted((name, _within(r, of.range, f"{where}.{name}")) for name, r in rated.items())
    return Score(of.key, mean([rating for _, rating in ratings]), activities=tuple(ratings))


def _ticks(of: Measure, given: object, where: str, kb: KnowledgeBase) -> Score:
    if not isinstance(given, list | tuple):
        return _whole(of, given, where, kb)
    if len(given) != of.instrument.items:
        raise InputError(f"{where} has {len(given)} statements, not {of.instrument.items}")
    for n, tick in enumerate(given):
        if tick is not None and not isinstance(tick, bool):
            raise InputError(f"{where}[{n}] must be true, false or null, not {_shown(tick)}")
    return Score(of.key, float(sum(tick is True for tick in given)))


def _places(of: Measure, given: object, where: str, kb: KnowledgeBase) -> Score:
    marked: set[Place] = set()
    for n, text in enumerate(_list(given, where)):
        if not isinstance(text, str) or len(text) > LONGEST_NAME:
            raise InputError(f"{where}[{n}] must be a place, as in temple:left, not {_shown(text)}")
        try:
            marked.update(kb.places(text))
        except InputError as error:
            raise InputError(f"{where}[{n}]: {error}") from None
    there_are = sum(2 if region.sided else 1 for region in kb.regions.values())
    return Score(of.key, 100 * len(marked) / there_are, places=tuple(sorted(marked)))


def _diary(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    if not isinstance(given, Mapping):
        return Score(of.key, _whole_within(given, of.range, where))
    if set(given) != {"days", "diary_days"}:
        raise InputError(f'{where} must be a number of days, or {{"days": 8, "diary_days": 26}}')
    kept = _whole_within(given["diary_days"], of.range, f"{where}.diary_days")
    least = of.instrument.diary_days_least or 0
    if kept < least:
        raise InputError(f"{where}.diary_days: {kept:g} days of diary are too few; {least} are needed")
    return Score(of.key, _whole_within(given["days"], (0, kept), f"{where}.days"))


def _readings(of: Measure, given: object, where: str, _kb: KnowledgeBase) -> Score:
    readings = given if isinstance(given, list | tuple) else [given]
    if not 0 < len(readings) <= MOST_READINGS:
        raise InputError(f"{where} must be one to three readings")
    return Score(of.key, mean([_within(r, of.range, f"{where}[{n}]") for n, r in enumerate(readings)]))


SCORERS: Mapping[Scoring, Callable[[Measure, Any, str, KnowledgeBase], Score]] = {
    "number": _number,
    "whole": _whole,
    "three_answers": _three_answers,
    "activities": _activities,
    "ticks": _ticks,
    "places": _places,
    "diary": _diary,
    "readings": _readings,
    "total": _number,
}


def _list(given: object, where: str) -> Sequence[Any]:
    if not isinstance(given, list | tuple):
        raise InputError(f"{where} must be a list, not {_shown(given)}")
    return given


def _within(given: object, span: tuple[float, float], where: str) -> float:
    least, greatest = span
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InputError(f"{where} must be a number, not {_shown(given)}; write null where none was given")
    if not least <= given <= greatest:
        raise InputError(f"{where} must lie between {least:g} and {greatest:g}, not {_shown(given)}")
    return float(given)


def _whole_within(given: object, span: tuple[float, float], where: str) -> float:
    number = _within(given, span, where)
    if not number.is_integer():
        raise InputError(f"{where} must be a whole number, not {_shown(given)}")
    return number


def _shown(given: object) -> str:
    """What was given, on one line and not too long."""
    if isinstance(given, str):
        return repr(given[:40])
    if given is None or isinstance(given, bool | float):
        return "null" if given is None else str(given).lower()
    if isinstance(given, int):
        return str(given) if abs(given) < MANY else "a number of many digits"
    return "a list" if isinstance(given, list | tuple) else "an object"
