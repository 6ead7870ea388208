"""What the worker does about time that is kept no longer."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unknot.web.booking import actions

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "17 * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="booking.delete_expired")
def delete_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Delete reservations whose time is up, with their drafts."""
    actions.delete_expired(timezone.now())


@app.periodic(cron=EVERY_HOUR)
@app.task(queueing_lock="booking.licences")
def tell_of_ending_licences(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Tell those whom the end of a licence concerns."""
    actions.tell_of_ending_licences(timezone.now())
