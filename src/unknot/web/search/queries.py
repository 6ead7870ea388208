"""Practitioners near a place or by video: who may be shown, how far, at what price, and when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import Combinable

from unknot.web.booking.models import Diary
from unknot.web.booking.queries import free_starts, next_free
from unknot.web.booking.words import terms
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
from unknot.web.search.positions import Position

EARTH_KM = 6371.0
KM_A_DEGREE = 111.2
SHOWN = 20
NARROWER = 6
PLACES_EACH = 3  # so many spots of one practitioner may come before another's
SHOWN_DAYS = 14


@dataclass(frozen=True)
class Card:
    """What a result shows before anything is opened; ``number`` is its mark's on the map."""

    number: int
    practitioner: Practitioner
    place: str
    km: int | None
    position: tuple[float, float] | None
    credentials: tuple[Credential, ...]
    from_price: Service
    next_free: datetime | None
    terms: str


@dataclass(frozen=True)
class Wanted:
    """
    What somebody looks for. Without a position it is by video.

    ``most`` is the highest price of a session in whole units; ``this_week``: with a free time within a week.
    """

    position: Position | None
    radius_km: int
    video: bool
    kind: str
    most: int | None = None
    this_week: bool = False


def cards(wanted: Wanted, now: datetime) -> tuple[Card, ...]:
    """The nearest first; by video the cheapest."""
    return _cards(_results(wanted, now), wanted, now)


def counted(wanted: Wanted, now: datetime) -> int:
    """How many there would be."""
    if wanted.this_week:
        return len(cards(wanted, now))
    return len(_results(wanted, now))


def profile(public_id: UUID, now: datetime) -> Practitioner | None:
    """A practitioner who may be shown."""
    listed = Listing.objects.select_related("practitioner__practice")
    listing = listed.filter(practitioner__public_id=public_id).first()
    return listing.practitioner if listing and _has_not_ended(listing, now) else None


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
    if not choice.service.needs_client_in:
        return True
    if not choice.client_in:
        return False
    practitioner = choice.service.practitioner
    return permitted_in(practitioner, choice.client_in, local_date(practitioner, now))


def free_times(choice: Choice, now: datetime) -> tuple[datetime, ...]:
    """The free starts of two weeks, by the clock of where one has to be; by video by the reader's own."""
    in_person = choice.service.mode == Mode.IN_PERSON
    zone = ZoneInfo(choice.service.practitioner.zone if in_person else choice.zone)
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


@dataclass(frozen=True)
class _Result:
    listing: Listing
    place: str = ""
    km: float | None = None
    position: tuple[float, float] | None = None


def _results(wanted: Wanted, now: datetime) -> list[_Result]:
    """Enough to fill a page, a few times as many where a free time decides."""
    most = SHOWN * 3 if wanted.this_week else SHOWN
    if wanted.position and not wanted.video:
        return _near(wanted, wanted.position, now, most)
    return _by_video(wanted, now, most)


def _near(wanted: Wanted, position: Position, now: datetime, most: int) -> list[_Result]:
    """In a narrow circle first: where people are many, that is enough, and a city need not be sorted."""
    ways: _Ways = {}
    for radius in (wanted.radius_km / NARROWER, wanted.radius_km):
        ways = _ways_within(radius, wanted, position, now, most)
        if len(ways) >= most:
            break
    found = Spot.objects.filter(pk__in=[pk for pk, _, _ in ways.values()])
    by_listing = {spot.listing_id: spot for spot in found.select_related("listing__practitioner", "place")}
    return [
        _Result(by_listing[listing].listing, by_listing[listing].place.city, km, at)
        for listing, (_pk, km, at) in ways.items()
        if _has_not_ended(by_listing[listing].listing, now)
    ][:most]


_Ways = dict[int, tuple[int, float, tuple[float, float]]]
"""Of each listing its nearest spot, how far that is in km, and where."""


