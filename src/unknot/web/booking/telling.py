"""Answers for an appointment that is booked already: which one the browser gives them for."""

from __future__ import annotations

from django.http import HttpRequest

from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.keys import fits
from unknot.web.booking.models import Appointment
from unknot.web.intake.queries import acts_for
from unknot.web.intake.sessions import tell_for, telling_for, telling_key


def waiting_for(request: HttpRequest) -> Appointment | None:
    """The appointment for which it was begun, if who asks may still tell for it; else that is forgotten."""
    public_id = telling_for(request)
    if not public_id:
        return None
    appointments = Appointment.objects.select_related("practitioner__practice", "person", "practice")
    found = appointments.filter(public_id=public_id).first()
    if found and _may(request, found):
        return found
    if found:
        practice = found.practice.public_id
        record(Did.REFUSED, "booking.appointment", [found.public_id], by=request.user, practice=practice)
    tell_for(request, "")
    return None


def is_practitioners(appointment: Appointment, user: User | None) -> bool:
    """Whether who tells is the practitioner, with the client on the phone or in the room."""
    return user is not None and appointment.practitioner.user_id == user.pk


def _may(request: HttpRequest, appointment: Appointment) -> bool:
    if fits(telling_key(request), appointment):
        return True
    user = request.user if isinstance(request.user, User) else None
    return user is not None and (is_practitioners(appointment, user) or acts_for(user, appointment.person))
