from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from unknot.web.directory.models import Kind

RADII_KM = (10, 25, 50, 100)


class SearchForm(forms.Form):
    """What somebody looks for; it travels in the address and holds nothing about health."""

    place = forms.CharField(label=_("City or town"), max_length=80, required=False)
    within = forms.TypedChoiceField(
        label=_("Within"),
        initial=25,
        coerce=int,
        required=False,
        choices=[(n, f"{n} km") for n in RADII_KM],
    )
    kind = forms.ChoiceField(label=_("Who"), required=False, choices=[("", _("Everybody")), *Kind.choices])
    video = forms.BooleanField(label=_("By video"), required=False)
