"""Keeps the index true; it holds nothing that the directory doesn't."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from unknot.web.directory.models import Mode, Offer, Practitioner
from unknot.web.directory.queries import permitted_until
from unknot.web.search import towns
from unknot.web.search.models import Listing, Spot
from unknot.web.search.positions import of_postcode


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
    prices = {mode: [s.price_minor for s in sessions if s.mode == mode] for mode in Mode}
    Listing.objects.create(
        practitioner=practitioner,
        kind=practitioner.kind,
        shown_until=until.last_day,
        video_minor=min(prices[Mode.VIDEO], default=None),
    )
    if prices[Mode.IN_PERSON]:
        _add_spots(practitioner, until.last_day, min(prices[Mode.IN_PERSON]))


def _add_spots(practitioner: Practitioner, shown_until: date | None, price_minor: int) -> None:
    """At the postcode where one is known, else at the middle of the town: streets are not looked up."""
    for place in practitioner.places.all():
        found = of_postcode(place.postcode, place.jurisdiction) or towns.in_jurisdiction(
            place.city, place.jurisdiction
        )
        if found:
            Spot.objects.create(
                practitioner=practitioner,
                place=place,
                latitude=found.latitude,
                longitude=found.longitude,
                kind=practitioner.kind,
                price_minor=price_minor,
                shown_until=shown_until,
            )
