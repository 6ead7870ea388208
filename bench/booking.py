"""
Slots, a profile, bookings and searches, with the database: in the function and through HTTP.

Each stands beside something bare: slots beside django-appointment's (on its own database in memory), bookings
beside an INSERT under the same constraint.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import psycopg
from pages import Demo, demo
from rows import Row, of_times, timed

HERE = Path(__file__).parent
OTHERS = HERE.parent / ".venv-bench" / "bin" / "python"
CLIENTS = 8
BOOKINGS = 1_200
PROFILES = 120
INSERTS = 4_000


def run() -> list[Row]:
    """All of it on one demo; the 100,000 in a database of their own."""
    with demo() as served:
        profile = inside("profile", served.folder)
        slots = of_times("slots of 30 days, 500 taken, with the database", profile["seconds"])
        page = of_times("a profile with two weeks of free times", _pages(served, str(profile["page"])), 5)
        few = of_times("search near a place, the demo's network", inside("search", served.folder), 10)
        bookings = _bookings(served)
        inserts = _inserts(served)
    many = of_times("search near a place, 100,000 practitioners", _many(), 10)
    theirs = of_times("django-appointment: 30 days, 500 taken", _theirs())
    return [
        theirs,
        slots.beside_row(theirs),
        page.beside_row(slots),
        inserts,
        bookings.beside_row(inserts),
        few,
        many.beside_row(few),
    ]


def inside(what: str, folder: Path, *more: str) -> Any:
    """What `beside/web.py` prints."""
    done = subprocess.run(
        [sys.executable, str(HERE / "beside" / "web.py"), what, str(folder), *more],
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def _theirs() -> list[float]:
    done = subprocess.run(
        [str(OTHERS), str(HERE / "beside" / "django_appointment.py")],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _many() -> list[float]:
    folder = Path(tempfile.mkdtemp(prefix="unknot-bench-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    try:
        found: list[float] = inside("many", folder)
        return found
    finally:
        shutil.rmtree(folder)


def _pages(served: Demo, path: str) -> list[float]:
    connection = HTTPConnection(served.host, served.port, timeout=30)

    def ask() -> None:
        connection.request("GET", path)
        response = connection.getresponse()
        page = response.read()
        if response.status != 200 or b'class="pill time"' not in page:
            raise SystemExit(f"{path} answered {response.status}, or shows no free times")

    for _ in range(20):
        ask()
    return [timed(ask) for _ in range(PROFILES)]


def _bookings(served: Demo) -> Row:
    """The press that books, by so many people at once; their times were kept before."""
    people = inside("bookings", served.folder, str(BOOKINGS))
    token = "b" * 32
    form = {"csrfmiddlewaretoken": token, "name": "Jo Racer", "phone": "+12125550142"}
    body = urlencode(form)
    local = threading.local()
    seconds: list[float] = []

    def book(person: list[str]) -> None:
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection(served.host, served.port, timeout=60)
        session, kept = person
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start = perf_counter()
        local.connection.request("POST", f"/book/{kept}/", body, headers)
        response = local.connection.getresponse()
        response.read()
        if response.status != 302 or "/appointments/" not in response.headers["Location"]:
            raise SystemExit(f"a booking answered {response.status}")
        seconds.append(perf_counter() - start)

    warm, measured = people[:100], people[100:]
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(book, warm))
        seconds.clear()
        start = perf_counter()
        list(clients.map(book, measured))
        a_second = len(measured) / (perf_counter() - start)
    return Row("bookings through HTTP, 8 clients", a_second, target=300, unit="/s", at_least=True)


def _inserts(served: Demo) -> Row:
    """A row under the same constraint and nothing else, by as many connections."""
    sockets = served.folder / "demo" / "run"
    address = f"host={sockets} user=unknot_web dbname=unknot"
    far = datetime(2030, 1, 1, tzinfo=UTC)

    def insert(number: int) -> int:
        with psycopg.connect(address, autocommit=True) as connection:
            for turn in range(INSERTS // CLIENTS):
                start = far + timedelta(minutes=30 * (turn * CLIENTS + number))
                connection.execute(
                    "INSERT INTO booking_takentime (public_id, practitioner_id, what, during, layer)"
                    " VALUES (gen_random_uuid(), 1, 'blocked', tstzrange(%s, %s), '(,)')",
                    [start, start + timedelta(minutes=30)],
                )
        return INSERTS // CLIENTS

    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        done = sum(clients.map(insert, range(CLIENTS)))
    return Row("a bare INSERT under the same constraint", done / (perf_counter() - start), unit="/s")
