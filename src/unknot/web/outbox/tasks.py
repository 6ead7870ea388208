"""What the worker does every few seconds."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unknot.web.outbox import actions

EVERY_FEW_SECONDS = "*/3 * * * * *"
EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "23 * * * *"


@app.periodic(cron=EVERY_FEW_SECONDS)
@app.task(queueing_lock="outbox.deliver")  # no lock: a killed worker would hold it for ever
def deliver(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Hand over what is due."""
    actions.deliver_due(timezone.now())


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="outbox.give_up")
def give_up(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Mark what a dead process left half done, so that somebody looks at it."""
    actions.give_up_stuck(timezone.now())


@app.periodic(cron=EVERY_HOUR)
@app.task(queueing_lock="outbox.forget_sent")
def forget_sent(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Delete letters that went long ago."""
    actions.forget_sent(timezone.now())
