"""An appointment as an entry for other calendars (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import vText
from icalendar.parser import Contentline

from unknot.web.booking.models import Appointment, Status

FILE_NAME = "appointment.ics"
LONGEST_LINE = 74  # in bytes; what is longer is folded
UTC_TIME = "%Y%m%dT%H%M%SZ"


def calendar_file(appointment: Appointment, *, with_whom: str, link: str, now: datetime) -> str:
    """
    The text of an ``.ics`` file: who, when, where, and the page of the appointment.

    It names no complaint, no service and no answer, and its link holds no key; calendars are read over
    shoulders and shared.
    """
    cancelled = appointment.status == Status.CANCELLED
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Unknot//Appointments//EN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{appointment.public_id}@{settings.MAIL_DOMAIN}",
        f"SEQUENCE:{appointment.revision}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(appointment.starts_at)}",
        f"DTEND:{_utc(appointment.ends_at)}",
        f"SUMMARY:{_escaped(_('Appointment with %(name)s') % {'name': with_whom})}",
        f"LOCATION:{_escaped(appointment.address or _('By video'))}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"URL:{link}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime(UTC_TIME)


def _escaped(text: str) -> str:
    return vText(text).to_ical().decode()


def _folded(line: str) -> str:
    """Fold; icalendar goes character by character, which only escapes and letters of several bytes need."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    if line.isascii() and "\\" not in line:
        return "\r\n ".join(line[start : start + LONGEST_LINE] for start in range(0, len(line), LONGEST_LINE))
    return str(Contentline(line).to_ical().decode())  # type: ignore[no-untyped-call]


def media_type(appointment: Appointment) -> str:
    """The media type, with the method that mail programs go by."""
    method = "CANCEL" if appointment.status == Status.CANCELLED else "PUBLISH"
    return f"text/calendar; charset=utf-8; method={method}"
