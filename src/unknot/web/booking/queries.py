"""Hours, taken time and free slots, as the core understands them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from unknot.scheduling import Busy, Calendar, Limits, Override, TimeRange, WeeklyHours, free_slots
from unknot.scheduling import Service as Length
from unknot.web.booking.models import Agreed, Appointment, Diary, Reservation, Status, TakenTime
from unknot.web.directory.checklist import Item, Progress
from unknot.web.directory.models import Mode, Offer, Practitioner, Service
from unknot.web.directory.queries import local_date, permitted_until
from unknot.web.intake.models import Draft, Intake, Person
from unknot.web.intake.queries import latest_intake, record_of
from unknot.web.intake.records import Record, read_record
from unknot.web.site import prepared
from unknot.web.site.prepared import Query

_TAKEN = """
    SELECT practitioner_id, extract(epoch FROM lower(during))::bigint,
           extract(epoch FROM upper(during))::bigint, lower_inf(layer)
    FROM booking_takentime
    WHERE practitioner_id = ANY(%s) AND during && tstzrange(%s, %s) AND appointment_id IS DISTINCT FROM %s
    ORDER BY during
"""
_HOURS = """
    SELECT practitioner_id, weekday, NULL AS "on", start, "end"
    FROM booking_weeklyhours JOIN booking_diary diary ON diary.id = diary_id
    WHERE practitioner_id = ANY(%s)
    UNION ALL
    SELECT practitioner_id, NULL, "on", start, "end"
    FROM booking_override JOIN booking_diary diary ON diary.id = diary_id
    LEFT JOIN booking_overridehours ON override_id = booking_override.id
    WHERE practitioner_id = ANY(%s) AND "on" BETWEEN %s AND %s
    ORDER BY weekday, start
"""
_KEPT = Query(
    lambda public_id: Reservation.objects.select_related("practitioner", "service", "place", "draft").filter(
        public_id=public_id
    )
)
NO_APPOINTMENT = 0
NOTHING_TAKEN = Busy((), ())
_NEAR = timedelta(days=7)
_SOON = timedelta(days=2)
_TWO_WEEKS = timedelta(days=13)
_AROUND = timedelta(days=3)  # zones, buffers and a service's length, with room to spare


def diary_of(practitioner: Practitioner) -> Diary:
    """How a practitioner takes appointments; the usual way, unsaved, where nothing was said yet."""
    found: Diary | None = getattr(practitioner, "diary", None)
    return found or Diary(practitioner=practitioner)


def _busy_of(
    practitioners: list[int], start: datetime, end: datetime, *, but: Appointment | None = None
) -> dict[int, Busy]:
    """
    What is taken between two instants, but by one appointment that looks for another time.

    By the practitioners' keys; who has nothing there is left out. As numbers, since ranges take ten times as
    long to read.
    """
    rows = prepared.rows(_TAKEN, [practitioners, start, end, but.pk if but else NO_APPOINTMENT])
    taken: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
    for whose, begins, ends, in_all_layers in rows:
        appointments, buffers = taken.setdefault(whose, ([], []))
        (appointments if in_all_layers else buffers).append((begins, ends))
    return {whose: Busy(tuple(kept), tuple(around)) for whose, (kept, around) in taken.items()}


def slots_of(
    practitioner: Practitioner,
    minutes: int,
    *,
    now: datetime,
    first: date,
    last: date,
    but: Appointment | None = None,
) -> tuple[int, ...]:
    """
    The starts of free slots for a service of ``minutes``, in seconds since 1970.

    ``first`` and ``last`` are local dates of the practitioner's, both included. What ``but`` takes counts as
    free: it looks for another time.
    """
    start, end = (datetime.combine(day, datetime.min.time(), now.tzinfo) for day in (first, last))
    key = practitioner.pk
    busy = _busy_of([key], start - _AROUND, end + _AROUND, but=but).get(key, NOTHING_TAKEN)
    calendars = _calendars({key: practitioner.zone}, first, last)
    times = Times(calendars[key], diary_of(practitioner), busy)
    return times.free(minutes, now=now, first=first, last=last)


def next_free(
    services: Iterable[Service], until: Mapping[int, date | None], now: datetime
) -> dict[int, datetime]:
    """
    The first free start within two weeks of each service that has one, by its key.

    For a page of many: it asks the database as often for twenty as for one. The services' practitioners have
    their diary prefetched; ``until`` is the last day on which each may work, by their keys.
    """
    wanted = list(services)
    practitioners = [service.practitioner_id for service in wanted]
    busy = _busy_of(practitioners, now - _AROUND, now + _TWO_WEEKS + _AROUND)
    zones = {service.practitioner_id: service.practitioner.zone for service in wanted}
    calendars = _calendars(zones, now.date(), now.date() + _TWO_WEEKS)
    free: dict[int, datetime] = {}
    for service in wanted:
        practitioner = service.practitioner
        diary: Diary | None = getattr(practitioner, "diary", None)
        if diary is None:
            continue
        times = Times(calendars[practitioner.pk], diary, busy.get(practitioner.pk, NOTHING_TAKEN))
        if starts := _free_within_two_weeks(times, service, until[practitioner.pk], now):
            free[service.pk] = datetime.fromtimestamp(starts[0], ZoneInfo(practitioner.zone))
    return free


@dataclass(frozen=True)
class Times:
    """What decides over a practitioner's free times."""

    calendar: Calendar
    diary: Diary
    busy: Busy

    def free(self, minutes: int, *, now: datetime, first: date, last: date) -> tuple[int, ...]:
        """The starts of free slots, in seconds since 1970."""
        diary = self.diary
        return free_slots(
            self.calendar,
            Length(minutes, diary.buffer_before_minutes, diary.buffer_after_minutes),
            Limits(diary.grid_minutes, diary.minimum_notice_minutes, diary.horizon_days),
            self.busy,
            now=int(now.timestamp()),
            first=first,
            last=last,
        )


