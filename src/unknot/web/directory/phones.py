"""Phone numbers, as people write them where they are."""

from __future__ import annotations

import phonenumbers
from django.forms import CharField, ValidationError
from django.utils.translation import gettext_lazy as _

from unknot.web.directory.models import Practitioner


class PhoneField(CharField):
    """A phone number, cleaned to ``+12125550123``; numbers without a country are those of ``region``."""

    region = "US"

    def clean(self, value: object) -> str:
        """The number in its international form."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, self.region)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(
                _("Give a phone number, with its country if it is another: +44 20 7946 0123.")
            )
        if number.extension:
            raise ValidationError(
                _("An extension can't be kept with the number. Give one that is reached without.")
            )
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def readable(phone: str) -> str:
    """
    An international number in the groups that people read.

    >>> readable("+12125550123")
    '+1 212-555-0123'
    """
    number = phonenumbers.parse(phone)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def region_of(practitioner: Practitioner) -> str:
    """The country whose numbers need no country code with this practitioner."""
    return practitioner.jurisdiction[:2]
