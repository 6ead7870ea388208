"""What the worker does about visits that are near."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unknot.web.care import actions

EVERY_HALF_HOUR = "7,37 * * * *"


@app.periodic(cron=EVERY_HALF_HOUR)
@app.task(queueing_lock="care.ask_before_visits")
def ask_before_visits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Ask everybody whose visit is near."""
    actions.ask_before_visits(timezone.now())
