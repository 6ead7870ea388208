"""Keeps the index true; it holds nothing that the directory doesn't."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from unknot.web.directory.models import Mode, Offer, Practitioner, Service
from unknot.web.directory.queries import permitted_until
from unknot.web.search.models import Listing, Spot
from unknot.web.search.positions import of_place


@transaction.atomic
def index(practitioner: Practitioner) -> None:
    """Write the lines of one practitioner anew; who isn't live has none. Two at once do so in turn."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=practitioner.pk)
    Listing.objects.filter(practitioner=practitioner).delete()
    Spot.objects.filter(practitioner=practitioner).delete()
    sessions = [s for s in practitioner.services.all() if s.offer != Offer.DISCOVERY]
    until = permitted_until(practitioner)
    if practitioner.went_live_at is None or not sessions or until is None:
        return
    by_video, in_person = _cheapest(sessions, Mode.VIDEO), _cheapest(sessions, Mode.IN_PERSON)
    Listing.objects.create(
        practitioner=practitioner,
        kind=practitioner.kind,
        shown_until=until.last_day,
        video_minor=by_video.price_minor if by_video else None,
        video_currency=by_video.currency if by_video else "",
    )
    if in_person:
        _add_spots(practitioner, until.last_day, in_person)


def _cheapest(sessions: list[Service], mode: Mode) -> Service | None:
    """The one whose price a card shows."""
    of_mode = [s for s in sessions if s.mode == mode]
    return min(of_mode, key=lambda s: (s.price_minor, s.minutes, s.offer), default=None)


def _add_spots(practitioner: Practitioner, shown_until: date | None, cheapest: Service) -> None:
    for place in practitioner.places.all():
        found = of_place(place.city, place.postcode, place.jurisdiction)
        if found:
            Spot.objects.create(
                practitioner=practitioner,
                place=place,
                latitude=found.latitude,
                longitude=found.longitude,
                kind=practitioner.kind,
                price_minor=cheapest.price_minor,
                currency=cheapest.currency,
                shown_until=shown_until,
            )
