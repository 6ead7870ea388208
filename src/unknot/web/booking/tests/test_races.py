"""Many who want one time: one gets it, and the database is what decides."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.server.addresses import Address
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Reservation, TakenTime
from unknot.web.booking.queries import record_for
from unknot.web.booking.tests.office import (
    CONTACT,
    call_of,
    carried,
    free,
    open_office,
    reserve,
    session_of,
    signed_in,
)
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Mode, Service
from unknot.web.directory.tests.people import user
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Draft
from unknot.web.intake.records import Record
from unknot.web.outbox.models import Message

RACERS = 50


def all_at_once(runs: list[Callable[[], None]]) -> None:
    """Each on a connection of its own."""
    start = threading.Barrier(len(runs), timeout=60)

    def run(what: Callable[[], None]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            what()
        finally:
            connection.close()

    racers = [threading.Thread(target=run, args=(what,)) for what in runs]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()


def race(service: Service, start: datetime, names: list[str]) -> int:
    """How many of fifty book the same time, each from choosing it to the press that books it."""
    accounts = [user(name) for name in names]
    booked: list[Appointment] = []

    def book(number: int) -> Callable[[], None]:
        def run() -> None:
            now = timezone.now()
            wish = actions.Wish(service=service, starts_at=start, place=None, client_zone="UTC")
            client = actions.Client(contact=Contact(name=f"Racer {number}"), keeping="")
            try:
                kept = actions.reserve(wish, actions.Brought(), now=now)
                booked.append(actions.book(kept, client, by=accounts[number], now=now))
            except actions.NotFree:
                pass

        return run

    all_at_once([book(number) for number in range(RACERS)])
    return len(booked)


def names(of: int) -> list[str]:
    return [f"racer{of}-{number}@example.org" for number in range(RACERS)]


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_book_one_time_one_does() -> None:
    call = call_of(open_office())
    for number, start in enumerate(free(call)[::7][:2]):
        assert race(call, start, names(number)) == 1
    assert Appointment.objects.count() == 2
    assert not Reservation.objects.exists()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_in_twenty_of_twenty_tries() -> None:
    call = call_of(open_office())
    tries = [race(call, start, names(number)) for number, start in enumerate(free(call)[::3][:20])]
    assert tries == [1] * 20


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_and_the_lock_more_would(
    database_owner: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the race can be lost."""
    with psycopg.connect(database_owner.url) as owner:
        owner.execute("ALTER TABLE booking_takentime DROP CONSTRAINT no_double_booking")
    monkeypatch.setattr("unknot.web.booking.actions.reserving.one_after_another", lambda _of: None)
    call = call_of(open_office())
    assert race(call, free(call)[0], names(0)) > 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_constraint_alone_lets_one_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    And with the lock gone it is still one and never two; who loses may be told so by an error.

    PostgreSQL ends a deadlock by an error, now and then one for everybody: then nobody has it.
    """
    monkeypatch.setattr("unknot.web.booking.actions.reserving.one_after_another", lambda _of: None)
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    call = call_of(open_office())
    tries = [race(call, start, names(number)) for number, start in enumerate(free(call)[::7][:3])]
    assert max(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_in_the_same_instant_it_is_one() -> None:
    client = signed_in()
    call = call_of(open_office())
    answer = reserve(client, call, free(call)[0])
    cookies = client.cookies
    places: list[str] = []

    def press() -> None:
        tab = Client()
        tab.cookies = cookies
        places.append(tab.post(answer["Location"], CONTACT)["Location"])

    all_at_once([press] * 6)
    made = Appointment.objects.get()
    assert set(places) == {reverse("desk:appointment", args=[made.public_id])}
    assert Message.objects.filter(to="jo@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
def test_deleting_what_expired_and_booking_it_do_not_lock_each_other_out() -> None:
    call = call_of(open_office())
    starts = free(call)[::3][:8]
    accounts = [user(f"jo{n}@example.org") for n in range(len(starts))]
    now = timezone.now()
    kept = [
        actions.reserve(
            actions.Wish(service=call, starts_at=start, place=None, client_zone="UTC"),
            actions.Brought(),
            now=now,
        )
        for start in starts
    ]

    def book(number: int) -> Callable[[], None]:
        client = actions.Client(contact=Contact(name="Jo"), keeping="")

        def run() -> None:
            with contextlib.suppress(actions.Expired):  # the deleter was quicker
                actions.book(kept[number], client, by=accounts[number], now=now)

        return run

    def delete() -> None:
        actions.delete_expired(now + timedelta(hours=1))

    all_at_once([*(book(n) for n in range(len(starts))), delete, delete, delete])
    assert not Reservation.objects.exists()
    assert TakenTime.objects.filter(what="reserved").count() == 0
    assert Appointment.objects.count() <= len(starts)


def hold(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Whoever books pauses in the middle, with all locks held; the event tells when."""
    inside = threading.Event()

    def slowly(*about: Any) -> Record | None:
        inside.set()
        time.sleep(0.5)
        return record_for(*about)

    monkeypatch.setattr("unknot.web.booking.actions.appointments.record_for", slowly)
    return inside


@pytest.mark.parametrize("other", ["release", "remove", "save"])
@pytest.mark.django_db(transaction=True)
def test_who_books_while_it_is_released_or_its_service_changed_has_it(
    monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    ana = open_office()
    session, now, jo = session_of(ana, Mode.VIDEO), timezone.now(), user("jo@example.org")
    told = carried()
    wish = actions.Wish(service=session, starts_at=free(session)[0], place=None, client_zone="UTC")
    kept = actions.reserve(wish, actions.Brought(told["drawing"], told["selection"]), now=now)
    inside, failed = hold(monkeypatch), []
    do = {
        "release": lambda: actions.release(kept),
        "remove": lambda: directory.remove(session_of(ana, Mode.VIDEO), by=ana.user),
        "save": lambda: directory.save(session_of(ana, Mode.VIDEO), by=ana.user),
    }[other]

    def meanwhile() -> None:
        inside.wait(timeout=10)
        do()

    client = actions.Client(contact=Contact(name="Jo"), keeping="I agree.")
    monkeypatch.setattr(threading, "excepthook", failed.append)
    all_at_once([lambda: actions.book(kept, client, by=jo, now=now), meanwhile])
    assert not failed
    assert Appointment.objects.get().taken.exists()
    assert not Reservation.objects.exists()
    assert not Draft.objects.exists()
