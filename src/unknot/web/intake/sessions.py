"""What the browser's session knows of a visitor on the way to a booking: random ids only."""

from __future__ import annotations

from django.http import HttpRequest

KEPT = "reservations"
MOST = 5
TELLING = "telling"


def kept_times(request: HttpRequest) -> list[str]:
    """The public ids of the times that are kept for this browser, the newest last."""
    return list(request.session.get(KEPT, []))


def keep_time(request: HttpRequest, public_id: str) -> None:
    """Remember that a time is kept for this browser; what it was telling for before is over."""
    request.session.pop(TELLING, None)
    request.session[KEPT] = [*kept_times(request), public_id][-MOST:]


def telling_for(request: HttpRequest) -> str:
    """The public id of the appointment that this browser answers questions for; empty where none."""
    return str(request.session.get(TELLING, ""))


def tell_for(request: HttpRequest, public_id: str) -> None:
    """Remember the appointment that the questions are answered for; empty forgets it."""
    if public_id:
        request.session[TELLING] = public_id
    else:
        request.session.pop(TELLING, None)


def is_on_the_way(request: HttpRequest) -> bool:
    """Whether a time or an appointment waits for the answers."""
    return bool(kept_times(request) or telling_for(request))