def _free_within_two_weeks(
    times: Times, service: Service, until: date | None, now: datetime
) -> tuple[int, ...]:
    first = local_date(service.practitioner, now)
    for ahead in (_SOON, _TWO_WEEKS):  # most have a time soon, and a week less to look at is half the work
        last = min(first + ahead, until) if until else first + ahead
        if last >= first and (starts := times.free(service.minutes, now=now, first=first, last=last)):
            return starts
    return ()


def _calendars(zones: Mapping[int, str], first: date, last: date) -> dict[int, Calendar]:
    """
    Weekly hours and the overrides around some dates, by the practitioners' keys.

    From rows, since a hundred objects take longer than all the rest; written out, since so does the ORM.
    """
    whose = list(zones)
    rows = prepared.rows(_HOURS, [whose, whose, first - _AROUND, last + _AROUND])
    weekly: dict[int, list[WeeklyHours]] = {}
    dates: dict[int, dict[date, list[TimeRange]]] = {}
    for key, weekday, on, start, end in rows:
        if on is None:
            weekly.setdefault(key, []).append(WeeklyHours(weekday, TimeRange(start, end)))
            continue
        ranges = dates.setdefault(key, {}).setdefault(on, [])
        if start is not None:  # without hours it is closed
            ranges.append(TimeRange(start, end))
    return {
        key: Calendar(
            zone,
            tuple(weekly.get(key, ())),
            tuple(Override(on, tuple(ranges)) for on, ranges in dates.get(key, {}).items()),
        )
        for key, zone in zones.items()
    }


def open_days(practitioner: Practitioner, days: Collection[date]) -> set[date]:
    """Those of some days on which the practitioner has hours."""
    calendar = _calendars({practitioner.pk: practitioner.zone}, min(days), max(days))[practitioner.pk]
    of_dates = {override.on: bool(override.hours) for override in calendar.overrides}
    weekdays = {each.weekday for each in calendar.weekly}
    return {day for day in days if of_dates.get(day, day.weekday() in weekdays)}


def blocked_times(practitioner: Practitioner, now: datetime) -> list[TakenTime]:
    """Blocked times that are not over yet, the next first."""
    blocked = TakenTime.objects.filter(practitioner=practitioner, what=TakenTime.What.BLOCKED)
    return list(blocked.filter(during__endswith__gt=now).order_by("during"))


def hours_item(practitioner: Practitioner, _on: date) -> Item:
    """Without hours nobody can book."""
    there = Diary.objects.filter(practitioner=practitioner, weekly__isnull=False).exists()
    return Item("hours", _("Your weekly hours"), Progress.DONE if there else Progress.MISSING, "booking:week")


def last_bookable_day(practitioner: Practitioner, client_in: str = "") -> date | None:
    """
    The last day on which what permits the practitioner to work counts; None where it has no end.

    With ``client_in`` also there, for who is treated by video.
    """
    permitted = permitted_until(practitioner, client_in)
    return permitted.last_day if permitted else date.min


def cancelling_costs(appointment: Appointment, now: datetime) -> int:
    """What a client owes who cancels now, in minor units."""
    return appointment.late_fee_minor if now > appointment.free_until else 0


def free_until_once_moved(
    appointment: Appointment, start: datetime, now: datetime, *, by_practice: bool
) -> datetime:
    """As it was agreed, whatever holds today; what is due when cancelled stays due when a client moves it."""
    free_until = start - (appointment.starts_at - appointment.free_until)
    if not by_practice and now > appointment.free_until:
        return min(free_until, appointment.free_until)
    return free_until


