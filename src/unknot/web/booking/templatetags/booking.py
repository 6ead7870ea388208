from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import uuid4

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from unknot.knowledge import load
from unknot.knowledge.labels import rule_words
from unknot.screening.result import Need
from unknot.web.booking.models import Agreed, Appointment, Status
from unknot.web.booking.words import leading_zone, map_of, other_zone, same_clock
from unknot.web.directory.prices import money
from unknot.web.site.languages import language

register = template.Library()


class Range(Protocol):
    """Hours in minutes after midnight, as the core or a row holds them."""

    @property
    def start(self) -> int:
        """When they begin."""

    @property
    def end(self) -> int:
        """When they end."""


@register.simple_tag
def press() -> SafeString:
    """A form's own random number: pressed twice, it keeps one time, though the first answer never arrived."""
    return format_html('<input type="hidden" name="press" value="{}">', uuid4())


@register.filter
def weekday(number: int) -> str:
    """A weekday's name; 0 is Monday."""
    return str(WEEKDAYS[number])


@register.filter
def clock_range(hours: Range) -> str:
    """Hours by the wall clock: from 09:00 to 17:30; the day's end is ``24:00``."""
    return "\N{EN DASH}".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.start, hours.end))


@register.filter
def epoch(at: datetime) -> str:
    """Seconds since 1970, as forms carry a time."""
    return str(int(at.timestamp()))


for said_elsewhere in (leading_zone, map_of, other_zone, same_clock):
    register.filter(said_elsewhere)


@register.filter
def agreed_price(agreed: Agreed) -> str:
    """The price that was agreed on."""
    return money(agreed.price_minor, agreed.currency)


@register.filter
def amount(minor: int, currency: str) -> str:
    """An amount in minor units."""
    return money(minor, currency)


@register.filter
def late_fee(appointment: Appointment) -> str:
    """What cancelling costs once it is no longer free."""
    return money(appointment.late_fee_minor, appointment.currency)


@register.filter
def status_words(appointment: Appointment) -> str:
    """What became of it; who has arrived, has come once it is over."""
    if appointment.status == Status.ARRIVED and appointment.ends_at <= timezone.now():
        return gettext("came")
    return appointment.get_status_display()


@register.filter
def rule_name(rule: str) -> str:
    """A screening rule's name; a note may be older than today's rules, and then its id."""
    kb = load()
    known = kb.rules.get(rule)
    return rule_words(known, kb.rules_es, language()).name if known else rule


@register.filter
def from_whom(need: Need) -> str:
    """Who can give what a rule asks for, to who treats; the labels speak to the client: "your surgeon"."""
    return load().labels.who[need.who].es if language() == "es" else need.who
