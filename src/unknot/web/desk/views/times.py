"""
The free times beside a form that books, to choose from.

They are buttons of the form itself: what was typed comes along, and stands in no address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from unknot.web.booking.queries import free_starts
from unknot.web.booking.words import by_day
from unknot.web.desk.views.dates import day_of
from unknot.web.directory.models import Offer, Practitioner, Service
from unknot.web.directory.queries import local_date
from unknot.web.site.forms import show_form

DAYS = 7  # so many are shown to choose from
SHOW = "show"  # the name of the buttons; their value is written as a query: ``service=3&on=2026-06-08``
ASKED = ("service", "on", "start")


@dataclass(frozen=True)
class Times:
    """What a form begins with, and the free times beside it."""

    begun: dict[str, object]
    service: Service
    first: date
    today: date
    free: list[tuple[date, list[tuple[str, str]]]]

    @property
    def earlier(self) -> date | None:
        """Where the days before begin, if there are any to come."""
        return max(self.first - timedelta(days=DAYS), self.today) if self.first > self.today else None

    @property
    def later(self) -> date:
        """Where the days after begin."""
        return self.first + timedelta(days=DAYS)


def times_for(
    request: HttpRequest, practitioner: Practitioner, now: datetime, proposed: Mapping[str, object]
) -> Times:
    """What was asked for, else what is proposed."""
    asked = _asked(request)
    service = _service(asked.get("service"), practitioner, proposed.get("service"))
    today = local_date(practitioner, now)
    day = proposed.get("on")
    on = max(day_of(asked.get("on", ""), day if isinstance(day, date) else today), today)
    first = max(day_of(asked.get("from", ""), on), today)
    last = first + timedelta(days=DAYS - 1)
    return Times(
        begun={**proposed, **asked, "service": service, "on": on},
        service=service,
        first=first,
        today=today,
        free=by_day(free_starts(service, now=now, first=first, last=last)),
    )


def pressed(request: HttpRequest) -> QueryDict | None:
    """What was sent to be booked; one of the times is only shown."""
    return None if SHOW in request.POST else request.POST or None


def show_with_times(
    request: HttpRequest, form: BaseForm, template: str, times: Times, **more: object
) -> HttpResponse:
    """The form, beside its times."""
    shown = {"times": times, **more}
    if SHOW in request.POST:
        return render(request, template, {"form": form, **shown})
    return show_form(request, form, template, **shown)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What was typed, and what a button says; or what the address does."""
    if request.method != "POST":
        return {name: request.GET[name] for name in ASKED if name in request.GET}
    shown = QueryDict(request.POST.get(SHOW, ""))
    return {name: str(value) for typed in (request.POST, shown) for name, value in typed.items()}


def _service(asked: str | None, practitioner: Practitioner, proposed: object) -> Service:
    """The one asked for; else the first that isn't the free call, which everybody has."""
    services = list(practitioner.services.order_by("mode", "minutes"))
    chosen = [s for s in services if str(s.pk) == asked] or [s for s in services if s == proposed]
    return next(iter([*chosen, *(s for s in services if s.offer != Offer.DISCOVERY), *services]))
