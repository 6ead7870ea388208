"""The day that an address or a form asks for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest

FAR = timedelta(days=3653)


def day_asked_for(request: HttpRequest, otherwise: date) -> date:
    """``?on=2026-06-08``; what is no day within ten years is as if it weren't said."""
    return day_of(request.GET.get("on", ""), otherwise)


def day_of(said: str, otherwise: date) -> date:
    """The day that is written, unless it is none within ten years."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return otherwise
    return day if abs(day - otherwise) <= FAR else otherwise
