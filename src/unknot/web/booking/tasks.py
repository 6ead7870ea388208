"""What the worker does about time that is kept no longer."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unknot.web.booking import actions

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="booking.delete_expired")
def delete_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Delete reservations whose time is up, with their drafts."""
    actions.delete_expired(timezone.now())
