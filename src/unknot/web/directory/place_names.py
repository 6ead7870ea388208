"""Names of states, provinces and countries as the page's language has them."""

from __future__ import annotations

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

PLACE_NAMES = MappingProxyType(
    {
        "US-DC": _("District of Columbia"),
        "US-HI": _("Hawaii"),
        "US-LA": _("Louisiana"),
        "US-MI": _("Michigan"),
        "US-MS": _("Mississippi"),
        "US-MO": _("Missouri"),
        "US-NH": _("New Hampshire"),
        "US-NJ": _("New Jersey"),
        "US-NM": _("New Mexico"),
        "US-NY": _("New York"),
        "US-NC": _("North Carolina"),
        "US-ND": _("North Dakota"),
        "US-OR": _("Oregon"),
        "US-PA": _("Pennsylvania"),
        "US-SC": _("South Carolina"),
        "US-SD": _("South Dakota"),
        "US-WV": _("West Virginia"),
        "CA-BC": _("British Columbia"),
        "CA-NB": _("New Brunswick"),
        "CA-NL": _("Newfoundland and Labrador"),
        "CA-PE": _("Prince Edward Island"),
        "CA-other": _("Canada (other provinces)"),
        "GB": _("United Kingdom"),
        "IE": _("Ireland"),
        "AU": _("Australia"),
        "NZ": _("New Zealand"),
        "DE": _("Germany"),
        "FR": _("France"),
    }
)
"""By code; whoever isn't named here is called the same everywhere, as California is."""
