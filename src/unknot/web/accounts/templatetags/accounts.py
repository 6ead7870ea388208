"""allauth's forms on our pages."""

from __future__ import annotations

from django import forms, template
from django.utils.translation import gettext_lazy as _

register = template.Library()
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "name": _("What you call it"),
    "passwordless": _("Sign in with it alone, without a code"),
}
HINTS = {
    "passwordless": _(
        "This is what a passkey is for: it asks for your finger, face or PIN. Leave it out for a plain"
        " security key."
    ),
}


@register.filter
def in_our_words(form: forms.Form) -> forms.Form:
    """
    The labels of the house; no placeholder that says the label again and goes once one types.

    A new passkey signs in by itself, unless one doesn't want that.
    """
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)
        field.help_text = HINTS.get(name, field.help_text)
        field.widget.attrs.pop("placeholder", None)
    if "passwordless" in form.fields:
        form.fields["passwordless"].initial = True
    return form
