"""The day that an address asks for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest

FAR = timedelta(days=3653)


def day_asked_for(request: HttpRequest, otherwise: date) -> date:
    """``?on=2026-06-08``; what is no day within ten years is as if it weren't said."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return otherwise
    return day if abs(day - otherwise) <= FAR else otherwise
