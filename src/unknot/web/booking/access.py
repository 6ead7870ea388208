"""Hours and blocked time are their practitioner's; a time that is kept is the browser's that chose it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from unknot.web.directory.access import for_practitioners, removed
from unknot.web.site.access import Access, Answer, public

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "booking:hours": for_practitioners(),
        "booking:week": for_practitioners(),
        "booking:limits": for_practitioners(),
        "booking:date-add": for_practitioners(),
        "booking:date-remove": removed("override"),
        "booking:block": for_practitioners(),
        "booking:unblock": removed("takentime"),
        # To all who did not choose the time in their own browser:
        "booking:reserve": public(Answer.WRONG_FORM, method="POST"),
        "booking:told": public(Answer.MOVED, method="POST"),
        "booking:book": public(Answer.GONE, public_id="@reservation"),
        "booking:release": public(Answer.MOVED, method="POST", public_id="@reservation"),
    }
)
