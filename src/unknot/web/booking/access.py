"""Hours and blocked time are their practitioner's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from unknot.web.directory.access import for_practitioners, removed
from unknot.web.site.access import Access

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "booking:hours": for_practitioners(),
        "booking:week": for_practitioners(),
        "booking:limits": for_practitioners(),
        "booking:date-add": for_practitioners(),
        "booking:date-remove": removed("override"),
        "booking:block": for_practitioners(),
        "booking:unblock": removed("takentime"),
    }
)
