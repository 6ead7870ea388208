from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

Answerer = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def takes_up_to(most_bytes: int) -> Callable[[View], View]:
    """Let a view take a larger body than a form has: a file."""

    def marked(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return marked


class PoliciesMiddleware:
    """The headers that neither Django nor django-csp sets; see ``PERMISSIONS_POLICY`` in the settings."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is missing."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BodyLimitMiddleware:
    """
    Refuses a body that says it is larger than any form of ours, before a byte of it is read.

    Django itself counts only a form's fields: a file could be of any size. A view that takes files says how
    large its body may be with ``takes_up_to``. Stands before all that reads a body, and after the choice of
    language, so that the refusal is in the reader's.
    """

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the view has to be known before its body is looked at."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> None:
        """Raise BadRequest or RequestDataTooBig."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not (said.isascii() and said.isdigit()):
            raise BadRequest("Content-Length is no number")
        if int(said) > getattr(view, "most_bytes", settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig("The body is larger than any form of ours")
