"""Practitioners near a place or by video: who may be shown, how far, at what price, and when."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, F, Func, Q, QuerySet, Value, prefetch_related_objects

from unknot.web.booking.forms.client import needs_client_in
from unknot.web.booking.queries import free_starts, next_free
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    Mode,
    Offer,
    Practitioner,
    Service,
)
from unknot.web.directory.queries import local_date, permitted_in
from unknot.web.search.models import Listing, Spot
from unknot.web.search.towns import Town

EARTH_KM = 6371.0
KM_A_DEGREE = 111.2
SHOWN = 20
SHOWN_DAYS = 14


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
    return _cards(list(found), now)


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
    counting = [c for c in practitioner.credentials.all() if c.counts(on)]
    return tuple(sorted(counting, key=lambda c: order.index(c.kind)))


@dataclass(frozen=True)
class Choice:
    """What somebody looks at on a profile: a service, by whose clock, from where, and from which day on."""

    service: Service
    zone: str
    client_in: str
    first: date  # by the practitioner's calendar, as the next two

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.first + timedelta(days=SHOWN_DAYS - 1)

    def earlier(self, today: date) -> date | None:
        """From when the page before shows; None on the first."""
        return max(self.first - timedelta(days=SHOWN_DAYS), today) if self.first > today else None

    def later(self, today: date, horizon_days: int) -> date | None:
        """From when the next page shows; None where nothing can be booked any more."""
        following = self.first + timedelta(days=SHOWN_DAYS)
        return following if following <= today + timedelta(days=horizon_days) else None


def open_to(choice: Choice, now: datetime) -> bool:
    """Whether the service may be given where the client is."""
    if not needs_client_in(choice.service):
        return True
    if not choice.client_in:
        return False
    practitioner = choice.service.practitioner
    return permitted_in(practitioner, choice.client_in, local_date(practitioner, now))


def free_times(choice: Choice, now: datetime) -> tuple[datetime, ...]:
    """The free starts of two weeks, by the reader's clock."""
    zone = ZoneInfo(choice.zone)
    starts = free_starts(choice.service, now=now, first=choice.first, last=choice.last)
    return tuple(start.astimezone(zone) for start in starts)


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


def _cards(found: list[Result], now: datetime) -> tuple[Card, ...]:
    prefetch_related_objects(
        [practitioner for practitioner, _, _ in found], "services", "credentials", "places"
    )
    cheapest = [_cheapest(practitioner, km) for practitioner, _, km in found]
    free = next_free(cheapest, now)
    return tuple(
        Card(
            practitioner,
            place,
            km,
            verified(practitioner, local_date(practitioner, now)),
            service,
            free.get(service.pk),
        )
        for (practitioner, place, km), service in zip(found, cheapest, strict=True)
    )


def _cheapest(practitioner: Practitioner, km: int | None) -> Service:
    """The cheapest session, by video where no way is told."""
    mode = Mode.VIDEO if km is None else Mode.IN_PERSON
    sessions = [s for s in practitioner.services.all() if s.offer != Offer.DISCOVERY and s.mode == mode]
    found = min(sessions, key=lambda s: s.price_minor)
    found.practitioner = practitioner  # with what was fetched for it
    return found
