"""
What a bench needs of the web's insides, in a process of its own: ``python bench/beside/web.py WHAT FOLDER``.

``bookings N`` keeps N times for N people who are signed in, and prints their sessions and reservations;
``profile`` fills one practitioner's calendar and prints their page, with the seconds that their slots take;
``care`` opens a session of the demo and prints its pages; ``search`` prints the seconds of searches near
places of the demo's network; ``many`` those on 100,000 practitioners, in a database that it fills.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from unknot.server.embedded import running
from unknot.server.migrations import configure_django, migrate
from unknot.server.places import place

HERE = Path(__file__).parent
APPOINTMENTS = 500
PRACTITIONERS = 100_000
ROUNDS = 60
PLACES = ("New York", "Boston", "Chicago", "Denver", "Portland, OR", "London", "60654", "Austin")


def main() -> None:
    """Connect to the database in the folder, do what is asked, print JSON."""
    what, folder, *more = sys.argv[1:]
    os.environ["UNKNOT_DATA"] = folder
    os.environ["UNKNOT_DEMO"] = "yes"
    own = place(demo=True)
    own.make()
    os.environ["UNKNOT_SECRET_KEY"] = own.secret()
    with running(own, "a bench"):
        if what == "many":
            from unknot.server.databases import embedded_in

            migrate(embedded_in(own))
        else:
            configure_django(own.web)
        print(json.dumps(WHAT[what](*more)))


def bookings(number: str) -> list[tuple[str, str]]:
    """A session's key and its reservation's id, for each of so many people."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from unknot.web.accounts.actions import account_of
    from unknot.web.booking import actions
    from unknot.web.intake.sessions import KEPT

    store = import_module(settings.SESSION_ENGINE).SessionStore
    made = []
    now = timezone.now()
    for count, (call, start) in enumerate(_free_calls(int(number), now)):
        user = account_of(f"racer{count}@bench.example")
        wish = actions.Wish(service=call, starts_at=start, place=None, client_zone="UTC")
        kept = actions.reserve(wish, actions.Brought(), now=now)
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[KEPT] = {str(kept.public_id): kept.expires_at.timestamp()}
        session.save()
        made.append((session.session_key, str(kept.public_id)))
    return made


def _free_calls(number: int, now: datetime) -> list[tuple[Any, datetime]]:
    """Free times that don't meet, of every practitioner in turn."""
    from unknot.web.booking.queries import free_starts
    from unknot.web.directory.models import Offer, Service
    from unknot.web.directory.queries import local_date

    calls = Service.objects.filter(offer=Offer.DISCOVERY, practitioner__listing__isnull=False)
    each = {}
    for call in calls.select_related("practitioner__practice"):
        first = local_date(call.practitioner, now) + timedelta(days=1)
        each[call] = list(free_starts(call, now=now, first=first, last=first + timedelta(days=55)))[::2]
    found = [(call, starts.pop(0)) for _ in range(200) for call, starts in each.items() if starts]
    return found[:number]


