"""Keeps the index true; it holds nothing that the directory doesn't."""

from __future__ import annotations

from django.db import transaction

from unknot.web.directory.models import Mode, Offer, Practitioner
from unknot.web.directory.queries import permitted_until
from unknot.web.search import towns
from unknot.web.search.models import Listing, Spot


@transaction.atomic
def index(practitioner: Practitioner) -> None:
    """Write the lines of one practitioner anew; who isn't live has none. Two at once do so in turn."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=practitioner.pk)
    Listing.objects.filter(practitioner=practitioner).delete()
    sessions = [s for s in practitioner.services.all() if s.offer != Offer.DISCOVERY]
    until = permitted_until(practitioner)
    if practitioner.went_live_at is None or not sessions or until is None:
        return
    cheapest = min(sessions, key=lambda s: s.price_minor)
    listing = Listing.objects.create(
        practitioner=practitioner,
        kind=practitioner.kind,
        zone=practitioner.zone,
        shown_until=until.last_day,
        by_video=any(s.mode == Mode.VIDEO for s in sessions),
        price_minor=cheapest.price_minor,
        currency=cheapest.currency,
    )
    if any(s.mode == Mode.IN_PERSON for s in sessions):
        _add_spots(listing, practitioner)


def _add_spots(listing: Listing, practitioner: Practitioner) -> None:
    """At the middle of the town: streets are not looked up."""
    for place in practitioner.places.all():
        found = towns.in_jurisdiction(place.city, place.jurisdiction)
        if found:
            Spot.objects.create(
                listing=listing, place=place, latitude=found.latitude, longitude=found.longitude
            )
