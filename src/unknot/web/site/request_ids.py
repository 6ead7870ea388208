"""
One id for each request: in the answer's header, in every line logged meanwhile, and on the error pages.

An id from outside is never taken: it could carry anything into the logs.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

NO_REQUEST = "-"
KEY = "unknot.request_id"  # in the request's META, where no header can stand under such a name
_current: ContextVar[str] = ContextVar("request_id", default=NO_REQUEST)


def current() -> str:
    """The id of the request being answered; ``-`` outside of one."""
    return _current.get()


class RequestIdMiddleware:
    """Stands first, so that all others log and answer under the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer under an id of our own."""
        request.META[KEY] = uuid.uuid4().hex
        token = _current.set(request.META[KEY])
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = current()
        finally:
            _current.reset(token)
        return response
