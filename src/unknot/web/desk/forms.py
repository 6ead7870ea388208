"""What practitioners write about an appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import load
from unknot.knowledge.labels import rule_words
from unknot.web.billing.models import How
from unknot.web.booking.forms.client import ContactForm
from unknot.web.booking.queries import is_outside_hours
from unknot.web.directory.forms import OneLine
from unknot.web.directory.models import Place, Practitioner, Service
from unknot.web.intake.models import Clearance, Person
from unknot.web.site.forms import DayField
from unknot.web.site.languages import language

A_YEAR = timedelta(days=366)
DAY = forms.DateInput(attrs={"type": "date"})
TIME = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")


class AtForm(forms.Form):
    """A time by the practitioner's clock; ``clean`` gives it as ``at``."""

    on = DayField(label=_("Date"))
    start = forms.TimeField(label=_("Time"), widget=TIME)

    def __init__(self, *args: Any, zone: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone, self._now = ZoneInfo(zone), now

    def clean(self) -> dict[str, Any]:
        """The instant."""
        told = super().clean() or self.cleaned_data
        if "on" not in told or "start" not in told:
            return told
        at = datetime.combine(told["on"], told["start"], self._zone)
        told["at"] = at.astimezone(UTC)
        if told["at"].astimezone(self._zone).replace(tzinfo=None) != at.replace(tzinfo=None):
            self.add_error("start", _("The clock is put forward then; there is no such time on that day."))
        elif told["at"] <= self._now:
            self.add_error("on", _("That is over. Choose a time to come."))
        return told


class MessageForm(forms.Form):
    """Words to the client, for the page of the appointment; the letter doesn't hold them."""

    message = forms.CharField(
        label=_("A message to the client"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read it on the page of their appointment. The letter only says that it changed."),
    )

    def __init__(self, *args: Any, gets_letters: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gets_letters:  # and so no way to that page
            del self.fields["message"]


class MoveForm(AtForm, MessageForm):
    """Another time, and why."""

    field_order = ("on", "start", "message")


class VisitForm(AtForm):
    """What, where and when, as the practice books it."""

    service = forms.ModelChoiceField(label=_("What"), queryset=Service.objects.none(), empty_label=None)
    place = forms.ModelChoiceField(label=_("Which place"), queryset=Place.objects.none(), empty_label=None)
    field_order: Sequence[str] = ("service", "place", "on", "start")

    def offer(self, practitioner: Practitioner) -> None:
        """What the practitioner offers, and where, if there is a choice."""
        places = practitioner.places.all()
        if len(places) > 1:
            self.fields["place"].queryset = places  # type: ignore[attr-defined]  # as it was declared
        else:
            del self.fields["place"]
        services = self.fields["service"]
        assert isinstance(services, forms.ModelChoiceField)  # noqa: S101 - for the types
        services.queryset = practitioner.services.all()
        services.label_from_instance = _in_words  # type: ignore[assignment]  # Django's own way


class NextVisitForm(VisitForm):
    """The next visit of somebody who is here."""

    def __init__(self, *args: Any, practitioner: Practitioner, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, zone=practitioner.zone, now=now, **kwargs)
        self.offer(practitioner)


class PhoneBookingForm(VisitForm, ContactForm):
    """Somebody who called: what they have told of themselves, and when they come."""

    field_order = ("service", "place", "on", "start", "name", "phone", "email")
    outside_hours = ""

    def __init__(self, *args: Any, practitioner: Practitioner, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, practitioner=practitioner, zone=practitioner.zone, now=now, **kwargs)
        self.fields["email"].required = False
        self.fields["phone"].required = False
        self._practitioner = practitioner
        self.offer(practitioner)

    def clean(self) -> dict[str, Any]:
        """Somebody who can be reached, at an hour that is meant."""
        told = super().clean()
        if not self.errors and not told["phone"] and not told["email"]:
            self.add_error("phone", _("Give a phone or an e-mail, so that they can be reached."))
        service, at = told.get("service"), told.get("at")
        if service and at and is_outside_hours(self._practitioner, at, service.minutes):
            self._ask_whether_it_is_meant(at)
        return told

    def _ask_whether_it_is_meant(self, at: datetime) -> None:
        """``outside_hours`` goes along with the next press, and counts for this time only."""
        self.outside_hours = f"{at:%Y-%m-%dT%H:%M}"
        if self.data.get("outside_hours") != self.outside_hours:
            self.add_error("start", _("This is outside your hours. Book once more if you mean it."))


def _in_words(service: Service) -> str:
    minutes = _("%s minutes") % service.minutes
    return f"{service.get_offer_display()}, {service.get_mode_display().lower()}, {minutes}"


class PaymentForm(forms.Form):
    """What was paid, when and how; ``token`` makes a second press the same payment."""

    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=8, decimal_places=2)
    how = forms.ChoiceField(label=_("How"), choices=How.choices)
    paid_on = forms.DateField(label=_("On"), widget=DAY)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currency}

    def clean_amount(self) -> Decimal:
        """Something."""
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Write what was paid; nothing needs no receipt."))
        return amount

    def clean_paid_on(self) -> date:
        """A day that has come, and not long ago."""
        on: date = self.cleaned_data["paid_on"]
        if not self._today - A_YEAR <= on <= self._today:
            raise forms.ValidationError(_("A day within the last year, not one to come."))
        return on


class GiveBackForm(forms.Form):
    """How a payment is given back; ``token`` makes a second press the same refund."""

    how = forms.ChoiceField(label=_("How you give it back"), choices=How.choices)
    token = forms.UUIDField(widget=forms.HiddenInput)


class ClearanceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """A note that clears a rule: which, by whom, when, until when."""

    rule = forms.ChoiceField(label=_("What it clears"))
    given_by = OneLine(label=_("Who gave it, by name"), max_length=120)
    given_on = forms.DateField(label=_("Its date"), widget=DAY)
    until = forms.DateField(label=_("Its last day, if it names one"), widget=DAY, required=False)
    pressure_max = forms.TypedChoiceField(
        label=_("The most pressure that it allows, if it names that"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "…"), *((n, n) for n in range(1, 6))],
    )

    class Meta:
        model = Clearance
        fields = ("rule", "given_by", "given_on", "until", "pressure_max")

    def __init__(
        self, *args: Any, person: Person, rules: tuple[str, ...], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kb = load()
        self._today = today
        self.instance.person = person
        names = [(r, rule_words(kb.rules[r], kb.rules_es, language()).name) for r in rules]
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = names

    def clean_given_on(self) -> date:
        """A note that is there already."""
        given_on: date = self.cleaned_data["given_on"]
        if given_on > self._today:
            raise forms.ValidationError(_("A note can't be of a day to come."))
        return given_on

    def clean(self) -> dict[str, Any]:
        """By whom, as the rule names them."""
        told = super().clean() or self.cleaned_data
        if told.get("until") and told.get("given_on") and told["until"] < told["given_on"]:
            self.add_error("until", _("It ends before it was given. Look at both days."))
        if told.get("rule"):
            self.instance.by_whom = load().rules[told["rule"]].clears_with.who
        return told
