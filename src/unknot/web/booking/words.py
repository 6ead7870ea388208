"""Times and terms in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
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
    return f"{date_format(local, 'DAY_YEAR_TIME')} ({local.tzname()}, {zone.replace('_', ' ')})"


def leading_zone(agreed: Agreed) -> str:
    """Whose clock leads: that of where one has to be; by video the client's own."""
    return agreed.practitioner.zone if agreed.mode == Mode.IN_PERSON else agreed.client_zone


def other_zone(agreed: Agreed) -> str:
    """The clock that stands beside, where it shows another time."""
    return agreed.client_zone if agreed.mode == Mode.IN_PERSON else agreed.practitioner.zone


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


def cancelling(agreed: Agreed, zone: str, now: datetime) -> str:
    """Until when cancelling is free, and what it costs after; or that it costs already."""
    if not agreed.late_fee_minor:
        return _("Cancelling is free.")
    if agreed.free_until <= now:
        fee = {"fee": money(agreed.late_fee_minor, agreed.currency)}
        if isinstance(agreed, Appointment) and agreed.booked_at < agreed.free_until:
            return _("Cancelling costs %(fee)s: the time to cancel free of charge is over.") % fee
        return _("Cancelling costs %(fee)s from the start.") % fee
    return _("Cancelling is free until %(time)s; after that it costs %(fee)s.") % {
        "time": when(agreed.free_until, zone),
        "fee": money(agreed.late_fee_minor, agreed.currency),
    }


def owed(appointment: Appointment) -> str:
    """What is due from who cancelled too late; empty where nothing is."""
    if not appointment.owed_minor:
        return ""
    return _("It was cancelled when that was no longer free: %(fee)s is due.") % {
        "fee": money(appointment.owed_minor, appointment.currency)
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
