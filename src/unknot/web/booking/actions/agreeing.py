"""What is agreed on when a time is taken."""

from __future__ import annotations

from datetime import datetime, timedelta

from unknot.web.booking.models import Diary
from unknot.web.directory.models import Mode, Place, Service


def terms_of(service: Service, place: Place | None, start: datetime, diary: Diary) -> dict[str, object]:
    """What a service at a time is, costs, and costs who cancels late, as the practitioner has it today."""
    return {
        "offer": service.offer,
        "mode": service.mode,
        "minutes": service.minutes,
        "price_minor": service.price_minor,
        "currency": service.currency,
        "address": _written(place) if place and service.mode == Mode.IN_PERSON else "",
        "free_until": start - timedelta(hours=diary.cancel_free_hours),
        "late_fee_minor": service.price_minor * diary.late_cancel_percent // 100,
    }


def _written(place: Place) -> str:
    """Without its name, since letters and calendars hold this, and a name may be "Back Pain Clinic"."""
    return f"{place.street}, {f'{place.postcode} {place.city}'.strip()}"
