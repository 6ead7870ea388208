"""What is live is everybody's; what isn't doesn't exist."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from unknot.web.site.access import Access, public

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "search:results": public(),
        "search:practitioner": public(public_id="@live"),
    }
)
