"""What the desk's pages put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from unknot.knowledge import load
from unknot.outcomes import Answer as Proposed
from unknot.web.accounts.models import User
from unknot.web.billing.queries import paid_for, payments_of
from unknot.web.booking.actions import opens_at
from unknot.web.booking.models import Appointment, Status, TakenTime
from unknot.web.booking.queries import open_days
from unknot.web.care import queries as care
from unknot.web.care.actions import CHARTED_AT_MOST_AFTER, may_tell
from unknot.web.care.home_care import given_at_home, waits_at_home
from unknot.web.care.models import Course, Session
from unknot.web.care.progress import progress
from unknot.web.care.today import today
from unknot.web.directory.models import Offer, Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.answer import Answer, answer_of, kind_of
from unknot.web.intake.danger import Danger, danger
from unknot.web.intake.pictures import drawn
from unknot.web.intake.queries import record_of
from unknot.web.intake.records import INTAKE_STALE, screening_on
from unknot.web.learn.references import References

if TYPE_CHECKING:
    from unknot.screening.result import Need, Screening
    from unknot.web.intake.told import Told

OPENS = timedelta(minutes=10)
"""How long before it begins a video appointment's room opens."""
A_MOMENT = timedelta(minutes=1)
MOST_NAMED = 10


@dataclass(frozen=True)
class After:
    """What is left to do once a visit is over; ``note`` and ``payment`` are empty where none is due."""

    session: Session | None
    note: Literal["signed", "unsigned", "not_charted", "came", ""]
    payment: Literal["paid", "part", "open", ""]


@dataclass(frozen=True)
class Waiting:
    """Visits without a signed note, the oldest first; where nothing is charted, while it still can be."""

    visits: list[Appointment]
    more: int


@dataclass(frozen=True)
class Line:
    """
    An appointment in a list, flagged as its page is; ``kind`` is empty where nothing was told.

    ``after`` is None until it is over.
    """

    appointment: Appointment
    kind: str
    held: bool
    drawing: SafeString | None
    after: After | None


@dataclass(frozen=True)
class Day:
    """One day by the practitioner's calendar."""

    on: date
    lines: tuple[Line, ...]
    blocked: tuple[TakenTime, ...]
    is_open: bool


@dataclass(frozen=True)
class Visit:
    """
    What is known for an appointment, screened for its day.

    ``answer`` is None in an emergency, both are where nothing was told. ``questions_open``: some have to be
    asked before treatment.
    """

    told: Told | None
    answer: Answer | None
    danger: Danger | None
    needs: tuple[Need, ...]
    questions_open: bool


def coming(user: User, now: datetime) -> QuerySet[Appointment]:
    """The appointments to come of everybody whom an account acts for."""
    return _of(user).filter(ends_at__gt=now, status__in=(Status.BOOKED, Status.ARRIVED))


def past(user: User, now: datetime) -> QuerySet[Appointment]:
    """What is over or was cancelled, the latest first."""
    return _of(user).exclude(pk__in=coming(user, now)).order_by("-starts_at")


def day(practitioner: Practitioner, on: date, now: datetime) -> Day:
    """One day, in its order, with thumbnails of the drawings."""
    (found,) = _days(practitioner, [on], now, with_drawings=True)
    return found


def notes_to_sign(practitioner: Practitioner, on: date) -> Waiting:
    """Of visits before a day; those of the day itself say so where they stand."""
    midnight = datetime.combine(on, datetime.min.time(), ZoneInfo(practitioner.zone))
    over = practitioner.appointments.filter(ends_at__lt=midnight)
    unsigned = Q(session__isnull=False, session__note__signed_at__isnull=True)  # or there is no note yet
    not_charted = Q(
        session__isnull=True,
        status__in=(Status.BOOKED, Status.ARRIVED),
        ends_at__gte=midnight - CHARTED_AT_MOST_AFTER,
    ) & ~Q(offer=Offer.DISCOVERY)
    waiting = over.filter(unsigned | not_charted).order_by("starts_at")
    named = list(waiting.select_related("person", "session")[:MOST_NAMED])
    return Waiting(named, more=waiting.count() - len(named))


def week(practitioner: Practitioner, on: date, now: datetime) -> tuple[Day, ...]:
    """The week of a day, from Monday."""
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    return _days(practitioner, days, now, with_drawings=False)


