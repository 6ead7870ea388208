"""The key in a letter's link: it opens one appointment without signing in."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

from django.core.signing import Signer
from django.urls import reverse

from unknot.web.booking.models import Appointment

SALT = "unknot.booking.appointment"


def key_of(appointment: Appointment) -> str:
    """The key of an appointment."""
    return Signer(salt=SALT).signature(str(appointment.public_id))


def fits(key: str, appointment: Appointment) -> bool:
    """Whether a key is an appointment's."""
    return hmac.compare_digest(key.encode(), key_of(appointment).encode())


def page_of(appointment: Appointment, key: str = "", *, route: str = "desk:appointment") -> str:
    """The path of a client's page of an appointment, with the key that opens it where there is one."""
    page = reverse(route, kwargs={"public_id": appointment.public_id})
    return f"{page}?{urlencode({'key': key})}" if key else page
