"""Forms of the profile; what they clean is what the database takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import load
from unknot.web.directory import jurisdictions
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    Kind,
    Mode,
    Offer,
    Place,
    Practitioner,
    Service,
)
from unknot.web.directory.phones import PhoneField, region_of
from unknot.web.directory.prices import CURRENCIES, currency_in
from unknot.web.directory.whereabouts import is_known
from unknot.web.site.languages import language

NUMBER = r"^(?=.*\d)[\w#][\w ./#-]*$"
"""Letters, a digit at least, and what stands between them; how it looks differs from place to place."""
LENGTHS = (30, 45, 60, 75, 90, 120)


@cache
def known_zones() -> frozenset[str]:
    """Zones named after a place, as people know them, and UTC; to look them up takes ten milliseconds."""
    named = (z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "SystemV/")))
    return frozenset([*named, "UTC"])


@cache
def zones() -> list[tuple[str, str]]:
    """The zones to choose from."""
    return [("", "…"), *((zone, zone.replace("_", " ")) for zone in sorted(known_zones()))]


def places_of_law() -> list[tuple[str, str]]:
    """Jurisdictions, by name; what several provinces share says which."""
    names = dict(jurisdictions.names())
    names[jurisdictions.OTHER_PROVINCES] += f": {', '.join(jurisdictions.other_provinces())}"
    return [("", "…"), *sorted(names.items(), key=lambda item: item[1])]


def parts_of_the_body() -> list[tuple[str, str]]:
    """Groups of regions, from head to toes."""
    return [(group, label.in_(language())) for group, label in load().labels.region_group.items()]


class OneLine(forms.CharField):
    """A text without line breaks; blanks are drawn together."""

    def to_python(self, value: Any) -> str:
        """Write it in one line."""
        return " ".join((super().to_python(value) or "").split())


class JoinForm(forms.Form):
    """Who somebody is, in four answers."""

    name = OneLine(label=_("Your name, as clients see it"), max_length=120)
    kind = forms.ChoiceField(label=_("You are a"), choices=Kind.choices)
    jurisdiction = forms.ChoiceField(label=_("Where you practise"), choices=places_of_law)
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zones)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """What the profile says."""

    name = OneLine(label=_("Your name, as clients see it"), max_length=120)
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zones)
    about = forms.CharField(
        label=_("About you and how you work"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What a client should know before they choose you. Plain text, 1,500 letters at most."),
    )
    focus = forms.MultipleChoiceField(
        label=_("What you work with most"),
        choices=parts_of_the_body,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Clients who marked such a place see that you do."),
    )
    meeting_link = forms.URLField(
        label=_("Link to your video room"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("For the free discovery call, and for sessions by video. It begins with https://."),
    )

    phone = PhoneField(
        label=_("Phone, for who has an appointment with you"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Only they see it, on the appointment's page and in its letters."),
    )

    class Meta:
        model = Practitioner
        fields = ("name", "zone", "about", "focus", "meeting_link", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        assert isinstance(phone, PhoneField)  # noqa: S101 - for the types
        phone.region = region_of(self.instance)

    def clean_meeting_link(self) -> str:
        """Only a link that nobody on the way can change."""
        link: str = self.cleaned_data["meeting_link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("Give a link that begins with https://."))
        return link


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """Where one treats."""

    name = OneLine(label=_("Name of the place, if it has one"), max_length=120, required=False)
    street = OneLine(label=_("Street and number"), max_length=200)
    city = OneLine(label=_("City"), max_length=80)
    postcode = OneLine(label=_("Postcode"), max_length=12, required=False)
    jurisdiction = forms.ChoiceField(label=_("State, province or country"), choices=places_of_law)

    class Meta:
        model = Place
        fields = ("name", "street", "city", "postcode", "jurisdiction")

    def clean(self) -> dict[str, Any]:
        """Only a place that somebody who looks near it would find."""
        told = super().clean() or self.cleaned_data
        if not self.errors and not is_known(told["city"], told["postcode"], told["jurisdiction"]):
            self.add_error("city", self._how_to_be_found(told["jurisdiction"]))
        return told

    @staticmethod
    def _how_to_be_found(jurisdiction: str) -> str:
        if jurisdiction.startswith("US-"):
            return gettext(
                "We know no town of this name there, so nobody would find you. Look at how it is written, or"
                " give its postcode (ZIP)."
            )
        return gettext(
            "We know no town of this name there, so nobody would find you. Look at how it is written; a"
            " village goes with the street, and its nearest larger town here."
        )


class WithinConstraints(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """A form that tells what the database would refuse, of fields too that it doesn't show."""

    def validate_unique(self) -> None:
        """Where all else is right: the practitioner, who is no field, counts too."""
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except forms.ValidationError as error:
            self.add_error(None, error)


