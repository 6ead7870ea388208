"""What a plot of one measure needs: its points, the band of measurement error, the lines of real change."""

from __future__ import annotations

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.outcomes.change import Limits, Verdict, limits
from unknot.outcomes.measures import Measure
from unknot.outcomes.ratings import Ratings, Visit


class Point(msgspec.Struct, frozen=True):
    """
    One visit's score; ``value`` is None where none was given, and is never filled in.

    ``verdict`` compares with the baseline; None for the baseline itself and where nothing can be compared.
    ``not_rated`` names activities of the baseline without a rating: the value is the mean of the others.
    """

    sessions: int
    day: int
    value: float | None
    verdict: Verdict | None
    not_rated: tuple[str, ...] = ()


class Series(msgspec.Struct, frozen=True):
    """
    One measure over the visits, in its own points.

    ``band`` is the baseline with the mdc to either side, within ``range``: what lies inside is noise, what
    lies on its edge no more. ``line`` is where a change for the better begins to matter to one person, the
    larger of mdc and mcid from the baseline, and ``worse_line`` is as far the other way, where the safety
    questions come again; None where it is unknown or lies outside the range. ``direction`` is where better
    lies.
    """

    measure: str
    direction: str
    range: tuple[float, float]
    baseline: float | None
    band: tuple[float, float] | None
    line: float | None
    worse_line: float | None
    points: tuple[Point, ...]


def series(ratings: Ratings, of: Measure, kb: KnowledgeBase) -> Series:
    """The series of one measure; without a baseline it has neither band nor line."""
    baseline = ratings.baseline(of)
    value, held_against = None, Limits(mdc=None, mcid=None)
    if baseline is not None:
        items = len(baseline.activities) or None
        value = baseline.value
        held_against = limits(of, value, part=ratings.part, items=items)
    return Series(
        measure=of.key,
        direction=of.instrument.direction,
        range=of.range,
        baseline=value,
        band=_band(of, value, held_against.mdc),
        line=_line(of, value, held_against.meaningful, better=True),
        worse_line=_line(of, value, held_against.meaningful, better=False),
        points=tuple(_point(ratings, visit, of, kb) for visit in ratings.visits if of.key in visit.scores),
    )


def _band(of: Measure, baseline: float | None, mdc: float | None) -> tuple[float, float] | None:
    if baseline is None or mdc is None:
        return None
    least, greatest = of.range
    return max(least, baseline - mdc), min(greatest, baseline + mdc)


def _line(of: Measure, baseline: float | None, meaningful: float | None, *, better: bool) -> float | None:
    if baseline is None or meaningful is None:
        return None
    lower = (of.instrument.direction == "lower") == better
    line = baseline - meaningful if lower else baseline + meaningful
    return line if of.range[0] <= line <= of.range[1] else None


def _point(ratings: Ratings, visit: Visit, of: Measure, kb: KnowledgeBase) -> Point:
    score = visit.scores[of.key]
    changed = ratings.change_at(visit, of, kb) if visit.sessions else None
    if changed is None:
        return Point(visit.sessions, visit.day, score.value if score else None, None)
    return Point(visit.sessions, visit.day, changed.now, changed.verdict, changed.not_rated)
