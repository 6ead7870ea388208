"""
How often one address may ask, for views that cost more than a look.

Counted in the memory of each process: with four workers an address gets up to four times as much. That is
enough against a runaway script; it is no defence against a crowd.
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
from django.http import HttpRequest, HttpResponse

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


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as the nearest of our own ``PROXIES`` saw it; kept in memory only."""
    passed = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    if 0 < settings.PROXIES <= len(passed):
        return passed[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def at_most(
    count: int, *, per: timedelta
) -> Callable[
    [Callable[Concatenate[HttpRequest, View], HttpResponse]],
    Callable[Concatenate[HttpRequest, View], HttpResponse],
]:
    """Decorate a view: what an address asks beyond ``count`` in ``per`` gets the page 429."""
    limit = Limit(count, per)

    def decorate(
        view: Callable[Concatenate[HttpRequest, View], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, View], HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
            wait_s = limit.wait_s(address_of(request), time.monotonic())
            return too_many(timedelta(seconds=wait_s)) if wait_s else view(request, *args, **kwargs)

        return limited

    return decorate
