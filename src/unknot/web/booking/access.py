"""Hours and blocked time are their practitioner's; a time that is kept is the browser's that chose it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from unknot.web.directory.access import for_practitioners, removed
from unknot.web.site.access import Access, Answer


def everybody(answer: Answer, *, method: Literal["GET", "POST"] = "GET", **example: str) -> Access:
    """What all get who did not choose the time in their own browser."""
    return Access(answer, answer, answer, method=method, example=example)


ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "booking:hours": for_practitioners(),
        "booking:week": for_practitioners(),
        "booking:limits": for_practitioners(),
        "booking:date-add": for_practitioners(),
        "booking:date-remove": removed("override"),
        "booking:block": for_practitioners(),
        "booking:unblock": removed("takentime"),
        "booking:reserve": everybody(Answer.WRONG_FORM, method="POST"),
        "booking:told": everybody(Answer.MOVED, method="POST"),
        "booking:book": everybody(Answer.GONE, public_id="@reservation"),
        "booking:release": everybody(Answer.MOVED, method="POST", public_id="@reservation"),
    }
)
