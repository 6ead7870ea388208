"""What the worker does about accounts."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unknot.web.accounts import actions

EVERY_HOUR = "41 * * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(queueing_lock="accounts.forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Delete accounts of addresses that were typed and never confirmed."""
    actions.forget_unconfirmed(timezone.now())
