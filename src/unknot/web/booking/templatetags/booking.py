from __future__ import annotations

from typing import Protocol

from django import template
from django.utils.dates import WEEKDAYS

register = template.Library()


class Range(Protocol):
    """Hours in minutes after midnight, as the core or a row holds them."""

    @property
    def start(self) -> int:
        """When they begin."""

    @property
    def end(self) -> int:
        """When they end."""


@register.filter
def weekday(number: int) -> str:
    """A weekday's name; 0 is Monday."""
    return str(WEEKDAYS[number])


@register.filter
def clock_range(hours: Range) -> str:
    """Hours by the wall clock: from 09:00 to 17:30; the day's end is ``24:00``."""
    return "\N{EN DASH}".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.start, hours.end))