def visit(appointment: Appointment) -> Visit:
    """What the practitioner has to know: by what was told, and once it was made by the day's check."""
    record = record_of(appointment.intake) if appointment.intake else None
    on = local_date(appointment.practitioner, appointment.starts_at)
    screening = _checked(appointment) or (screening_on(record, on) if record else None)
    is_open = _is_open(screening)
    if record is None or screening is None:
        return Visit(None, None, None, (), is_open)
    told = record.on(on)
    needs = tuple(need for need in screening.needs if need.kind == "clearance")
    if screening.decision == "emergency":
        return Visit(told, None, danger(screening, load()), needs, is_open)
    return Visit(told, answer_of(told, screening, load(), of_a_client=True), None, needs, is_open)


def _checked(appointment: Appointment) -> Screening | None:
    """What screening says since the check of the day, where one was made."""
    session = (
        Session.objects.filter(appointment=appointment).select_related("appointment__intake__person").first()
    )
    day = today(session) if session else None
    return day.screening if day and day.is_checked else None


def questions_are_open(appointment: Appointment) -> bool:
    """Whether the client has something to tell before the visit."""
    record = record_of(appointment.intake) if appointment.intake else None
    on = local_date(appointment.practitioner, appointment.starts_at)
    return _is_open(screening_on(record, on) if record else None)


def made_just_now(practitioner: Practitioner, at: datetime, name: str, now: datetime) -> Appointment | None:
    """What a first press made a moment ago, for the same time and name."""
    same = practitioner.appointments.filter(starts_at=at, person__name=name, status=Status.BOOKED)
    return same.filter(booked_at__gt=now - A_MOMENT).first()


def visit_after(appointment: Appointment) -> dict[str, object]:
    """What the form for the next visit begins with: the same service and hour, a course's interval later."""
    zone = ZoneInfo(appointment.practitioner.zone)
    local = appointment.starts_at.astimezone(zone)
    same = appointment.practitioner.services.filter(
        offer=appointment.offer, mode=appointment.mode, minutes=appointment.minutes
    )
    interval = timedelta(days=load().planning.course.interval_days)
    return {"service": same.first(), "on": local.date() + interval, "start": local.time()}


def care_of(appointment: Appointment, now: datetime) -> dict[str, object]:
    """A visit's session, or whether one may begin; the one before, and what was told for this visit."""
    session = Session.objects.filter(appointment=appointment).select_related("note").first()
    course = care.course_of(appointment)
    opens = opens_at(appointment)
    is_waited_for = (
        session is None
        and appointment.offer != Offer.DISCOVERY
        and appointment.status in (Status.BOOKED, Status.ARRIVED)
    )
    last = course.sessions.order_by("-position").exclude(appointment=appointment).first() if course else None
    return {
        "session": session,
        "may_begin": is_waited_for and now >= opens,
        "opens_at": opens if is_waited_for and now < opens else None,
        "last_session": last,
        "goals": course.goals if course else "",
        "told_before": care.told_words(appointment),
        **_look_back(course),
    }


def _look_back(course: Course | None) -> dict[str, object]:
    """
    What the rules say once enough sessions have been, until the practitioner has decided since.

    ``is_calm``: to go on as before, or with more room between.
    """
    shown = progress(course) if course else None
    said = shown.report.re_evaluation if shown else None
    if course is None or shown is None or said is None or said.answer == Proposed.NOT_ENOUGH_DATA:
        return {}
    decided = course.sessions.filter(reevaluation__isnull=False)
    is_decided = any(session.treated_before() >= said.sessions for session in decided)
    is_calm = said.answer in (Proposed.GO_ON, Proposed.SPACE_OUT)
    return {} if is_decided else {"look_back": shown.report.says.practitioner, "is_calm": is_calm}


def care_for_client(appointment: Appointment, now: datetime) -> dict[str, object]:
    """What a client's page of an appointment shows of their care."""
    session = Session.objects.filter(appointment=appointment).select_related("reevaluation").first()
    on = local_date(appointment.practitioner, now)
    refs = References()
    home_care = given_at_home(appointment, on, refs)
    return {
        "session": session,
        "done": care.done_words(session) if session else [],
        "way_on": care.way_on(session) if session else "",
        "home_care": home_care,
        "home_care_sources": refs.listed(),
        "home_care_waits": waits_at_home(appointment),
        "may_check_in": may_tell(appointment, now),
        "has_told": care.has_told(appointment),
        "has_course": care.course_of(appointment) is not None,
        "payments": payments_of(appointment),
    }


