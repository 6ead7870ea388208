from __future__ import annotations

from django import template

from unknot.knowledge import load
from unknot.web.directory import jurisdictions
from unknot.web.directory.models import Service
from unknot.web.directory.phones import readable
from unknot.web.directory.prices import money, usual_range
from unknot.web.directory.queries import waiting_credentials
from unknot.web.site.languages import language

register = template.Library()


@register.simple_tag
def waiting_count() -> int:
    """How many credentials administrators have to look at."""
    return waiting_credentials().count()


@register.filter
def jurisdiction(code: str) -> str:
    """A jurisdiction's name; any other text as it stands."""
    return jurisdictions.names().get(code, code)


@register.filter
def readable_phone(number: str) -> str:
    """A phone number as people read it."""
    return readable(number)


@register.filter
def price(service: Service) -> str:
    """A price in whole units, with cents only where there are some."""
    return money(service.price_minor, service.currency)


@register.filter
def usually(service: Service) -> str:
    """What such a session usually costs; empty where nobody knows."""
    return usual_range(service.minutes, service.currency)


@register.filter
def region_group(group: str) -> str:
    """A part of the body, by its name."""
    label = load().labels.region_group.get(group)
    return label.in_(language()) if label else group


@register.filter
def zone_name(zone: str) -> str:
    """A zone as people know it."""
    return zone.replace("_", " ")
