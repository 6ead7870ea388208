"""A doubled submit is one, at the same instant too."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from unknot.scheduling import TimeRange
from unknot.web.booking import actions as booking
from unknot.web.booking.models import WeeklyHours
from unknot.web.directory.models import Practitioner, Service
from unknot.web.directory.tests.people import practitioner, user, with_factor

pytestmark = pytest.mark.django_db(transaction=True)

PRESSES = 6


def at_once(press: Callable[[], int]) -> list[int]:
    start = threading.Barrier(PRESSES, timeout=60)
    answers: list[int] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            answers.append(press())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def as_somebody(email: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(with_factor(user(email)))
    return client


def test_joining_makes_one_profile() -> None:
    client = as_somebody("ana@example.org")
    told = {"name": "Ana", "kind": "chiropractor", "jurisdiction": "US-NY", "zone": "America/New_York"}
    answers = at_once(lambda: client.post(reverse("directory:join"), told).status_code)
    assert answers == [302] * PRESSES
    assert Practitioner.objects.count() == 1


def test_offering_a_session_offers_one() -> None:
    ana = practitioner()
    client = Client(raise_request_exception=False)
    client.force_login(ana.user)
    told = {"offer": "single", "mode": "video", "minutes": "60", "price": "95", "currency": "USD"}
    answers = at_once(lambda: client.post(reverse("directory:service-add"), told).status_code)
    assert set(answers) <= {302, 422}
    assert Service.objects.filter(practitioner=ana, offer="single").count() == 1


def test_hours_are_there_once() -> None:
    ana = practitioner()

    def write() -> int:
        booking.set_week(ana, {0: [TimeRange(540, 720)]}, by=ana.user)
        return 0

    assert at_once(write) == [0] * PRESSES
    assert WeeklyHours.objects.count() == 1
