"""Practitioners near a place or by video: who may be shown, how far, at what price, and when."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from unknot.web.booking.models import Diary
from unknot.web.booking.queries import free_starts, next_free
from unknot.web.booking.words import terms
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    CredentialState,
    Kind,
    Mode,
    Place,
    Practitioner,
    Service,
)
from unknot.web.directory.prices import currency_in
from unknot.web.directory.queries import asked_in, local_date, permitted_in, permitted_until
from unknot.web.search.models import Listing
from unknot.web.search.positions import Position
from unknot.web.site.prepared import Query, keep_as_prefetched

EARTH_KM = 6371.0
KM_A_DEGREE = 111.2
SHOWN = 20
NARROWER = 6
PLACES_EACH = 3  # so many spots of one practitioner may come before another's
SHOWN_DAYS = 14

# Written out: the ORM took longer to put them together than PostgreSQL takes to answer (decision 16).
_OF_A_PERSON = ("id", "public_id", "name", "kind", "zone", "focus")
_NEAREST = """
    SELECT person.id, person.public_id, person.name, person.kind, person.zone, person.focus,
           near.shown_until, place.city, near.latitude, near.longitude
    FROM (
        SELECT practitioner_id, place_id, latitude, longitude, price_minor, shown_until,
               (latitude - %(north)s) ^ 2 + ((longitude - %(east)s) * %(narrower)s) ^ 2 AS way
        FROM search_spot
        WHERE latitude BETWEEN %(north)s - %(up)s AND %(north)s + %(up)s
          AND longitude BETWEEN %(east)s - %(across)s AND %(east)s + %(across)s
          AND (shown_until IS NULL OR shown_until >= %(yesterday)s)
          AND (%(kind)s = '' OR kind = %(kind)s)
          AND (%(most_minor)s::bigint IS NULL OR price_minor <= %(most_minor)s AND currency = %(currency)s)
        ORDER BY way, price_minor, place_id
        LIMIT %(spots)s
    ) near
    JOIN directory_practitioner person ON person.id = near.practitioner_id
    JOIN directory_place place ON place.id = near.place_id
    ORDER BY near.way, near.price_minor, near.place_id
"""
_CHEAPEST = """
    SELECT DISTINCT ON (practitioner_id) * FROM directory_service
    WHERE practitioner_id = ANY(%s) AND mode = %s AND offer <> 'discovery'
    ORDER BY practitioner_id, price_minor, minutes, offer
"""
_VERIFIED = """
    SELECT * FROM directory_credential WHERE practitioner_id = ANY(%s) AND state = 'verified' ORDER BY id
"""
_LISTED = Query(
    lambda public_id: Listing.objects.select_related("practitioner__diary").filter(
        practitioner__public_id=public_id
    )
)
_OF_A_PROFILE: dict[str, Query[Any]] = {
    "services": Query(lambda practitioner: Service.objects.filter(practitioner=practitioner)),
    "credentials": Query(lambda practitioner: Credential.objects.filter(practitioner=practitioner)),
    "places": Query(lambda practitioner: Place.objects.filter(practitioner=practitioner)),
}
_DIARIES = "SELECT * FROM booking_diary WHERE practitioner_id = ANY(%s)"


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

    ``most`` is the highest price of a session in whole units of the currency that is `paid_in`; ``currency``
    is empty where none was chosen; ``this_week``: with a free time within a week.
    """

    position: Position | None
    radius_km: int
    video: bool
    kind: str
    most: int | None = None
    this_week: bool = False
    client_in: str = ""  # by video: whose law counts where the client is
    currency: str = ""

    @property
    def paid_in(self) -> str:
        """
        The currency with which no other is compared: where none was chosen, that of where one looks.

        By video that of where one will be.
        """
        near = self.position.jurisdiction if self.position else ""
        first, second = (self.client_in, near) if self.video else (near, self.client_in)
        return self.currency or currency_in(first or second)


def cards(wanted: Wanted, now: datetime) -> tuple[Card, ...]:
    """The nearest first; by video the cheapest in the currency asked for, and then in any other."""
    return _cards(_results(wanted, now), wanted, now)


def counted(wanted: Wanted, now: datetime) -> int:
    """How many there would be."""
    if wanted.this_week:
        return len(cards(wanted, now))
    return len(_results(wanted, now))


def profile(public_id: UUID, now: datetime) -> Practitioner | None:
    """A practitioner who may be shown, with the diary."""
    listing = _LISTED(public_id).first()
    if listing is None or not _may_be_shown(listing.practitioner, listing.shown_until, now):
        return None
    found = listing.practitioner
    for name, query in _OF_A_PROFILE.items():
        keep_as_prefetched(found, name, query(found.pk).all())
    return found


def verified(credentials: Iterable[Credential], on: date) -> tuple[Credential, ...]:
    """What counts today, licences first."""
    order = list(CredentialKind.values)
    counting = [c for c in credentials if c.counts(on)]
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
    """
    The free starts of two weeks, as long as what permits them there counts.

    By the clock of where one has to be; by video by the reader's own.
    """
    in_person = choice.service.mode == Mode.IN_PERSON
    zone = ZoneInfo(choice.service.practitioner.zone if in_person else choice.zone)
    last = choice.last
    if choice.service.needs_client_in:
        permitted = permitted_until(choice.service.practitioner, choice.client_in)
        last = min(last, (permitted and permitted.last_day) or last)
    starts = free_starts(choice.service, now=now, first=choice.first, last=last)
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
    practitioner: Practitioner
    shown_until: date | None
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
    found = (_result(km, row) for km, row in ways.values())
    return list(islice((r for r in found if _may_be_shown(r.practitioner, r.shown_until, now)), most))


