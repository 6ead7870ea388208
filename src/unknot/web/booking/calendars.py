"""An appointment as an entry for other calendars (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from unknot.web.booking.models import Appointment, Status

FILE_NAME = "appointment.ics"


def calendar_file(appointment: Appointment, *, with_whom: str, link: str, now: datetime) -> str:
    """
    The text of an ``.ics`` file: who, when, where, and the page of the appointment.

    It names no complaint, no service and no answer, and its link holds no key; calendars are read over
    shoulders and shared.
    """
    calendar, event = Calendar(), Event()
    cancelled = appointment.status == Status.CANCELLED
    calendar.add("prodid", "-//Unknot//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event.add("uid", f"{appointment.public_id}@{settings.MAIL_DOMAIN}")
    event.add("sequence", appointment.revision)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", _("Appointment with %(name)s") % {"name": with_whom})
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("url", link)
    event["location"] = vText(appointment.address or _("By video"))
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def media_type(appointment: Appointment) -> str:
    """The media type, with the method that mail programs go by."""
    method = "CANCEL" if appointment.status == Status.CANCELLED else "PUBLISH"
    return f"text/calendar; charset=utf-8; method={method}"
