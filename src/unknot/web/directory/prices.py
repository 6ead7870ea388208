"""Amounts in words."""

from __future__ import annotations

from django.utils.formats import number_format

from unknot.knowledge import load


def money(minor: int, currency: str) -> str:
    """
    An amount in minor units as whole ones, with cents only where there are some.

    >>> money(9500, "USD"), money(4750, "USD")
    ('95 USD', '47.50 USD')
    """
    shown = number_format(minor / 100, 2) if minor % 100 else number_format(minor // 100)
    return f"{shown} {currency}"


def usual_range(minutes: int, currency: str) -> str:
    """
    What a session of that length usually costs, by ``billing.toml``; empty where it says nothing.

    >>> usual_range(60, "USD") != "", usual_range(60, "GBP")
    (True, '')
    """
    kb = load()
    if currency != kb.billing.meta.currency:
        return ""
    known = (kb.prices[id_] for id_ in kb.planning.course.prices_by_length)
    found = next((price for price in known if price.minutes == minutes), None)
    return f"{found.low}\N{EN DASH}{found.high} {currency}" if found else ""
