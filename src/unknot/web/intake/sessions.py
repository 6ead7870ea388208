"""What the browser's session knows of a visitor on the way to a booking: random ids, and until when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

KEPT = "kept_until"
MOST = 5
TELLING = "telling"
TELLING_KEY = "telling_key"


def kept_times(request: HttpRequest) -> list[str]:
    """The public ids of the times that are kept for this browser, the newest last."""
    return list(request.session.get(KEPT, {}))


def keep_time(request: HttpRequest, public_id: str, until: datetime) -> None:
    """Remember that a time is kept for this browser; what it was telling for before is over."""
    tell_for(request, "")
    kept = {**request.session.get(KEPT, {}), public_id: until.timestamp()}
    request.session[KEPT] = dict(list(kept.items())[-MOST:])


def forget_time(request: HttpRequest, public_id: str) -> None:
    """A time was booked or given back."""
    kept = request.session.get(KEPT, {})
    if public_id in kept:
        request.session[KEPT] = {each: until for each, until in kept.items() if each != public_id}


def telling_for(request: HttpRequest) -> str:
    """The public id of the appointment that this browser answers questions for; empty where none."""
    return str(request.session.get(TELLING, ""))


def telling_key(request: HttpRequest) -> str:
    """The key of the letter by which it was begun; empty where it was by an account."""
    return str(request.session.get(TELLING_KEY, ""))


def tell_for(request: HttpRequest, public_id: str, key: str = "") -> None:
    """Remember the appointment that the questions are answered for; empty forgets it."""
    for name, value in ((TELLING, public_id), (TELLING_KEY, key)):
        if value:
            request.session[name] = value
        else:
            request.session.pop(name, None)


def is_on_the_way(request: HttpRequest) -> bool:
    """Whether a time or an appointment waits for the answers."""
    now = timezone.now().timestamp()
    is_kept = any(until > now for until in request.session.get(KEPT, {}).values())
    return is_kept or bool(telling_for(request))
