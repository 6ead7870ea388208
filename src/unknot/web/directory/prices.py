"""Amounts in words."""

from __future__ import annotations

from django.utils.formats import number_format

from unknot.knowledge import load

CURRENCIES = ("USD", "CAD", "GBP", "EUR", "AUD", "NZD")
PAID_IN = {"US": "USD", "CA": "CAD", "GB": "GBP", "AU": "AUD", "NZ": "NZD"}
EURO = (
    "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PT", "SI", "SK",
)  # fmt: skip


def money(minor: int, currency: str) -> str:
    """
    An amount in minor units as whole ones, with cents only where there are some.

    >>> money(9500, "USD"), money(4750, "USD")
    ('95 USD', '47.50 USD')
    """
    shown = number_format(minor / 100, 2) if minor % 100 else number_format(minor // 100)
    return f"{shown} {currency}".replace("-", "\N{MINUS SIGN}")


def currency_in(jurisdiction: str) -> str:
    """
    What people pay in there; where none of our currencies is, US dollars.

    >>> currency_in("GB"), currency_in("US-NY"), currency_in("")
    ('GBP', 'USD', 'USD')
    """
    country = jurisdiction[:2]
    return "EUR" if country in EURO else PAID_IN.get(country, "USD")


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
