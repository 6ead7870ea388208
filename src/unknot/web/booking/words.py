"""Times and terms in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unknot.web.booking.models import Agreed, Appointment, Diary
from unknot.web.directory.prices import money


def when(at: datetime, zone: str) -> str:
    """A time by a zone's clock, with its weekday and the zone's short name."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'DAY_YEAR_TIME')} ({local.tzname()}, {zone.replace('_', ' ')})"


def by_day(starts: Iterable[datetime]) -> list[tuple[date, list[tuple[str, str]]]]:
    """Starts by their local date: what a form carries, in seconds since 1970, and what the clock shows."""
    return [
        (day, [(str(int(start.timestamp())), start.strftime("%H:%M")) for start in times])
        for day, times in groupby(starts, key=datetime.date)
    ]


def cancelling(agreed: Agreed, zone: str) -> str:
    """Until when cancelling is free, and what it costs after."""
    if not agreed.late_fee_minor:
        return _("Cancelling is free.")
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
