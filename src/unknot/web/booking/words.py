"""Times and terms in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unknot.web.booking.models import Agreed, Appointment, Diary
from unknot.web.directory.models import Mode
from unknot.web.directory.prices import money


def when(at: datetime, zone: str) -> str:
    """A time by a zone's clock, with its weekday and the zone's short name."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'l, j F Y, H:i')} ({local.tzname()}, {zone.replace('_', ' ')})"


def mode_of(agreed: Agreed) -> str:
    """Whether it is in person or by video."""
    return str(agreed.mode if isinstance(agreed, Appointment) else agreed.service.mode)  # type: ignore[attr-defined]


def leading_zone(agreed: Agreed) -> str:
    """Whose clock leads: that of where one has to be; by video the client's own."""
    return agreed.practitioner.zone if mode_of(agreed) == Mode.IN_PERSON else agreed.client_zone


def other_zone(agreed: Agreed) -> str:
    """The clock that stands beside, where it shows another time."""
    return agreed.client_zone if mode_of(agreed) == Mode.IN_PERSON else agreed.practitioner.zone


def same_clock(agreed: Agreed) -> bool:
    """Whether client and practitioner read the same time off their clocks then."""
    zones = (agreed.client_zone, agreed.practitioner.zone)
    return len({agreed.starts_at.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}) == 1


def map_of(address: str) -> str:
    """A map of an address; nobody but who follows the link asks the map's makers for it."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"


def by_day(starts: Iterable[datetime]) -> list[tuple[date, list[tuple[str, str]]]]:
    """Starts by their local date: what a form carries, in seconds since 1970, and what the clock shows."""
    return [
        (day, [(str(int(start.timestamp())), start.strftime("%H:%M")) for start in times])
        for day, times in groupby(starts, key=datetime.date)
    ]


def cancelling(appointment: Appointment, zone: str, now: datetime) -> str:
    """Until when cancelling is free, and what it costs after; or that it costs already."""
    if not appointment.late_fee_minor:
        return _("Cancelling is free.")
    if appointment.free_until <= now:
        fee = {"fee": money(appointment.late_fee_minor, appointment.currency)}
        if appointment.free_until <= appointment.booked_at:
            return _("Cancelling costs %(fee)s from the start.") % fee
        return _("Cancelling costs %(fee)s: the time to cancel free of charge is over.") % fee
    return _("Cancelling is free until %(time)s; after that it costs %(fee)s.") % {
        "time": when(appointment.free_until, zone),
        "fee": money(appointment.late_fee_minor, appointment.currency),
    }


def terms(diary: Diary) -> str:
    """A practitioner's terms, before there is an appointment."""
    if not diary.late_cancel_percent:
        return _("Cancelling is free.")
    return _(
        "Cancelling is free until %(hours)s hours before; after that it costs %(percent)s %% of the price."
    ) % {
        "hours": diary.cancel_free_hours,
        "percent": diary.late_cancel_percent,
    }


def terms_for(diary: Diary, start: datetime, now: datetime) -> str:
    """A practitioner's terms for a time that somebody is about to book."""
    free = timedelta(hours=diary.cancel_free_hours)
    if not diary.late_cancel_percent or now < start - free:
        return terms(diary)
    return _("Cancelling costs %(percent)s %% of the price from the start: the time is so near.") % {
        "percent": diary.late_cancel_percent,
    }
