from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from unknot.web.site import limits
from unknot.web.site.limits import Limit, SharedLimit, address_of


def test_the_next_is_welcome_when_the_oldest_is_over() -> None:
    limit = Limit(2, timedelta(seconds=10))
    assert limit.wait_s("a", 0.0) == 0
    assert limit.wait_s("a", 4.0) == 0
    assert limit.wait_s("a", 5.0) == 5.0
    assert limit.wait_s("a", 10.0) == 0
    assert limit.wait_s("a", 10.5) == 3.5


def test_each_address_has_its_own() -> None:
    limit = Limit(1, timedelta(seconds=10))
    assert limit.wait_s("a", 0.0) == 0
    assert limit.wait_s("b", 0.0) == 0
    assert limit.wait_s("a", 1.0) == 9.0


def test_what_it_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ADDRESSES_KEPT", 2)
    limit = Limit(1, timedelta(seconds=10))
    for key in "abc":
        limit.wait_s(key, 0.0)
    assert limit.wait_s("b", 1.0) == 9.0
    assert limit.wait_s("a", 1.0) == 0, "the one that was quiet longest is forgotten"


@pytest.mark.django_db
def test_shared_it_holds_whichever_process_answers() -> None:
    one_process, other = (SharedLimit("a thing", 2, timedelta(seconds=10)) for _ in range(2))
    assert one_process.wait_s("192.0.2.7", 0.0) == 0
    assert other.wait_s("192.0.2.7", 4.0) == 0
    assert one_process.wait_s("192.0.2.7", 5.0) == 5.0
    assert one_process.wait_s("192.0.2.8", 5.0) == 0, "each address has its own"
    assert SharedLimit("another", 2, timedelta(seconds=10)).wait_s("192.0.2.7", 5.0) == 0
    assert other.wait_s("192.0.2.7", 10.0) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%192.0.2%'")
        assert cursor.fetchone() == (0,), "no address is kept"


@pytest.mark.django_db(transaction=True)
def test_shared_each_of_many_at_once_is_counted() -> None:
    limit = SharedLimit("a race", 3, timedelta(seconds=60))
    start = threading.Barrier(8, timeout=60)
    waits: list[float] = []

    def ask() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            waits.append(limit.wait_s("192.0.2.7", 0.0))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [0.0] * 3 + [60.0] * 5


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 8.8.8.8", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: pytest.FixtureRequest, proxies: int, passed: str, address: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", headers={"x-forwarded-for": passed})
    assert address_of(request) == address
