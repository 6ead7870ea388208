"""Practitioners near a place or by video: who may be shown, how far, at what price, and when."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, F, Func, Q, QuerySet, Value

from unknot.web.booking.queries import slots_of
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    CredentialState,
    Mode,
    Offer,
    Practitioner,
    Service,
)
from unknot.web.search.models import Listing, Spot
from unknot.web.search.towns import Town

EARTH_KM = 6371.0
KM_A_DEGREE = 111.2
SHOWN = 20
FREE_WITHIN_DAYS = 14


@dataclass(frozen=True)
class Card:
    """What a result shows before anything is opened."""

    practitioner: Practitioner
    place: str
    km: int | None
    credentials: tuple[Credential, ...]
    from_price: Service
    next_free: datetime | None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Without a town it is by video."""

    town: Town | None
    radius_km: int
    video: bool
    kind: str


def on_show(now: datetime) -> QuerySet[Listing]:
    """Listings whose last day has not ended by their practitioner's clock."""
    local_date = Func(
        Func(F("zone"), Value(now), function="timezone"),
        template="(%(expressions)s)::date",
        output_field=DateField(),
    )
    return Listing.objects.annotate(today=local_date).filter(
        Q(shown_until__isnull=True) | Q(shown_until__gte=F("today"))
    )


def cards(wanted: Wanted, now: datetime) -> tuple[Card, ...]:
    """The nearest first; by video the cheapest."""
    found = _near(wanted, now) if wanted.town and not wanted.video else _by_video(wanted, now)
    return tuple(_card(practitioner, place, km, now) for practitioner, place, km in found)


def counted(wanted: Wanted, now: datetime) -> int:
    """How many there would be, without looking at their times."""
    near = wanted.town and not wanted.video
    return len(list(_near(wanted, now) if near else _by_video(wanted, now)))


def profile(public_id: UUID, now: datetime) -> Practitioner | None:
    """A practitioner who may be shown."""
    shown = on_show(now).filter(practitioner__public_id=public_id).select_related("practitioner")
    listing = shown.first()
    return listing.practitioner if listing else None


def verified(practitioner: Practitioner, on: date) -> tuple[Credential, ...]:
    """What counts today, licences first."""
    order = list(CredentialKind.values)
    found = practitioner.credentials.filter(state=CredentialState.VERIFIED)
    return tuple(sorted((c for c in found if c.counts(on)), key=lambda c: order.index(c.kind)))


def free_times(practitioner: Practitioner, minutes: int, now: datetime) -> tuple[datetime, ...]:
    """The starts of the next two weeks, by the practitioner's clock."""
    zone = ZoneInfo(practitioner.zone)
    today = now.astimezone(zone).date()
    last = today + timedelta(days=FREE_WITHIN_DAYS - 1)
    starts = slots_of(practitioner, minutes, now=now, first=today, last=last)
    return tuple(datetime.fromtimestamp(start, zone) for start in starts)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """
    The way over the ground between two points in degrees north and east, by the haversine formula.

    >>> round(km_between((40.7143, -74.0060), (42.3584, -71.0598)))  # New York, Boston
    306
    """
    (n1, e1), (n2, e2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = math.sin((n2 - n1) / 2) ** 2 + math.cos(n1) * math.cos(n2) * math.sin((e2 - e1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


Result = tuple[Practitioner, str, int | None]


def _near(wanted: Wanted, now: datetime) -> Iterable[Result]:
    assert wanted.town is not None, "asked for with a town only"  # noqa: S101 - for the types
    here = (wanted.town.latitude, wanted.town.longitude)
    up = wanted.radius_km / KM_A_DEGREE
    across = up / max(math.cos(math.radians(here[0])), 0.01)
    spots = Spot.objects.filter(
        listing__in=_of_kind(on_show(now), wanted.kind),
        latitude__range=(here[0] - up, here[0] + up),
        longitude__range=(here[1] - across, here[1] + across),
    ).select_related("listing__practitioner", "place")
    ways = sorted(
        (km_between(here, (s.latitude, s.longitude)), s.listing.price_minor, s.pk, s) for s in spots
    )
    seen: dict[int, Result] = {}
    for km, _price, _pk, spot in ways:
        if km <= wanted.radius_km:
            found = (spot.listing.practitioner, spot.place.city, round(km))
            seen.setdefault(spot.listing.practitioner_id, found)
    return list(seen.values())[:SHOWN]


def _by_video(wanted: Wanted, now: datetime) -> Iterable[Result]:
    listed = _of_kind(on_show(now).filter(by_video=True), wanted.kind).select_related("practitioner")
    return [(found.practitioner, "", None) for found in listed.order_by("price_minor", "pk")[:SHOWN]]


def _of_kind(listings: QuerySet[Listing], kind: str) -> QuerySet[Listing]:
    return listings.filter(kind=kind) if kind else listings


def _card(practitioner: Practitioner, place: str, km: int | None, now: datetime) -> Card:
    mode = Mode.VIDEO if km is None else Mode.IN_PERSON
    sessions = list(practitioner.services.exclude(offer=Offer.DISCOVERY).filter(mode=mode))
    cheapest = min(sessions, key=lambda s: s.price_minor)
    free = free_times(practitioner, cheapest.minutes, now)
    on = now.astimezone(ZoneInfo(practitioner.zone)).date()
    return Card(practitioner, place, km, verified(practitioner, on), cheapest, free[0] if free else None)
