"""Distances in words: kilometres, and miles beside them where people drive by those."""

from __future__ import annotations

from django.utils.translation import gettext as _

KM_A_MILE = 1.609344


def miles(km: float) -> int:
    """
    Whole miles, one at least.

    >>> miles(25), miles(1)
    (16, 1)
    """
    return max(round(km / KM_A_MILE), 1)


def distance(km: int, jurisdiction: str) -> str:
    """
    Kilometres, in the United States with miles.

    >>> distance(10, "US-NY"), distance(10, "CA-ON")
    ('10 km (6 mi)', '10 km')
    """
    if jurisdiction.startswith("US-"):
        return _("%(km)s km (%(miles)s mi)") % {"km": km, "miles": miles(km)}
    return _("%(km)s km") % {"km": km}
