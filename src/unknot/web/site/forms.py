"""Showing a form."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_form(request: HttpRequest, form: object, template: str, **more: object) -> HttpResponse:
    """A form with what was typed and what is wrong with it; posted, it is shown again because of that."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, {"form": form, **more}, status=status)
