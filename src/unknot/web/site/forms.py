"""Showing a form, and what forms of several apps share."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FAR = timedelta(days=731)


class DayField(forms.DateField):
    """A day for which something is planned: calendars end, so one that is far away is refused."""

    default_error_messages = {"far": _("Give a day within two years from today.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """A day that is near enough to count with."""
        day: date | None = super().clean(value)
        if day and abs(day - timezone.now().date()) > FAR:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        return day


def show_form(request: HttpRequest, form: forms.BaseForm, template: str, **more: object) -> HttpResponse:
    """A form with what was typed and what is wrong with it; posted, it is shown again because of that."""
    _focus_on_first_wrong(form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, {"form": form, **more}, status=status)


def ask_again(form: forms.Form, key: str, why: str) -> None:
    """Show it with another ``key`` of its own, so that the next press does what this one didn't."""
    form.data = {**{name: form.data.get(name) for name in form.fields}, key: uuid.uuid4()}
    form.add_error(None, why)


def _focus_on_first_wrong(form: forms.BaseForm) -> None:
    """The page opens there, with the keyboard of a phone and without scripts too."""
    wrong = next((name for name in form.fields if name in form.errors), None)
    if wrong:
        form.fields[wrong].widget.attrs["autofocus"] = True
