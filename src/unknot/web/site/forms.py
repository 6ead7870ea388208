"""Showing a form."""

from __future__ import annotations

from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_form(request: HttpRequest, form: BaseForm, template: str, **more: object) -> HttpResponse:
    """A form with what was typed and what is wrong with it; posted, it is shown again because of that."""
    _focus_on_first_wrong(form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, {"form": form, **more}, status=status)


def _focus_on_first_wrong(form: BaseForm) -> None:
    """The page opens there, with the keyboard of a phone and without scripts too."""
    wrong = next((name for name in form.fields if name in form.errors), None)
    if wrong:
        form.fields[wrong].widget.attrs["autofocus"] = True
