"""
The pages that say what went wrong, what to do next, and the request's id.

They are rendered without context processors, session or database, so that they still work when those don't.
"""

from __future__ import annotations

import math
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from unknot.web.site import request_ids

USUAL_WAIT = timedelta(minutes=5)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error_page(status: int) -> HttpResponse:
    """The designed page of a status: 400, 403, 404, 413, 429 or 500."""
    template = get_template(f"site/errors/{status}.html")
    body = template.render({"status": status, "request_id": request_ids.current()})
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that no page of ours sends, or a form that is too large."""
    return error_page(413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """A page that is not this reader's."""
    return error_page(403)


def stale_form(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """A form whose secret is missing or old: sent from another site, or without the cookie."""
    return error_page(403)


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """No page here."""
    return error_page(404)


def too_many(wait: timedelta) -> HttpResponse:
    """Too many requests from one place; ``wait`` is when to try again."""
    response = error_page(429)
    response["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


def too_many_tries(_request: HttpRequest) -> HttpResponse:
    """Too many tries to sign in; the limits of a library, which doesn't say when to come back."""
    return too_many(USUAL_WAIT)


def broken(_request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return error_page(500)
