"""The entry for calendars, as another program reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from unknot.web.booking.calendars import calendar_file
from unknot.web.booking.models import Appointment, Status

STARTS = datetime(2026, 6, 8, 14, tzinfo=UTC)
ENDS = datetime(2026, 6, 8, 15, tzinfo=UTC)
LINK = "https://unknot.example/appointments/0b8f?key=" + "x" * 90


@pytest.mark.parametrize("address", ["", "1 Main Street; Albany, NY", "Bülowstraße 7, \\ 2. Hof " * 9])
def test_it_reads_as_it_was_meant(address: str) -> None:
    appointment = Appointment(starts_at=STARTS, ends_at=ENDS, address=address, revision=2)
    text = calendar_file(appointment, with_whom="Jo Öster, \nWalker; x", link=LINK, now=STARTS)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["SUMMARY"] == "Appointment with Jo Öster, \nWalker; x"
    assert event["LOCATION"] == (address or "By video")
    assert event["URL"] == LINK
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["SEQUENCE"]) == (STARTS, ENDS, 2)
    assert event["UID"].startswith(str(appointment.public_id))
    assert event["STATUS"] == "CONFIRMED"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_what_is_cancelled_says_so() -> None:
    appointment = Appointment(starts_at=STARTS, ends_at=ENDS, status=Status.CANCELLED)
    calendar = Calendar.from_ical(calendar_file(appointment, with_whom="Jo", link=LINK, now=STARTS))
    assert calendar["METHOD"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["STATUS"] == "CANCELLED"
