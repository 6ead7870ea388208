"""What may be done in a session today: the check's screening, the plan within it, every point's bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase, load
from unknot.knowledge.places import SIDES
from unknot.planning import PUBLIC_SCOPE, Bounds, hold_for, other_work, plan_from, with_symptoms_of
from unknot.planning.bounds import needs, pressed
from unknot.reasoning import reason
from unknot.screening import merged, read_answers, screen
from unknot.web.booking.actions import opens_at
from unknot.web.directory.queries import local_date
from unknot.web.intake.queries import record_of
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from datetime import datetime

    from unknot.knowledge.muscles import Muscle, TriggerPoint
    from unknot.knowledge.places import Side
    from unknot.planning import OtherWork
    from unknot.planning.result import Hold, LightWork, Plan
    from unknot.planning.result import Session as Protocol
    from unknot.screening import Answers, Screening
    from unknot.web.care.models import Check, Session
    from unknot.web.intake.told import Told

CONSENT = "sensitive_area_consent"


@dataclass(frozen=True)
class Point:
    """A trigger point on one side, with the hold that today's bounds allow there; None where it is closed."""

    muscle: Muscle
    side: Side
    trigger_point: TriggerPoint
    hold: Hold | None

    @property
    def id(self) -> str:
        """As forms and pages write it: ``upper_trapezius:left:TrP1``."""
        return f"{self.muscle.id}:{self.side}:{self.trigger_point.id}"


@dataclass(frozen=True)
class Today:
    """
    A session as its day allows it.

    ``number`` counts the sessions that were treated, with this one; ``areas`` are the sensitive regions to
    which the client agreed today.
    """

    told: Told
    screening: Screening
    plan: Plan
    number: int
    areas: frozenset[str]
    bounds: Bounds
    is_checked: bool

    @cached_property
    def protocol(self) -> Protocol | None:
        """What the plan has for this session; what is beyond the planned course follows its last."""
        if self.plan.course is None:
            return None
        planned = self.plan.course.sessions_plan
        return planned[min(self.number, len(planned)) - 1]

    @property
    def may_touch(self) -> bool:
        """Whether hands may be laid on at all: checked today, nothing held, some of the body treatable."""
        shut = self.screening.held or self.screening.treatable == "none" or self.plan.after_clearance
        return self.is_checked and not shut

    def queue(self) -> Iterator[Point]:
        """The points of today's protocol, in its order; those that wait for consent with no hold."""
        for planned in self.protocol.holds if self.protocol else ():
            muscle = self.bounds.kb.muscles[planned.muscle]
            point = next(p for p in muscle.trigger_points if p.id == planned.trigger_point)
            is_open = self._agreed(muscle, point)
            yield Point(muscle, planned.side, point, planned if is_open else None)

    def light_work(self) -> Iterator[LightWork]:
        """The light work of today's protocol, without what waits for consent."""
        for planned in self.protocol.light_work if self.protocol else ():
            muscle = self.bounds.kb.muscles[planned.muscle]
            point = next(p for p in muscle.trigger_points if p.id == planned.trigger_point)
            if self._agreed(muscle, point):
                yield planned

    def point(self, muscle: Muscle, side: Side, point: TriggerPoint) -> Point:
        """One point with what is allowed there."""
        hold = hold_for(muscle, point, side, self.bounds) if self._agreed(muscle, point) else None
        return Point(muscle, side, point, hold)

    def points(self) -> Iterator[Point]:
        """All that there are."""
        return (self.point(muscle, side, point) for muscle, point, side in self._everywhere())

    def other_work(self, held: Iterable[str]) -> tuple[OtherWork, ...]:
        """What may be done beside the holds where today's plan works and where was pressed; else anywhere."""
        planned = (f"{at.muscle}:{at.side}:{at.trigger_point}" for at in self.light_work())
        worked = {*held, *planned, *(point.id for point in self.queue())}
        agreed = [(m, p, s) for m, p, s in self._everywhere() if self._agreed(m, p)]
        here = [(m, p, s) for m, p, s in agreed if f"{m.id}:{s}:{p.id}" in worked]
        return other_work(here or agreed, self.bounds)

    def areas_asked(self) -> tuple[str, ...]:
        """The sensitive regions that today's protocol presses: each needs the client's word."""
        asked = (
            region
            for point in self.queue()
            if self.wants_consent(point.muscle, point.trigger_point)
            for region in point.trigger_point.press_at
        )
        return tuple(dict.fromkeys(asked))

    def wants_consent(self, muscle: Muscle, point: TriggerPoint) -> bool:
        """Whether a point lies in a sensitive area."""
        return CONSENT in needs(muscle, point, self.bounds.kb)

    def is_avoided(self, point: Point) -> bool:
        """Whether screening leaves a place of it alone."""
        there = pressed(point.trigger_point, point.side, self.bounds.kb)
        return any(place in self.bounds.avoided for place in there)

    def _everywhere(self) -> Iterator[tuple[Muscle, TriggerPoint, Side]]:
        for muscle in self.bounds.kb.muscles.values():
            for point in muscle.trigger_points:
                for side in SIDES:
                    yield muscle, point, side

    def _agreed(self, muscle: Muscle, point: TriggerPoint) -> bool:
        return not self.wants_consent(muscle, point) or self.areas.issuperset(point.press_at)


def today(session: Session) -> Today | None:
    """
    A session's day, with what its last check added; None where nothing was told, or not readably.

    Internal and intraoral work is closed: whose licence covers it, nobody has recorded.
    """
    told = told_for(session)
    if told is None:
        return None
    kb = load()
    checked = _checked(session, told, kb)
    answers = checked or told.answers
    screening = screen(with_symptoms_of(told.drawing, answers), kb, lang=language())
    plan = plan_from(told.drawing, screening, reason(told.drawing, kb), kb, lang=language())
    agreed = frozenset(
        a.area
        for a in session.areaconsents.select_related("consent")
        if a.consent and counts_for_today(session, a.consent.given_at)
    )
    number = session.treated_before() + 1
    bounds = Bounds(kb, screening, PUBLIC_SCOPE, lang=language())
    return Today(told, screening, plan, number, agreed, bounds, is_checked=checked is not None)


def _checked(session: Session, told: Told, kb: KnowledgeBase) -> Answers | None:
    """The answers of the day; None before its check, or where that can't be read and is to be asked again."""
    last = check_of_the_day(session)
    try:
        return with_check(told, last.answers, kb) if last else None
    except InputError:
        return None


def check_of_the_day(session: Session) -> Check | None:
    """The last check, if it was made for this time of the visit: one that was moved is checked anew."""
    last = session.checks.first()
    return last if last and counts_for_today(session, last.checked_at) else None


def has_agreed(session: Session) -> bool:
    """Whether the client agrees to the plan of this time of the visit."""
    return session.consent is not None and counts_for_today(session, session.consent.given_at)


def counts_for_today(session: Session, at: datetime) -> bool:
    """Whether something was said for this visit, or charted after it, and not for an earlier time of it."""
    return at >= opens_at(session.appointment)


def told_for(session: Session) -> Told | None:
    """What was told at booking, as it is on the day of the visit."""
    intake = session.appointment.intake
    record = record_of(intake) if intake else None
    if record is None:
        return None
    day = local_date(session.course.practitioner, session.appointment.starts_at)
    return record.on(day)


def with_check(told: Told, answers: object, kb: KnowledgeBase) -> Answers:
    """The answers of the day: those of the booking with what the check adds."""
    return merged(told.answers, read_answers(answers, kb), kb)