def _ways_within(radius: float, wanted: Wanted, position: Position, now: datetime, most: int) -> _Ways:
    here = (position.latitude, position.longitude)
    up = radius / KM_A_DEGREE
    across = up / max(math.cos(math.radians(here[0])), 0.01)
    inside = Spot.objects.filter(
        _is_wanted(wanted, now, "in_person_minor", of="listing__"),
        latitude__range=(here[0] - up, here[0] + up),
        longitude__range=(here[1] - across, here[1] + across),
    )
    nearest = inside.annotate(way=_roughly(here)).order_by("way", "listing__in_person_minor", "pk")
    spots = nearest.values_list("pk", "listing_id", "latitude", "longitude")[: most * PLACES_EACH]
    ways: _Ways = {}
    for pk, listing, north, east in spots:
        if (km := km_between(here, (north, east))) <= radius:
            ways.setdefault(listing, (pk, km, (north, east)))
    return ways


def _roughly(here: tuple[float, float]) -> Combinable:
    """The square of the way in degrees north, flat: enough to order what lies within a hundred kilometres."""
    narrower = math.cos(math.radians(here[0])) ** 2
    north, east = F("latitude") - here[0], F("longitude") - here[1]
    return ExpressionWrapper(north * north + east * east * Value(narrower), FloatField())


def _by_video(wanted: Wanted, now: datetime, most: int) -> list[_Result]:
    listed = Listing.objects.filter(_is_wanted(wanted, now, "video_minor"))
    found = listed.select_related("practitioner").order_by("video_minor", "pk")[:most]
    return [_Result(listing) for listing in found if _has_not_ended(listing, now)]


def _is_wanted(wanted: Wanted, now: datetime, price: str, of: str = "") -> Q:
    """As the index tells; a last day is told to the day, whatever the zone."""
    yesterday = now.date() - timedelta(days=1)
    found = Q(**{f"{of}shown_until__isnull": True}) | Q(**{f"{of}shown_until__gte": yesterday})
    found &= Q(**{f"{of}{price}__isnull": False})
    if wanted.kind:
        found &= Q(**{f"{of}kind": wanted.kind})
    if wanted.most:
        found &= Q(**{f"{of}{price}__lte": wanted.most * 100})
    return found


def _has_not_ended(listing: Listing, now: datetime) -> bool:
    """By the practitioner's clock."""
    return listing.shown_until is None or listing.shown_until >= local_date(listing.practitioner, now)


def _cards(found: list[_Result], wanted: Wanted, now: datetime) -> tuple[Card, ...]:
    practitioners = [result.listing.practitioner for result in found]
    prefetch_related_objects(practitioners, "services", "credentials", "diary")
    cheapest = [_cheapest(result) for result in found]
    until = {result.listing.practitioner_id: result.listing.shown_until for result in found}
    free = next_free(cheapest, until, now)
    by_then = now + timedelta(days=7)
    fit = [
        (result, service)
        for result, service in zip(found, cheapest, strict=True)
        if not wanted.this_week or free.get(service.pk, by_then) < by_then
    ]
    return tuple(
        Card(
            number=number,
            practitioner=result.listing.practitioner,
            place=result.place,
            km=None if result.km is None else round(result.km),
            position=result.position,
            credentials=verified(result.listing.practitioner, local_date(result.listing.practitioner, now)),
            from_price=service,
            next_free=free.get(service.pk),
            terms=terms(getattr(result.listing.practitioner, "diary", None) or Diary()),
        )
        for number, (result, service) in enumerate(fit[:SHOWN], start=1)
    )


def _cheapest(result: _Result) -> Service:
    """The cheapest session, by video where no way is told."""
    practitioner = result.listing.practitioner
    mode = Mode.VIDEO if result.km is None else Mode.IN_PERSON
    sessions = [s for s in practitioner.services.all() if s.offer != Offer.DISCOVERY and s.mode == mode]
    found = min(sessions, key=lambda s: s.price_minor)
    found.practitioner = practitioner  # with what was fetched for it
    return found
