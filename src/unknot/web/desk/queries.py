"""What the desk's pages put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from unknot.knowledge import load
from unknot.web.accounts.models import User
from unknot.web.booking.models import Appointment, Status, TakenTime
from unknot.web.booking.queries import open_days
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.answer import Answer, answer_of
from unknot.web.intake.danger import Danger, danger
from unknot.web.intake.models import ScreeningResult
from unknot.web.intake.pictures import drawn
from unknot.web.intake.queries import record_of
from unknot.web.intake.records import screening_on

if TYPE_CHECKING:
    from unknot.screening.result import Need
    from unknot.web.intake.told import Told

OPENS = timedelta(minutes=10)
"""How long before it begins a video appointment's room opens."""
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """An appointment in a list; ``decision`` is empty where nothing was told."""

    appointment: Appointment
    decision: str
    held: bool
    drawing: SafeString | None


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

    ``answer`` is None in an emergency, both are where nothing was told.
    """

    told: Told | None
    answer: Answer | None
    danger: Danger | None
    needs: tuple[Need, ...]


def coming(user: User, now: datetime) -> QuerySet[Appointment]:
    """The appointments to come of everybody whom an account acts for."""
    return _of(user).filter(ends_at__gt=now, status__in=(Status.BOOKED, Status.ARRIVED))


def past(user: User, now: datetime) -> QuerySet[Appointment]:
    """What is over or was cancelled, the latest first."""
    return _of(user).exclude(pk__in=coming(user, now)).order_by("-starts_at")


def day(practitioner: Practitioner, on: date) -> Day:
    """One day, in its order, with thumbnails of the drawings."""
    (found,) = _days(practitioner, [on], with_drawings=True)
    return found


def week(practitioner: Practitioner, on: date) -> tuple[Day, ...]:
    """The week of a day, from Monday."""
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    return _days(practitioner, days, with_drawings=False)


def visit(appointment: Appointment) -> Visit:
    """What the practitioner has to know before the visit."""
    record = record_of(appointment.intake) if appointment.intake else None
    if record is None:
        return Visit(None, None, None, ())
    on = local_date(appointment.practitioner, appointment.starts_at)
    screening = screening_on(record, on)
    told = record.on(on)
    needs = tuple(need for need in screening.needs if need.kind == "clearance")
    if screening.decision == "emergency":
        return Visit(told, None, danger(screening, load()), needs)
    return Visit(told, answer_of(told, screening, load()), None, needs)


def made_just_now(practitioner: Practitioner, at: datetime, name: str, now: datetime) -> Appointment | None:
    """What a first press made a moment ago, for the same time and name."""
    same = practitioner.appointments.filter(starts_at=at, person__name=name, status=Status.BOOKED)
    return same.filter(booked_at__gt=now - A_MOMENT).first()


def room_is_open(appointment: Appointment, now: datetime) -> bool:
    """Whether the way into the video room is shown."""
    booked = appointment.status in (Status.BOOKED, Status.ARRIVED)
    return booked and appointment.starts_at - OPENS <= now <= appointment.ends_at


def _of(user: User) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(person__actors__user=user).distinct()
    return found.select_related("practitioner", "person")


def _days(practitioner: Practitioner, days: list[date], *, with_drawings: bool) -> tuple[Day, ...]:
    zone = ZoneInfo(practitioner.zone)
    start = datetime.combine(days[0], datetime.min.time(), zone)
    end = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), zone)
    found = list(
        practitioner.appointments.filter(starts_at__gte=start, starts_at__lt=end)
        .exclude(status=Status.CANCELLED)
        .select_related("person__contact", "intake__person")
    )
    screened = _screened(found)
    blocked = list(
        practitioner.taken.filter(
            what=TakenTime.What.BLOCKED, during__startswith__lt=end, during__endswith__gt=start
        ).order_by("during")
    )
    opened = open_days(practitioner, days)
    return tuple(
        Day(
            on,
            tuple(
                _line(a, screened, with_drawings=with_drawings)
                for a in found
                if a.starts_at.astimezone(zone).date() == on
            ),
            tuple(b for b in blocked if b.during.lower.astimezone(zone).date() <= on <= _last(b, zone)),
            on in opened,
        )
        for on in days
    )


def _last(blocked: TakenTime, zone: ZoneInfo) -> date:
    last: datetime = blocked.during.upper - timedelta(microseconds=1)
    return last.astimezone(zone).date()


def _screened(appointments: Iterable[Appointment]) -> dict[int | None, ScreeningResult]:
    """The newest result of each intake."""
    intakes = [a.intake_id for a in appointments if a.intake_id]
    newest = ScreeningResult.objects.filter(intake__in=intakes).order_by("intake_id", "-screened_at", "-pk")
    return {result.intake_id: result for result in newest.distinct("intake_id")}


def _line(
    appointment: Appointment, screened: dict[int | None, ScreeningResult], *, with_drawings: bool
) -> Line:
    result = screened.get(appointment.intake_id)
    return Line(
        appointment,
        decision=result.decision if result else "",
        held=result.held if result else True,
        drawing=_drawing(appointment) if with_drawings else None,
    )


def _drawing(appointment: Appointment) -> SafeString | None:
    record = record_of(appointment.intake) if appointment.intake else None
    return drawn(record.told.drawing, id_prefix=f"day-{appointment.pk}") if record else None
