"""Keeps the index true; it holds nothing that the directory doesn't."""

from __future__ import annotations

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
    sessions = [s for s in practitioner.services.all() if s.offer != Offer.DISCOVERY]
    until = permitted_until(practitioner)
    if practitioner.went_live_at is None or not sessions or until is None:
        return
    prices = {mode: [s.price_minor for s in sessions if s.mode == mode] for mode in Mode}
    listing = Listing.objects.create(
        practitioner=practitioner,
        kind=practitioner.kind,
        zone=practitioner.zone,
        shown_until=until.last_day,
        in_person_minor=min(prices[Mode.IN_PERSON], default=None),
        video_minor=min(prices[Mode.VIDEO], default=None),
        currency=sessions[0].currency,
    )
    if prices[Mode.IN_PERSON]:
        _add_spots(listing, practitioner)


def _add_spots(listing: Listing, practitioner: Practitioner) -> None:
    """At the postcode where one is known, else at the middle of the town: streets are not looked up."""
    for place in practitioner.places.all():
        found = of_postcode(place.postcode, place.jurisdiction) or towns.in_jurisdiction(
            place.city, place.jurisdiction
        )
        if found:
            Spot.objects.create(
                listing=listing, place=place, latitude=found.latitude, longitude=found.longitude
            )