def has_session(appointment: Appointment) -> bool:
    """Whether its session was begun, in an app above this one: then nobody moves, cancels or marks it."""
    return hasattr(appointment, "session")


def may_tell(appointment: Appointment, now: datetime, *, by_practice: bool) -> bool:
    """Whether answers are taken for it: from home before it begins, together until it is over."""
    if by_practice:
        return appointment.status in (Status.BOOKED, Status.ARRIVED) and appointment.ends_at > now
    return appointment.status == Status.BOOKED and appointment.starts_at > now


def law_of(agreed: Agreed) -> str:
    """Where the client is, if that decides too: treated by video; empty where it doesn't."""
    return agreed.client_in if agreed.mode == Mode.VIDEO and agreed.offer != Offer.DISCOVERY else ""


def free_starts(
    service: Service,
    *,
    now: datetime,
    first: date,
    last: date,
    but: Appointment | None = None,
    client_in: str = "",
) -> tuple[datetime, ...]:
    """
    The free starts of a service, by the practitioner's clock, no later than what permits them to work.

    ``first`` and ``last`` are local dates of the practitioner's, both included.
    """
    practitioner = service.practitioner
    until = last_bookable_day(practitioner, client_in)
    last = min(last, until) if until else last
    if last < first:
        return ()
    zone = ZoneInfo(practitioner.zone)
    starts = slots_of(practitioner, service.minutes, now=now, first=first, last=last, but=but)
    return tuple(datetime.fromtimestamp(start, zone) for start in starts)


def is_free(service: Service, start: datetime, *, now: datetime, but: Appointment | None = None) -> bool:
    """Whether a service may begin then."""
    day = local_date(service.practitioner, start)
    return start in free_starts(service, now=now, first=day, last=day, but=but)


def nearest_free(service: Service, start: datetime, *, now: datetime, most: int = 6) -> tuple[datetime, ...]:
    """The free starts nearest to a time that isn't free, in the order of the calendar."""
    day = local_date(service.practitioner, start)
    around = free_starts(service, now=now, first=day - _NEAR, last=day + _NEAR)
    nearest = sorted(around, key=lambda free: abs(free - start))[:most]
    return tuple(sorted(nearest))


def told_before(draft: Draft, person: Person | None, visit_day: date) -> Intake | None:
    """What a person told last, where a draft holds no answers, unless it is too old on the visit's day."""
    return latest_intake(person, visit_day) if person and not draft.selection else None


def record_for(draft: Draft, person: Person | None, before: Intake | None, on: date) -> Record | None:
    """
    What counts for a booking: what the draft holds, else what was told before; with the notes on file.

    ``on`` is the day on which the draft was told, today. None where nothing was told that counts on the day
    of the visit.
    """
    if draft.selection:
        notes = tuple(person.clearances.all()) if person else ()
        return read_record(draft.drawing, draft.selection, on, notes)
    return record_of(before) if before else None


def kept_by(known: Collection[str], public_id: UUID) -> Reservation | None:
    """A reservation whose id the browser's session knows."""
    if str(public_id) not in known:
        return None
    found = _KEPT(public_id).first()
    if found and found.service:
        found.service.practitioner = found.practitioner
    return found


def service_of(appointment: Appointment) -> Service:
    """What was agreed on, as a service, for looking for another time; never saved."""
    return Service(
        practitioner=appointment.practitioner,
        offer=appointment.offer,
        mode=appointment.mode,
        minutes=appointment.minutes,
    )


def booked_outside(practitioner: Practitioner, on: date, hours: Collection[TimeRange]) -> list[Appointment]:
    """What is booked on a date and would not lie within these hours of it."""
    zone = ZoneInfo(practitioner.zone)
    start = datetime.combine(on, datetime.min.time(), zone)
    end = datetime.combine(on + timedelta(days=1), datetime.min.time(), zone)
    booked = practitioner.appointments.filter(
        status=Status.BOOKED, starts_at__gte=start, starts_at__lt=end
    ).order_by("starts_at")
    return [a for a in booked if not any(_within(a.starts_at.astimezone(zone), a.minutes, h) for h in hours)]


def is_outside_hours(practitioner: Practitioner, at: datetime, minutes: int) -> bool:
    """Whether a visit would begin or end when the practitioner usually doesn't work."""
    local = at.astimezone(ZoneInfo(practitioner.zone))
    calendar = _calendars({practitioner.pk: practitioner.zone}, local.date(), local.date())[practitioner.pk]
    own = [override.hours for override in calendar.overrides if override.on == local.date()]
    hours = own[0] if own else [w.hours for w in calendar.weekly if w.weekday == local.weekday()]
    return not any(_within(local, minutes, h) for h in hours)


def _within(local: datetime, minutes: int, hours: TimeRange) -> bool:
    begins = local.hour * 60 + local.minute
    return hours.start <= begins and begins + minutes <= hours.end
