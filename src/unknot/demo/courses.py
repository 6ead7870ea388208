"""
Courses of the demo: clients with sessions behind them, who get better, stay as they were, or get worse.

Made through the apps' own actions, each at the time at which it happened; the next session of each is today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from unknot.demo.clients import Story, carried

if TYPE_CHECKING:
    from unknot.web.accounts.models import User
    from unknot.web.booking.models import Appointment
    from unknot.web.care.models import Session
    from unknot.web.directory.models import Practitioner
    from unknot.web.intake.models import Person

NAMESPACE = UUID("6f0a4d53-3f6c-4a43-9b5f-4b3f1a2c9d10")
A_WEEK = timedelta(days=7)
SOON = timedelta(minutes=20)
STEP = timedelta(minutes=15)
TRIES = 40
OFFER = {"offer": "single", "mode": "in_person"}


@dataclass(frozen=True)
class Rated:
    """What the client says before a visit: pain of the last week, what goes how well, the change so far."""

    pain: int
    ability: int
    change: int | None = None
    changed: str = ""


@dataclass(frozen=True)
class CourseStory:
    """A client in mid-course; one session less than there are ratings has been."""

    story: Story
    goal: str
    activity: str
    ratings: tuple[Rated, ...]


COURSES = (
    CourseStory(
        Story("Jordan Ellery", 41, "male", {"temple:left": 6, "neck_back:left": 4}, ("Turning the head",)),
        "Get through a work day without a headache",
        "looking over my shoulder when I drive",
        (Rated(7, 3), Rated(6, 4, 1), Rated(5, 6, 2, "Two mornings without a headache."), Rated(3, 8, 4)),
    ),
    CourseStory(
        Story("Rosa Villar", 52, "female", {"low_back:right": 6, "buttock_upper:right": 5}),
        "Sit through a meeting",
        "sitting for an hour",
        (Rated(6, 4), Rated(6, 4, 0), Rated(5, 4, 0), Rated(6, 4, 0, "As before.")),
    ),
    CourseStory(
        Story("Theo Lambert", 33, "male", {"shoulder_front:right": 5, "upper_arm_front:right": 3}),
        "Swim again",
        "reaching up to a shelf",
        (Rated(4, 6), Rated(5, 5, -1), Rated(7, 4, -2), Rated(7, 3, -3, "It wakes me at night now.")),
    ),
    CourseStory(
        Story("Mina Okafor", 29, "female", {"neck_base:right": 6, "scapula_medial:right": 5}),
        "Work at the screen without pain",
        "a morning at the laptop",
        (Rated(6, 4), Rated(5, 5, 1)),
    ),
)


def begin_courses(practitioner: Practitioner, now: datetime) -> int:
    """Give a practitioner who works in person clients in mid-course; how many sessions have been."""
    if not practitioner.services.filter(**OFFER).exists():
        return 0
    return sum(_course(practitioner, course, n, now) for n, course in enumerate(COURSES))


def _course(practitioner: Practitioner, course: CourseStory, number: int, now: datetime) -> int:
    """All sessions but the last, a week apart; the last is today, and was told for."""
    from unknot.web.accounts.actions import account_of

    user = account_of(f"course{number + 1}.{practitioner.pk}@demo.example")
    been = len(course.ratings) - 1
    person: Person | None = None
    for week, rated in enumerate(course.ratings):
        at = now - A_WEEK * (been - week)
        appointment = _visit(practitioner, course, user, person, at)
        person = appointment.person
        _tell_before(appointment, course, rated, at - timedelta(hours=3))
        if week < been:
            _treat(appointment, course, rated, appointment.starts_at)
    return been


def _visit(
    practitioner: Practitioner, course: CourseStory, user: User, person: Person | None, at: datetime
) -> Appointment:
    """The first time that isn't taken from a moment on; with the first, what they told of themselves."""
    from unknot.web.booking import actions
    from unknot.web.booking.forms.client import keeping_words
    from unknot.web.intake import actions as intake
    from unknot.web.intake.actions import Contact

    said_at = at - timedelta(days=1)
    contact = Contact(name=course.story.name, email=user.email, phone="+12025550100")
    who = person or intake.client_of(practitioner.practice, user, contact, guarded=False)
    service = practitioner.services.filter(**OFFER).earliest("minutes")
    for start in _moments(at):
        try:
            made = actions.book_for(
                service, start, who, place=practitioner.places.first(), by=practitioner.user, now=said_at
            )
        except actions.TimeTaken:
            continue
        if person is None:
            brought = actions.Brought(*carried(course.story))
            made = actions.tell(
                made,
                brought,
                actions.Agreement(keeping=keeping_words()),
                by=user,
                now=said_at,
                by_practice=False,
            )
        return made
    raise RuntimeError("a whole day is taken")


