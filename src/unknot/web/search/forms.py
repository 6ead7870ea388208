from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from unknot.web.directory.forms import known_zones, places_of_law
from unknot.web.directory.models import Kind, Offer, Service
from unknot.web.directory.prices import CURRENCIES
from unknot.web.search.distances import miles
from unknot.web.search.queries import Choice
from unknot.web.site.forms import DayField

RADII_KM = (10, 25, 50, 100)
PRICES = (60, 80, 100, 120, 150)  # for a session
ONE_OF_THESE = {"invalid_choice": _("Choose one of these.")}


class SearchForm(forms.Form):
    """What somebody looks for; it travels in the address and holds nothing about health."""

    place = forms.CharField(label=_("Town, or US postcode"), max_length=80, required=False)
    within = forms.TypedChoiceField(
        label=_("Within"),
        initial=25,
        coerce=int,
        required=False,
        choices=[(n, f"{n} km ({miles(n)} mi)") for n in RADII_KM],
        error_messages=ONE_OF_THESE,
    )
    kind = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("", _("Everybody")), *Kind.choices],
        error_messages=ONE_OF_THESE,
    )
    most = forms.TypedChoiceField(
        label=_("At most"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("any price")), *((n, n) for n in PRICES)],
        error_messages=ONE_OF_THESE,
    )
    currency = forms.ChoiceField(
        label=_("Currency of the price"),
        required=False,
        choices=[("", _("the usual one there")), *((c, c) for c in CURRENCIES)],
        help_text=_("It belongs to a highest price. By video, the cheapest in it stand first."),
        error_messages=ONE_OF_THESE,
    )
    video = forms.BooleanField(label=_("By video"), required=False)
    client_in = forms.ChoiceField(
        label=_("By video: where you will be"),
        choices=places_of_law,
        required=False,
        error_messages=ONE_OF_THESE,
    )
    this_week = forms.BooleanField(label=_("Free this week"), required=False)


class ChoiceForm(forms.Form):
    """What somebody looks at on a profile; it travels in the address."""

    service = forms.UUIDField(required=False, widget=forms.HiddenInput)
    client_in = forms.ChoiceField(label=_("Where you will be"), choices=places_of_law, required=False)
    zone = forms.CharField(label=_("Times by the clock of"), required=False)
    first = DayField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, services: list[Service], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._services, self._zone = services, zone

    def choice(self, today: date) -> Choice:
        """What was said; unsaid, the first session, by the practitioner's clock, from today on."""
        said = self.cleaned_data
        sessions = [s for s in self._services if s.offer != Offer.DISCOVERY]
        chosen = [s for s in self._services if s.public_id == said.get("service")]
        zone = self.data.get("zone", "")
        return Choice(
            service=(chosen or sessions)[0],
            zone=zone if zone in known_zones() else self._zone,
            client_in=said.get("client_in", ""),
            first=max(said.get("first") or today, today),
        )