_Ways = dict[int, tuple[float, tuple[Any, ...]]]
"""To each practitioner's nearest spot the way in km, and its row as `_NEAREST` selects it."""


def _ways_within(radius: float, wanted: Wanted, position: Position, now: datetime, most: int) -> _Ways:
    here = (position.latitude, position.longitude)
    narrower = max(math.cos(math.radians(here[0])), 0.01)  # than a degree north is a degree east
    up = radius / KM_A_DEGREE
    asked: dict[str, float | str | date | None] = {
        "north": here[0],
        "east": here[1],
        "narrower": narrower,
        "up": up,
        "across": up / narrower,
        "yesterday": _yesterday(now),
        "kind": wanted.kind,
        "most_minor": wanted.most * 100 if wanted.most else None,
        "currency": wanted.paid_in,
        "spots": most * PLACES_EACH,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, asked)
        rows = cursor.fetchall()
    ways: _Ways = {}
    for row in rows:
        if (km := km_between(here, row[-2:])) <= radius:
            ways.setdefault(row[0], (km, row))
    return ways


def _result(km: float, row: tuple[Any, ...]) -> _Result:
    *person, shown_until, city, north, east = row
    practitioner = Practitioner.from_db(connection.alias, _OF_A_PERSON, person)
    return _Result(practitioner, shown_until, city, km, (north, east))


def _by_video(wanted: Wanted, now: datetime, most: int) -> list[_Result]:
    listed = Listing.objects.filter(
        Q(shown_until__isnull=True) | Q(shown_until__gte=_yesterday(now)), video_minor__isnull=False
    )
    if wanted.kind:
        listed = listed.filter(kind=wanted.kind)
    if wanted.client_in:
        listed = listed.filter(_permitted_in(wanted.client_in, now))
    listed = listed.select_related("practitioner").order_by("video_currency", "video_minor", "pk")
    found = list(_not_dearer(listed.filter(video_currency=wanted.paid_in), wanted)[:most])
    if len(found) < most and not wanted.most:
        found += listed.exclude(video_currency=wanted.paid_in)[: most - len(found)]
    return [
        _Result(listing.practitioner, listing.shown_until)
        for listing in found
        if _may_be_shown(listing.practitioner, listing.shown_until, now)
    ]


def _not_dearer(listed: QuerySet[Listing], wanted: Wanted) -> QuerySet[Listing]:
    return listed.filter(video_minor__lte=wanted.most * 100) if wanted.most else listed


def _permitted_in(jurisdiction: str, now: datetime) -> Q:
    """Whether what that place asks of a kind is verified; the profile asks again, by its own clock."""
    counting = Credential.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=_yesterday(now)),
        practitioner=OuterRef("practitioner"),
        state=CredentialState.VERIFIED,
    )
    permitted = Q()
    for kind in Kind:
        for_kind = Q(kind=kind)
        for credential, issuer in asked_in(kind, jurisdiction):
            held = counting.filter(kind=credential)
            for_kind &= Q(Exists(held.filter(issuer=issuer) if issuer else held))
        permitted |= for_kind
    return permitted


def _yesterday(now: datetime) -> date:
    """No last day before it is still today's in any zone."""
    return now.date() - timedelta(days=1)


def _may_be_shown(practitioner: Practitioner, until: date | None, now: datetime) -> bool:
    """By the practitioner's clock."""
    return until is None or until >= local_date(practitioner, now)


def _cards(found: list[_Result], wanted: Wanted, now: datetime) -> tuple[Card, ...]:
    people = {result.practitioner.pk: result.practitioner for result in found}
    for diary in Diary.objects.raw(_DIARIES, [list(people)]):
        diary.practitioner = people[diary.practitioner_id]  # and so it is found from there, too
    cheapest = _cheapest(people, Mode.VIDEO if wanted.video or not wanted.position else Mode.IN_PERSON)
    free = next_free(cheapest.values(), {r.practitioner.pk: r.shown_until for r in found}, now)
    by_then = now + timedelta(days=7)
    fit = [
        (result, service)
        for result in found
        if (service := cheapest.get(result.practitioner.pk))
        and (not wanted.this_week or free.get(service.pk, by_then) < by_then)
    ][:SHOWN]
    credentials = _credentials([result.practitioner.pk for result, _service in fit])
    return tuple(
        Card(
            number=number,
            practitioner=result.practitioner,
            place=result.place,
            km=None if result.km is None else round(result.km),
            position=result.position,
            credentials=verified(
                credentials.get(result.practitioner.pk, ()), local_date(result.practitioner, now)
            ),
            from_price=service,
            next_free=free.get(service.pk),
            terms=terms(getattr(result.practitioner, "diary", None) or Diary()),
        )
        for number, (result, service) in enumerate(fit, start=1)
    )


def _cheapest(people: dict[int, Practitioner], mode: Mode) -> dict[int, Service]:
    """Each one's cheapest session; none of who took it away meanwhile."""
    found = {}
    for service in Service.objects.raw(_CHEAPEST, [list(people), mode]):
        service.practitioner = people[service.practitioner_id]  # with what was fetched for it
        found[service.practitioner_id] = service
    return found


def _credentials(practitioners: list[int]) -> dict[int, list[Credential]]:
    found: dict[int, list[Credential]] = {}
    for credential in Credential.objects.raw(_VERIFIED, [practitioners]):
        found.setdefault(credential.practitioner_id, []).append(credential)
    return found
