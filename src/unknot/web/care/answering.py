"""A page for people, JSON for the session guide."""

from __future__ import annotations

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which sends again what wasn't kept."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
