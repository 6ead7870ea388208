"""What the worker does about the index."""

from __future__ import annotations

from procrastinate.contrib.django import app

from unknot.web.directory.models import Practitioner
from unknot.web.search.actions import index

EVERY_TEN_MINUTES = "*/10 * * * *"


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queueing_lock="search.index_missing")
def index_missing(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes when it was due
    """Index who is live and has no line, as after a change of the index's own shape."""
    for practitioner in Practitioner.objects.filter(went_live_at__isnull=False, listing__isnull=True):
        index(practitioner)