def profile() -> dict[str, object]:
    """A practitioner with 500 blocked times, and how long their slots take with the database."""
    from django.db import connection
    from django.utils import timezone

    from unknot.web.booking.queries import slots_of
    from unknot.web.directory.models import Offer, Practitioner
    from unknot.web.directory.queries import local_date

    practitioner = Practitioner.objects.filter(listing__isnull=False).order_by("pk")[0]
    draw, now = random.Random(1), timezone.now()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        for number in range(APPOINTMENTS):
            start = day + timedelta(days=1 + number % 30, minutes=30 * (number // 30) + 12 * 60)
            end = start + timedelta(minutes=draw.choice((15, 20, 25)))
            cursor.execute(
                "INSERT INTO booking_takentime (public_id, practitioner_id, what, during, layer)"
                " SELECT gen_random_uuid(), %s, 'blocked', tstzrange(%s, %s), '(,)' WHERE NOT EXISTS"
                " (SELECT FROM booking_takentime WHERE practitioner_id = %s AND during && tstzrange(%s, %s))",
                [practitioner.pk, start, end, practitioner.pk, start, end],
            )
    first = local_date(practitioner, now)
    seconds = _timed(
        lambda: slots_of(practitioner, 60, now=now, first=first, last=first + timedelta(days=29))
    )
    call = practitioner.services.get(offer=Offer.DISCOVERY)  # open to all, so its page shows free times
    return {"page": f"/practitioners/{practitioner.public_id}/?service={call.public_id}", "seconds": seconds}


def search() -> list[float]:
    """Seconds of searches near the demo's places."""
    from django.utils import timezone

    from unknot.web.search import positions, queries
    from unknot.web.search.queries import Wanted

    wanted = [Wanted(positions.find(name).positions[0], 25, False, "") for name in PLACES]
    now = timezone.now()
    turns = iter(wanted * (ROUNDS + 2))
    return _timed(lambda: queries.cards(next(turns), now), rounds=ROUNDS * len(PLACES))


def many() -> list[float]:
    """The same with 100,000 practitioners, spread over the towns as people are."""
    _fill()
    return search()


def _fill() -> None:
    from django.db import connection

    from unknot.web.search.towns import all_towns

    draw = random.Random(1)
    towns = all_towns()
    homes = draw.choices(towns, weights=[town.population for town in towns], k=PRACTITIONERS)
    with connection.cursor() as cursor:
        cursor.execute((HERE / "many.sql").read_text("utf-8").replace(":n", str(PRACTITIONERS)))
        _copy(cursor, homes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(cursor: Any, homes: list[Any]) -> None:
    """Places and spots, a little way from the middle of their town."""
    draw = random.Random(2)
    with cursor.copy(
        "COPY directory_place (id, public_id, practitioner_id, name, street, postcode, city, jurisdiction)"
        " FROM STDIN"
    ) as places:
        for n, home in enumerate(homes, start=1):
            key = f"00000000-0000-0000-0000-{n:012d}"
            places.write_row((n, key, n, "", "1 Main Street", "", home.name, home.jurisdiction))
    with cursor.copy(
        "COPY search_spot (practitioner_id, place_id, latitude, longitude, kind, price_minor, currency,"
        " shown_until)"
        " FROM STDIN"
    ) as spots:
        for n, home in enumerate(homes, start=1):
            north, east = (degrees + draw.gauss(0, 0.08) for degrees in (home.latitude, home.longitude))
            price = 7000 + n % 50 * 100
            spots.write_row((n, n, north, east, "massage_therapist", price, "USD", date(2099, 12, 31)))


def _timed(call: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    for _ in range(8):
        call()  # warm
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return seconds


def care() -> dict[str, str]:
    """A session of the demo that may be charted: who is signed in, its pages, and a point of the plan."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from unknot.demo.courses import check_and_agree
    from unknot.web.booking.models import Appointment, Status
    from unknot.web.care import actions
    from unknot.web.care.today import today

    now = timezone.now()
    coming = Appointment.objects.filter(
        status=Status.BOOKED, starts_at__gt=now, person__courses__isnull=False
    )
    visit = coming.select_related("practitioner__user", "practice", "person").earliest("starts_at")
    by = visit.practitioner.user
    session = actions.begin(visit, by=by, now=now)
    check_and_agree(session, "Bench", "", by, now)
    session.refresh_from_db()
    day = today(session)
    point = next(point for point in (day.queue() if day else ()) if point.hold)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(by.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = by.get_session_auth_hash()
    store.save()
    return {
        "session": str(store.session_key),
        "visit": f"/practice/appointments/{visit.public_id}/",
        "treat": f"/practice/sessions/{session.public_id}/treat/",
        "holds": f"/practice/sessions/{session.public_id}/holds/",
        "point": point.id,
        "level": str(min(point.hold.levels)) if point.hold else "",
    }


WHAT = {"care": care, "bookings": bookings, "profile": profile, "search": search, "many": many}

if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(exist_ok=True)
    main()
