from __future__ import annotations

from django import template

from unknot.web.directory import jurisdictions
from unknot.web.directory.models import Service
from unknot.web.directory.prices import money

register = template.Library()


@register.filter
def jurisdiction(code: str) -> str:
    """A jurisdiction's name; any other text as it stands."""
    return jurisdictions.names().get(code, code)


@register.filter
def price(service: Service) -> str:
    """A price in whole units, with cents only where there are some."""
    return money(service.price_minor, service.currency)
