"""Ratings as a document: what `unknot outcomes` reads."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from unknot.errors import InputError, in_our_words
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Part
from unknot.outcomes.measures import measure
from unknot.outcomes.ratings import Ratings, Visit
from unknot.outcomes.scores import score

Sessions = Annotated[int, Meta(ge=0, le=10_000)]
Day = Annotated[int, Meta(ge=0, le=36_500)]


class _Visit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sessions: Sessions
    day: Day
    scores: dict[str, Any] = {}
    new_danger_sign: bool | None = None


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    visits: tuple[_Visit, ...]
    part: Part | None = None


def ratings_from_json(text: str | bytes, kb: KnowledgeBase) -> Ratings:
    """Read ratings from JSON; raises InputError, which names the field, where it holds none."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"the ratings are not JSON: {error}") from None
    return read_ratings(document, kb)


def read_ratings(document: object, kb: KnowledgeBase) -> Ratings:
    """
    Read ratings from plain values, as the JSON of `unknot outcomes` holds them.

    Raises InputError, which names the field, where something is missing, unknown, impossible or out of order.
    """
    try:
        told = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        raise InputError(f"these are no ratings: {in_our_words(str(error))}") from None
    _check_order(told.visits)
    return Ratings(tuple(_visit(f"visits[{n}]", v, kb) for n, v in enumerate(told.visits)), told.part)


def _check_order(visits: tuple[_Visit, ...]) -> None:
    for n, (earlier, later) in enumerate(pairwise(visits), start=1):
        if later.sessions <= earlier.sessions:
            raise InputError(
                f"visits[{n}].sessions: {later.sessions} comes after {earlier.sessions}; write the visits in "
                "their order, one for each number of sessions"
            )
        if later.day < earlier.day:
            raise InputError(f"visits[{n}].day: day {later.day} comes after day {earlier.day}")


def _visit(where: str, told: _Visit, kb: KnowledgeBase) -> Visit:
    scores = {}
    for key, given in told.scores.items():
        try:
            of = measure(key, kb)
        except InputError as error:
            raise InputError(f"{where}.scores: {error}") from None
        at = f"{where}.scores.{key}"
        if of.rates_change and told.sessions == 0 and given is not None:
            raise InputError(f"{at} is a rating of change: leave it out before the first session")
        scores[key] = None if given is None else score(key, given, kb, where=at)
    return Visit(told.sessions, told.day, scores, told.new_danger_sign)
