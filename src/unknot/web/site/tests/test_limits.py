from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory

from unknot.web.site import limits
from unknot.web.site.limits import Limit, address_of


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
