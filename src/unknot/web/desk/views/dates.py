"""The day that an address asks for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest


def day_asked_for(request: HttpRequest, otherwise: date) -> date:
    """``?on=2026-06-08``; what is no day is as if it weren't said."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return otherwise