class CredentialForm(WithinConstraints):
    """A licence, a certificate or an insurance."""

    kind = forms.ChoiceField(label=_("What it is"), choices=CredentialKind.choices)
    jurisdiction = forms.ChoiceField(
        label=_("For a licence: who gave it"), choices=places_of_law, required=False
    )
    issuer = OneLine(
        label=_("For a certificate or an insurance: who gave it"), max_length=120, required=False
    )
    number = OneLine(
        label=_("Its number"),
        max_length=40,
        validators=[RegexValidator(NUMBER, _("Give the number as it stands on the document."))],
    )
    expires_on = forms.DateField(
        label=_("Its last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A certificate may have none."),
    )

    class Meta:
        model = Credential
        fields = ("kind", "number", "expires_on")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        given = self.instance.issuer
        self.initial["jurisdiction" if given in jurisdictions.names() else "issuer"] = given
        self.order_fields(["kind", "jurisdiction", "issuer", "number", "expires_on"])

    def clean_expires_on(self) -> date | None:
        """What still counts."""
        last_day: date | None = self.cleaned_data["expires_on"]
        if last_day and last_day < self._today:
            raise forms.ValidationError(_("This day is over. Give what counts now."))
        return last_day

    def clean(self) -> dict[str, Any]:
        """Take the issuer from the field that its kind asks for."""
        told = super().clean() or self.cleaned_data
        kind = told.get("kind")
        field = "jurisdiction" if kind == CredentialKind.LICENCE else "issuer"
        if kind and not told.get(field):
            self.add_error(field, _("Say who gave it."))
        if (
            kind != CredentialKind.CERTIFICATE
            and not told.get("expires_on")
            and "expires_on" not in self.errors
        ):
            self.add_error("expires_on", _("Say its last day; it stands on the document."))
        self.instance.issuer = told.get(field) or ""
        return told


class ServiceForm(WithinConstraints):
    """A session that one offers; the discovery call is there already."""

    offer = forms.ChoiceField(label=_("What"), choices=[c for c in Offer.choices if c[0] != Offer.DISCOVERY])
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=[(n, _("%s minutes") % n) for n in LENGTHS]
    )
    price = forms.DecimalField(
        label=_("Price"),
        min_value=Decimal(1),
        max_value=Decimal(2000),
        max_digits=6,
        decimal_places=2,
        error_messages={"min_value": _("Give a price; only the discovery call is free.")},
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(c, c) for c in CURRENCIES])

    class Meta:
        model = Service
        fields = ("offer", "mode", "minutes", "currency")
        labels = {"mode": _("Where")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"] = forms.ChoiceField(label=_("Where"), choices=Mode.choices)
        if self.instance.pk:
            self.initial["price"] = Decimal(self.instance.price_minor) / 100
        else:
            self.initial["currency"] = self._currency_of_the_others()
        self.order_fields(["offer", "mode", "minutes", "price", "currency"])

    def clean(self) -> dict[str, Any]:
        """The price in minor units; each of these currencies has a hundred."""
        told = super().clean() or self.cleaned_data
        self.instance.price_minor = int((told.get("price") or 0) * 100)
        return told

    def _currency_of_the_others(self) -> str:
        practitioner = self.instance.practitioner
        other = practitioner.services.exclude(offer=Offer.DISCOVERY).first()
        return other.currency if other else currency_in(practitioner.jurisdiction)


class DecisionForm(forms.Form):
    """What is decided on: the credential as it was given then, and not as it may have been changed since."""

    given_at = forms.DateTimeField(widget=forms.HiddenInput)


class VerifyForm(DecisionForm):
    """What an administrator found in a register."""

    evidence = OneLine(
        label=_("Where you looked it up"),
        max_length=300,
        help_text=_("The register's name or address, and what it says."),
    )


class RefuseForm(DecisionForm):
    """Why a credential is not accepted."""

    reason = OneLine(
        label=_("Why it can't be accepted"),
        max_length=300,
        help_text=_("The practitioner reads this, and can mend it."),
    )
