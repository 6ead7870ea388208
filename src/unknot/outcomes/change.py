"""
Change between two scores: in points and percent, and whether it is more than noise and matters.

The steps are those of ``outcomes.toml``, [interpretation]. The mdc (smallest change beyond measurement error)
and the mcid (smallest that people call worthwhile) are those of the instrument, with its sources.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Part
from unknot.knowledge.outcomes import ByPart
from unknot.outcomes.measures import Measure, measure
from unknot.outcomes.scores import Score, mean

DIGITS = 6
"""Means of thirds are compared with whole limits: what lies this far behind the point is no difference."""


class Verdict(StrEnum):
    """How a change is read, from the worst to the best; the last is for measures without a known mdc."""

    MEANINGFULLY_WORSE = "meaningfully_worse"
    WORSE = "worse"
    WITHIN_NOISE = "within_noise"
    BETTER = "better"
    MEANINGFULLY_BETTER = "meaningfully_better"
    NOT_JUDGED = "not_judged"


class Limits(msgspec.Struct, frozen=True):
    """
    What a change is held against, in the measure's points; None where the knowledge base gives none.

    ``mcid`` is that for the baseline.
    """

    mdc: float | None
    mcid: float | None

    @property
    def meaningful(self) -> float | None:
        """From where on a change matters to one person: where the mdc is the larger, it decides (step 4b)."""
        return None if self.mdc is None or self.mcid is None else max(self.mdc, self.mcid)


class Change(msgspec.Struct, frozen=True):
    """
    What became of a score.

    ``better_by`` is in the measure's points, below zero where it is worse, whichever direction is good.
    ``percent`` is the same of the baseline; None where that is 0, and for ratings of change. ``too_mild``:
    the baseline lies too near the good end for a change that matters. ``not_rated`` names activities of the
    baseline without a rating now; ``baseline`` is then the mean of the others.
    """

    measure: str
    baseline: float
    now: float
    better_by: float
    percent: float | None
    verdict: Verdict
    limits: Limits
    too_mild: bool
    not_rated: tuple[str, ...] = ()


def change(baseline: Score, now: Score, kb: KnowledgeBase, *, part: Part | None = None) -> Change:
    """
    What became of ``baseline``, as one person's.

    ``part`` is where the pain is: the same number is noisier there for some (the neck). A score of own
    activities compares those rated both times. Raises InputError where the two are not of one measure, or
    have no activity in common.

    >>> from unknot.knowledge import load
    >>> from unknot.outcomes.scores import score
    >>> kb = load()
    >>> change(score("nprs", 7, kb), score("nprs", 4, kb), kb).verdict.value
    'meaningfully_better'
    """
    if baseline.measure != now.measure:
        raise InputError(f"{now.measure} can't be compared with {baseline.measure}: only like with like")
    of = measure(now.measure, kb)
    before, after, items = _compared(baseline, now)
    better_by = _better_by(of, before, after)
    held_against = limits(of, before, part=part, items=items)
    return Change(
        measure=of.key,
        baseline=before,
        now=after,
        better_by=better_by,
        percent=None if of.rates_change or not before else round(100 * better_by / before, DIGITS),
        verdict=_verdict(better_by, held_against),
        limits=held_against,
        too_mild=_too_mild(of, before, held_against),
        not_rated=not_rated(baseline, now),
    )


def start_of(of: Measure) -> Score:
    """The score from which a rating of change counts: its answer for "no change"."""
    if of.instrument.no_change is None:
        raise InputError(f"{of.key} starts from a rating of its own")
    return Score(of.key, of.instrument.no_change)


def limits(of: Measure, baseline: float, *, part: Part | None = None, items: int | None = None) -> Limits:
    """
    What a change from ``baseline`` is held against; ``items`` is the number of activities compared.

    Pain intensity in the neck is noisier than elsewhere, a single activity noisier than several.
    """
    of_part, instrument = noisier_part(of, part), of.instrument
    mdc = of_part.value if of_part else instrument.mdc
    if items == 1 and instrument.mdc_one_item is not None:
        mdc = instrument.mdc_one_item
    rows = [row for row in instrument.mcid_by_baseline if row.from_ <= baseline]
    return Limits(mdc, rows[-1].value if rows else instrument.mcid)


def noisier_part(of: Measure, part: Part | None) -> ByPart | None:
    """The mdc that the instrument has for this part of the body alone."""
    return next((row for row in of.instrument.mdc_by_part if row.part == part), None)


def shares_activities(baseline: Score, now: Score) -> bool:
    """Whether there is anything to compare: scores of own activities need one in common."""
    return not baseline.activities or bool(_rated(baseline) & _rated(now))


def not_rated(baseline: Score, now: Score) -> tuple[str, ...]:
    """The activities of the baseline that have no rating now."""
    return tuple(sorted(_rated(baseline) - _rated(now)))


def _rated(scored: Score) -> set[str]:
    return {name for name, _ in scored.activities}


def _compared(baseline: Score, now: Score) -> tuple[float, float, int | None]:
    """Both values, over the activities rated both times where there are any, and how many those are."""
    if not shares_activities(baseline, now):
        raise InputError(f"{now.measure}: no activity was rated both times")
    if not baseline.activities:
        return baseline.value, now.value, None
    both = _rated(baseline) & _rated(now)
    before, after = ([r for name, r in s.activities if name in both] for s in (baseline, now))
    return mean(before), mean(after), len(both)


def _better_by(of: Measure, before: float, after: float) -> float:
    return round(before - after if of.instrument.direction == "lower" else after - before, DIGITS)


def _verdict(better_by: float, held_against: Limits) -> Verdict:
    size = abs(better_by)
    if held_against.mdc is None:
        return Verdict.NOT_JUDGED
    if size < held_against.mdc:
        return Verdict.WITHIN_NOISE
    matters = held_against.meaningful is not None and size >= held_against.meaningful
    if better_by > 0:
        return Verdict.MEANINGFULLY_BETTER if matters else Verdict.BETTER
    return Verdict.MEANINGFULLY_WORSE if matters else Verdict.WORSE


def _too_mild(of: Measure, before: float, held_against: Limits) -> bool:
    best = of.range[0] if of.instrument.direction == "lower" else of.range[1]
    needed = held_against.meaningful
    return needed is not None and round(abs(best - before), DIGITS) < needed
