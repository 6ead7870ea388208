"""The code that is sent on the way to a booking: to whom, how often, and two at once."""

from __future__ import annotations

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from unknot.web.accounts.actions import account_to_confirm
from unknot.web.accounts.models import User
from unknot.web.booking.tests.office import CONTACT, call_of, free, open_office, reserve

PRESSES = 6


@pytest.mark.django_db
def test_what_is_asked_for_too_often_makes_no_account(client: Client) -> None:
    cache.clear()
    ana = open_office()
    page = reserve(client, call_of(ana), free(call_of(ana))[0])["Location"]
    before = User.objects.count()
    asked = [client.post(page, CONTACT | {"email": f"v{n}@example.org"}).status_code for n in range(22)]
    assert asked == [*[302] * 20, 429, 429]
    assert User.objects.count() == before + 20


@pytest.mark.django_db(transaction=True)
def test_somebody_new_who_presses_twice_at_once_is_one_account() -> None:
    start = threading.Barrier(PRESSES, timeout=60)
    made: list[User] = []

    def press() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            made.append(account_to_confirm("New@example.org"))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == PRESSES
    assert User.objects.get().email == "new@example.org"
    assert not User.objects.get().has_usable_password()
