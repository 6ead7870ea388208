"""The key in a letter's link: it opens one appointment without signing in."""

from __future__ import annotations

import hmac

from django.core.signing import Signer

from unknot.web.booking.models import Appointment

SALT = "unknot.booking.appointment"


def key_of(appointment: Appointment) -> str:
    """The key of an appointment."""
    return Signer(salt=SALT).signature(str(appointment.public_id))


def fits(key: str, appointment: Appointment) -> bool:
    """Whether a key is an appointment's."""
    return hmac.compare_digest(key.encode(), key_of(appointment).encode())