def _moments(at: datetime) -> Iterator[datetime]:
    start = (at + SOON).replace(second=0, microsecond=0)
    start -= timedelta(minutes=start.minute % 5)
    return (start + n * STEP for n in range(TRIES))


def _tell_before(appointment: Appointment, course: CourseStory, rated: Rated, at: datetime) -> None:
    from unknot.web.care import actions
    from unknot.web.directory.queries import local_date

    told = actions.Told(
        pain_last_week=rated.pain,
        activities=[(course.activity, rated.ability)],
        change=rated.change,
        changed=rated.changed,
    )
    on = local_date(appointment.practitioner, at)
    actions.tell_before(appointment, told, on=on, by=None, now=at)


def _treat(appointment: Appointment, course: CourseStory, rated: Rated, at: datetime) -> None:
    """A session from the check to the signed note and home care."""
    from unknot.web.billing import actions as billing
    from unknot.web.billing.models import How
    from unknot.web.care import actions
    from unknot.web.care.drafting import drafted
    from unknot.web.care.queries import signature
    from unknot.web.care.today import today
    from unknot.web.directory.queries import local_date

    by = appointment.practitioner.user
    session = actions.begin(appointment, by=by, now=at)
    check_and_agree(session, course.story.name, course.goal, by, at)
    _chart(session, rated, by)
    session.refresh_from_db()
    day = today(session)
    actions.give_home_care(session, day.plan.home_care[:3] if day else (), by=by, now=at)
    actions.sign(
        session, drafted(session), 0, name=signature(appointment.practitioner), by=by,
        now=at + timedelta(hours=1),
    )  # fmt: skip
    billing.record_payment(
        appointment, appointment.price_minor, How.CARD, by=by,
        paid_on=local_date(appointment.practitioner, at), token=uuid5(NAMESPACE, str(session.public_id)),
    )  # fmt: skip


def check_and_agree(session: Session, name: str, goals: str, by: User, at: datetime) -> None:
    """Nothing new, and agreed to all of today's plan."""
    from unknot.knowledge import load
    from unknot.planning import with_symptoms_of
    from unknot.screening import screen
    from unknot.screening.questionnaire import Selection, answers_today, check
    from unknot.web.care import actions
    from unknot.web.care.today import today, told_for, with_check

    told = told_for(session)
    if told is None:
        raise RuntimeError("the demo's own answers can't be read")
    kb = load()
    form = check(told.answers, kb)
    selection = Selection(none_of=frozenset(group.id for group in form.groups))
    answers = answers_today(selection, form, told.answers, kb)
    screening = screen(with_symptoms_of(told.drawing, with_check(told, answers, kb)), kb)
    actions.keep_check(session, answers, screening, by=by, now=at)
    day = today(session)
    areas = dict.fromkeys(day.areas_asked() if day else (), ("I agree to work at this area today.", True))
    agreed = actions.Agreement(plan="I agree to today's plan.", given_by=name, goals=goals, areas=areas)
    actions.agree(session, agreed, by=by, now=at)


def _chart(session: Session, rated: Rated, by: User) -> None:
    """The first points of the plan: found, and pressed at its levels."""
    from unknot.web.care import actions
    from unknot.web.care.models import Finding
    from unknot.web.care.today import today

    session.refresh_from_db()
    day = today(session)
    if day is None:
        raise RuntimeError("the demo's own answers can't be read")
    actions.chart_session(
        session,
        {"pain_before": rated.pain, "pain_after": max(rated.pain - 2, 0), "changed": rated.changed},
        by=by,
    )
    for number, point in enumerate([p for p in day.queue() if p.hold][:3]):
        muscle, side, point_id = point.muscle.id, point.side, point.trigger_point.id
        found = Finding(
            muscle=muscle,
            side=side,
            trigger_point=point_id,
            familiar=number == 0,
            tenderness=rated.pain,
            taut_band=True,
        )
        actions.chart_finding(session, found, by=by)
        for turn, level in enumerate(point.hold.levels if point.hold else ()):
            pressed = actions.Pressed(
                public_id=uuid5(NAMESPACE, f"{session.public_id} {point.id} {turn}"),
                muscle=muscle,
                side=side,
                trigger_point=point_id,
                technique=point.hold.technique if point.hold else "",
                level=level,
                seconds=14 + 3 * turn,
                pain_during=min(rated.pain, point.hold.pain_ceiling if point.hold else 7),
                pain_after=max(rated.pain - 2 - turn, 0),
                response="softened" if turn else "half",
            )
            actions.chart_hold(session, pressed, by=by)
