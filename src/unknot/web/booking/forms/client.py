"""What a client posts on the way to an appointment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.web.accounts.models import User
from unknot.web.booking.actions import Agreement, Client, Wish
from unknot.web.directory import jurisdictions
from unknot.web.directory.forms import OneLine, known_zones
from unknot.web.directory.models import Mode, Place, Practitioner, Service
from unknot.web.directory.phones import PhoneField, region_of
from unknot.web.directory.queries import local_date, permitted_in
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Person
from unknot.web.site.languages import language

TYPED = ("for_whom", "name", "guardian", "email", "phone", "treating", "keeping")
"""The fields of the booking's form, which are kept while a code is fetched."""
AGREE = _("Tick this if you agree; without it this can't be booked.")


class WishForm(forms.Form):
    """A time of a service, with where the client is. ``clean`` gives ``place`` and ``starts_at``."""

    service = forms.UUIDField(widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, max_value=4_000_000_000)
    zone = forms.CharField(max_length=64, required=False)
    client_in = forms.CharField(max_length=10, required=False)
    place = forms.UUIDField(required=False)
    press = forms.UUIDField(required=False)

    def clean_service(self) -> Service:
        """One of somebody's who is live."""
        shown = Service.objects.select_related("practitioner__practice", "practitioner__user")
        found = shown.filter(
            public_id=self.cleaned_data["service"], practitioner__went_live_at__isnull=False
        ).first()
        if found is None:
            raise forms.ValidationError(_("This session is no longer offered."))
        return found

    def clean_zone(self) -> str:
        """A zone that there is; else none."""
        zone: str = self.cleaned_data["zone"]
        return zone if zone in known_zones() else ""

    def clean(self) -> dict[str, Any]:
        """Where it takes place, and whether what permits the practitioner counts where the client is."""
        told = self.cleaned_data
        service: Service | None = told.get("service")
        if service is None or "start" not in told:
            return told
        told["starts_at"] = datetime.fromtimestamp(told["start"], UTC)
        told["place"] = self._place(service, told.get("place"))
        if service.needs_client_in:
            self._check_where_the_client_is(service, told.get("client_in", ""), told["starts_at"])
        return told

    def wish(self) -> Wish:
        """What the fields say."""
        told = self.cleaned_data
        return Wish(
            service=told["service"],
            starts_at=told["starts_at"],
            place=told["place"],
            client_zone=told["zone"] or told["service"].practitioner.zone,
            client_in=told["client_in"],
            press=told["press"],
        )

    def _place(self, service: Service, public_id: object) -> Place | None:
        if service.mode != Mode.IN_PERSON:
            return None
        places = service.practitioner.places.all()
        return next((place for place in places if place.public_id == public_id), None) or places.first()

    def _check_where_the_client_is(self, service: Service, client_in: str, at: datetime) -> None:
        if client_in not in jurisdictions.names():
            self.add_error("client_in", _("Say where you are: it decides what may be offered by video."))
        elif not permitted_in(service.practitioner, client_in, local_date(service.practitioner, at)):
            self.add_error(
                "client_in",
                _("What permits this practitioner to practise doesn't count where you are. The free"
                  " discovery call is open to you."),
            )  # fmt: skip


class MoveToForm(forms.Form):
    """Another time for an appointment."""

    start = forms.IntegerField(min_value=0, max_value=4_000_000_000)

    def at(self) -> datetime:
        """The instant."""
        return datetime.fromtimestamp(self.cleaned_data["start"], UTC)


class ContactForm(forms.Form):
    """A client's name and how to reach them."""

    name = OneLine(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = PhoneField(
        label=_("Phone"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    )

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        assert isinstance(phone, PhoneField)  # noqa: S101 - for the types
        phone.region = region_of(practitioner)


class BookingForm(ContactForm):
    """
    Who books, for whom, and what they agree to.

    Without ``persons`` it is somebody new to this practice. ``told`` asks for consent to keep what was told;
    ``minor`` asks for a guardian.
    """

    for_whom = forms.ChoiceField(label=_("Who is it for?"), required=False)
    guardian = OneLine(label=_("Your name, as parent or guardian"), max_length=120)
    treating = forms.BooleanField(error_messages={"required": AGREE})
    keeping = forms.BooleanField(error_messages={"required": AGREE})

    def __init__(
        self, *args: Any, persons: dict[str, Person], told: bool, minor: bool, asks_email: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persons, self.is_for_a_minor = persons, minor
        self.fields["for_whom"] = forms.ChoiceField(
            label=_("Who is it for?"),
            choices=[*((key, person.name) for key, person in persons.items()), ("", _("Somebody else"))],
            required=False,
        )
        if not persons:
            del self.fields["for_whom"]
        if not asks_email:
            del self.fields["email"]
        if not minor:
            del self.fields["guardian"], self.fields["treating"]
        else:
            self.fields["name"].label = _("Name of the young person")
            self.fields["treating"].label = treating_words()
        if told:
            self.fields["keeping"].label = keeping_words()
        else:
            del self.fields["keeping"]
        self.order_fields(["for_whom", "name", "guardian", "email", "phone", "treating", "keeping"])

    def clean(self) -> dict[str, Any]:
        """A known person keeps their name: who means another says so."""
        told = super().clean() or self.cleaned_data
        known = self.persons.get(told.get("for_whom", ""))
        if known and told.get("name") and told["name"].casefold() != known.name.casefold():
            self.add_error(
                "name", _("This is not the name of %s. For somebody else, choose so above.") % known
            )
        return told

    def client(self, user: User) -> Client:
        """Who books, by an account whose address is theirs."""
        said = self.cleaned_data
        return Client(
            contact=Contact(name=said["name"], email=user.email, phone=said["phone"], language=language()),
            person=self.persons.get(said.get("for_whom", "")),
            keeping=keeping_words() if said.get("keeping") else "",
            guardian=said.get("guardian", ""),
            treating=treating_words() if said.get("treating") else "",
        )


class AgreeForm(forms.Form):
    """What is agreed to before answers go to an appointment; ``minor`` asks for a guardian."""

    guardian = OneLine(label=_("Your name, as parent or guardian"), max_length=120)
    treating = forms.BooleanField()
    keeping = forms.BooleanField(
        error_messages={"required": _("Tick this sentence if you agree; without it nothing is kept.")}
    )

    def __init__(self, *args: Any, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["treating"].label = treating_words()
        self.fields["keeping"].label = keeping_words()
        if not minor:
            del self.fields["guardian"], self.fields["treating"]

    def agreement(self) -> Agreement:
        """In the words that were shown."""
        said = self.cleaned_data
        return Agreement(
            keeping=keeping_words(),
            guardian=said.get("guardian", ""),
            treating=treating_words() if said.get("treating") else "",
        )


def keeping_words() -> str:
    """The sentence of consent to keeping."""
    return gettext(
        "I agree that this practice keeps my drawing and my answers about health, to treat me safely."
    )


def treating_words() -> str:
    """The sentence of a guardian's consent."""
    return gettext(
        "I am the parent or guardian, I consent to the treatment, the young person agrees too, and an adult"
        " may be present."
    )
