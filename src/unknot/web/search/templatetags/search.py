from __future__ import annotations

from urllib.parse import urlencode

from django import template

from unknot.web.search.distances import distance
from unknot.web.search.positions import Position
from unknot.web.search.queries import Wanted

register = template.Library()


@register.filter
def away(km: int, near: Position) -> str:
    """A distance, in the words of the place that it is near to."""
    return distance(km, near.jurisdiction)


@register.simple_tag
def query(wanted: Wanted, place: Position | None = None) -> str:
    """What a search is asked by, for an address; with another place in its stead."""
    position = place or wanted.position
    asked = {
        "place": position.key if position else "",
        "within": wanted.radius_km,
        "kind": wanted.kind,
        "most": wanted.most or "",
        "currency": wanted.currency,
        "client_in": wanted.client_in,
        **({"video": "on"} if wanted.video else {}),
        **({"this_week": "on"} if wanted.this_week else {}),
    }
    return urlencode({name: value for name, value in asked.items() if value})
