"""The database itself makes double booking impossible; without its constraint it would happen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from unknot.server.addresses import Address
from unknot.web.booking import actions
from unknot.web.booking.models import TakenTime
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import practitioner

TEN = datetime(2026, 6, 8, 10, tzinfo=UTC)
EVERY_LAYER = NumericRange()
RACERS = 50


def take(of: Practitioner, start: int, end: int, layer: NumericRange = EVERY_LAYER) -> TakenTime:
    """Minutes after ten."""
    during = DateTimeTZRange(TEN + timedelta(minutes=start), TEN + timedelta(minutes=end))
    return TakenTime.objects.create(practitioner=of, what="blocked", during=during, layer=layer)


def only(number: int) -> NumericRange:
    return NumericRange(number, number, "[]")


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [(0, 60), (30, 90), (-30, 30), (15, 45), (-15, 75)])
def test_what_overlaps_is_refused(start: int, end: int) -> None:
    ana = practitioner()
    take(ana, 0, 60)
    with pytest.raises(IntegrityError, match="no_double_booking"), transaction.atomic():
        take(ana, start, end)


@pytest.mark.django_db
def test_what_touches_is_not() -> None:
    ana = practitioner()
    for start in (0, 60, -60):
        take(ana, start, start + 60)
    assert TakenTime.objects.count() == 3


@pytest.mark.django_db
def test_nor_is_another_practitioners() -> None:
    take(practitioner(), 0, 60)
    take(practitioner("bo@example.org"), 0, 60)


@pytest.mark.django_db
def test_buffers_overlap_each_other_and_no_appointment() -> None:
    ana = practitioner()
    take(ana, 0, 60)
    take(ana, 60, 75, only(1))
    take(ana, 65, 80, only(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        take(ana, 70, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        take(ana, 45, 60, only(3))


@pytest.mark.django_db
@pytest.mark.parametrize("during", [DateTimeTZRange(TEN, TEN), DateTimeTZRange(TEN, None), DateTimeTZRange()])
def test_time_has_a_beginning_and_an_end(during: DateTimeTZRange) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        TakenTime.objects.create(
            practitioner=practitioner(), what="blocked", during=during, layer=EVERY_LAYER
        )


def race(of: Practitioner) -> int:
    """How many of fifty, all at once and each on a connection of its own, took the same time."""
    start = threading.Barrier(RACERS, timeout=60)
    took: list[TakenTime] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            took.append(actions.block(of, TEN, TEN + timedelta(hours=1), by=of.user))
        except actions.TimeTaken:
            pass
        finally:
            connection.close()

    racers = [threading.Thread(target=run) for _ in range(RACERS)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return len(took)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_takes_it_every_time() -> None:
    ana = practitioner()
    for _ in range(3):
        assert race(ana) == 1
        assert TakenTime.objects.count() == 1
        TakenTime.objects.all().delete()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_in_twenty_of_twenty_tries() -> None:
    ana = practitioner()
    for _ in range(20):
        assert race(ana) == 1
        TakenTime.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_more_would(database_owner: Address) -> None:
    """The control: the race above can be lost."""
    with psycopg.connect(database_owner.url) as owner:
        owner.execute("ALTER TABLE booking_takentime DROP CONSTRAINT no_double_booking")
    assert race(practitioner()) > 1
