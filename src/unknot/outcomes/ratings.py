"""What one person rated over a course of treatment, visit by visit."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Part
from unknot.outcomes.change import Change, change, shares_activities, start_of
from unknot.outcomes.measures import Measure
from unknot.outcomes.scores import Score


class Visit(msgspec.Struct, frozen=True):
    """
    The ratings of one visit.

    ``sessions`` is how many sessions had been when they were given, 0 for the baseline; ``day`` counts from
    the first rating. A score that was asked for and not given is None. ``new_danger_sign`` says whether the
    safety questions found one since the visit before; None where they were not asked.
    """

    sessions: int
    day: int
    scores: Mapping[str, Score | None]
    new_danger_sign: bool | None = None


class Ratings(msgspec.Struct, frozen=True):
    """
    All visits, each with more sessions than the one before; ``part`` is where the pain is.

    Only what was rated before the first session is a baseline: nothing stands in for it.
    """

    visits: tuple[Visit, ...]
    part: Part | None = None

    @property
    def before(self) -> Visit | None:
        """The visit before the first session, if there was one."""
        return next((visit for visit in self.visits if visit.sessions == 0), None)

    @property
    def since(self) -> tuple[Visit, ...]:
        """The visits after a session."""
        return tuple(visit for visit in self.visits if visit.sessions > 0)

    @property
    def keys(self) -> tuple[str, ...]:
        """Each measure that was asked for, in the order of its first time."""
        return tuple(dict.fromkeys(key for visit in self.visits for key in visit.scores))

    def baseline(self, of: Measure) -> Score | None:
        """The score from which ``of`` counts."""
        if of.rates_change:
            return start_of(of)
        return self.before.scores.get(of.key) if self.before else None

    def change_at(
        self, visit: Visit, of: Measure, kb: KnowledgeBase, *, anywhere: bool = False
    ) -> Change | None:
        """
        What became of ``of`` from the baseline to a visit; None where either score is missing.

        ``anywhere``: held against what holds for most of the body, whatever the part.
        """
        baseline, now = self.baseline(of), visit.scores.get(of.key)
        if baseline is None or now is None or not shares_activities(baseline, now):
            return None
        return change(baseline, now, kb, part=None if anywhere else self.part)

    def days_since_baseline(self, visit: Visit) -> int:
        """Days from the baseline, or where there is none from the first rating."""
        return visit.day - (self.before.day if self.before else 0)
