"""Amounts in words."""

from __future__ import annotations

from django.utils.formats import number_format


def money(minor: int, currency: str) -> str:
    """
    An amount in minor units as whole ones, with cents only where there are some.

    >>> money(9500, "USD"), money(4750, "USD")
    ('95 USD', '47.50 USD')
    """
    whole, cents = divmod(minor, 100)
    return f"{number_format(minor / 100, 2) if cents else number_format(whole)} {currency}"
