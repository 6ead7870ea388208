"""Earlier states of records, kept by triggers in tables that only grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

Tracked = TypeVar("Tracked", bound=type[models.Model])


def keeps_history(model: Tracked) -> Tracked:
    """
    Keep every state of a model's rows: who changed it stands in the trail, by the same time.

    The web's role may add to the history and read it, nothing else.
    """
    track: Callable[[Tracked], Tracked] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        context_field=None,  # type: ignore[arg-type]  # its documented way to leave it out
        append_only=True,
        meta={"db_table_comment": "append-only: see unknot.server.roles"},
    )
    return track(model)
