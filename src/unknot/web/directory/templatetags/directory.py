from __future__ import annotations

from django import template
from django.utils.formats import number_format

from unknot.web.directory import jurisdictions
from unknot.web.directory.models import Service

register = template.Library()


@register.filter
def jurisdiction(code: str) -> str:
    """A jurisdiction's name; any other text as it stands."""
    return jurisdictions.names().get(code, code)


@register.filter
def price(service: Service) -> str:
    """A price in whole units, with cents only where there are some."""
    whole, cents = divmod(service.price_minor, 100)
    amount = number_format(service.price_minor / 100, 2) if cents else number_format(whole)
    return f"{amount} {service.currency}"