def is_owed(appointment: Appointment) -> bool:
    """Whether its price counts: a visit that ended at the check, before any treatment, costs nothing."""
    return _is_owed(session_of(appointment))


def session_of(appointment: Appointment) -> Session | None:
    """What was charted of a visit, if anything."""
    return Session.objects.filter(appointment=appointment).first()


def _is_owed(session: Session | None) -> bool:
    return session is None or not session.stopped or session.was_treated


def room_is_open(appointment: Appointment, now: datetime) -> bool:
    """Whether the way into the video room is shown."""
    booked = appointment.status in (Status.BOOKED, Status.ARRIVED)
    return booked and appointment.starts_at - OPENS <= now <= appointment.ends_at


def _of(user: User) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(person__actors__user=user).distinct()
    return found.select_related("practitioner", "person")


def _days(
    practitioner: Practitioner, days: list[date], now: datetime, *, with_drawings: bool
) -> tuple[Day, ...]:
    zone = ZoneInfo(practitioner.zone)
    start = datetime.combine(days[0], datetime.min.time(), zone)
    end = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), zone)
    found = list(
        practitioner.appointments.filter(starts_at__gte=start, starts_at__lt=end)
        .exclude(status=Status.CANCELLED)
        .select_related("person__contact", "intake__person")
        .prefetch_related("intake__person__clearances")
    )
    blocked = list(
        practitioner.taken.filter(
            what=TakenTime.What.BLOCKED, during__startswith__lt=end, during__endswith__gt=start
        ).order_by("during")
    )
    opened = open_days(practitioner, days)
    over = _over(found, now)
    return tuple(
        Day(
            on,
            tuple(
                _line(a, on, over.get(a.pk), with_drawings=with_drawings)
                for a in found
                if a.starts_at.astimezone(zone).date() == on
            ),
            tuple(b for b in blocked if b.during.lower.astimezone(zone).date() <= on <= _last(b, zone)),
            on in opened,
        )
        for on in days
    )


def _over(appointments: list[Appointment], now: datetime) -> dict[int, After]:
    """What is there and left to do of those that are over; who did not come leaves nothing."""
    over = [a for a in appointments if a.ends_at <= now and a.status in (Status.BOOKED, Status.ARRIVED)]
    sessions, paid = care.sessions_at(over), paid_for(over)
    return {
        a.pk: After(
            session=sessions.get(a.pk),
            note=_note(a, sessions.get(a.pk)),
            payment=_payment(a, sessions.get(a.pk), paid.get(a.pk, 0)),
        )
        for a in over
    }


def _note(
    appointment: Appointment, session: Session | None
) -> Literal["signed", "unsigned", "not_charted", "came", ""]:
    """How far the note is; of a call no session is charted."""
    if session:
        note = getattr(session, "note", None)
        return "signed" if note and note.signed_at else "unsigned"
    if appointment.status == Status.BOOKED:
        return "came"
    return "" if appointment.offer == Offer.DISCOVERY else "not_charted"


def _payment(
    appointment: Appointment, session: Session | None, paid: int
) -> Literal["paid", "part", "open", ""]:
    if not appointment.price_minor or not _is_owed(session):
        return ""
    if paid >= appointment.price_minor:
        return "paid"
    return "part" if paid > 0 else "open"


def _last(blocked: TakenTime, zone: ZoneInfo) -> date:
    last: datetime = blocked.during.upper - timedelta(microseconds=1)
    return last.astimezone(zone).date()


def _is_open(screening: Screening | None) -> bool:
    """Nothing was told that can be read, something is held, or it is too old."""
    if screening is None or screening.held or screening.unplaced:
        return True
    return any(fired.rule == INTAKE_STALE for fired in screening.fired)


def _line(appointment: Appointment, on: date, after: After | None, *, with_drawings: bool) -> Line:
    """Screened anew, as its page does: notes may have come since, and each visit has its own day."""
    record = record_of(appointment.intake) if appointment.intake else None
    if record is None:
        return Line(appointment, kind="", held=True, drawing=None, after=after)
    screening = screening_on(record, on)
    drawing = drawn(record.told.drawing, id_prefix=f"day-{appointment.pk}") if with_drawings else None
    kind = "stop" if screening.decision == "emergency" else kind_of(screening)
    return Line(appointment, kind, screening.held, drawing, after)
