"""
How often one address may ask, for views that cost more than a look.

Counted in the memory of each process: with four workers an address gets up to four times as much. That is
enough against a runaway script; it is no defence against a crowd. What must hold across processes is counted
in the database, at the price of a few queries.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from unknot.web.site.errors import too_many

View = ParamSpec("View")
ADDRESSES_KEPT = 10_000


class Limit:
    """At most ``count`` in any stretch of ``per``, for each key."""

    def __init__(self, count: int, per: timedelta) -> None:
        self.count, self.per_s = count, per.total_seconds()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, key: str, now_s: float) -> float:
        """Count one request of ``key`` and return 0, or the seconds until the next is welcome."""
        with self._lock:
            asked = self._asked.setdefault(key, deque())
            self._asked.move_to_end(key)
            while len(self._asked) > ADDRESSES_KEPT:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now_s - self.per_s:
                asked.popleft()
            if len(asked) >= self.count:
                return asked[0] + self.per_s - now_s
            asked.append(now_s)
            return 0.0


class SharedLimit:
    """The same for all processes together, for each key and the ``name`` of what is limited."""

    def __init__(self, name: str, count: int, per: timedelta) -> None:
        self.name, self.count, self.per_s = name, count, per.total_seconds()

    def wait_s(self, key: str, now_s: float) -> float:
        """As `Limit.wait_s`; who asks at the same time with the same key waits, so that each is counted."""
        kept_as = salted_hmac(f"unknot.limits {self.name}", key).hexdigest()  # no address in the database
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [kept_as])
            asked: list[float] = [at for at in cache.get(kept_as, ()) if at > now_s - self.per_s]
            if len(asked) >= self.count:
                return asked[0] + self.per_s - now_s
            cache.set(kept_as, [*asked, now_s], timeout=self.per_s)
            return 0.0


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as the nearest of our own ``PROXIES`` saw it; kept in memory only."""
    passed = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    if 0 < settings.PROXIES <= len(passed):
        return passed[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def at_most(
    count: int, *, per: timedelta, shared_as: str = ""
) -> Callable[
    [Callable[Concatenate[HttpRequest, View], HttpResponse]],
    Callable[Concatenate[HttpRequest, View], HttpResponse],
]:
    """
    Decorate a view: what an address asks beyond ``count`` in ``per`` gets the page 429.

    With a name to be ``shared_as`` it is counted for all processes together.
    """
    limit = SharedLimit(shared_as, count, per) if shared_as else Limit(count, per)

    def decorate(
        view: Callable[Concatenate[HttpRequest, View], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, View], HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
            wait_s = limit.wait_s(address_of(request), time.time())
            return too_many(timedelta(seconds=wait_s)) if wait_s else view(request, *args, **kwargs)

        return limited

    return decorate
