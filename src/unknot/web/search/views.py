from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unknot.knowledge import load
from unknot.web.booking.models import Diary
from unknot.web.booking.words import by_day, terms
from unknot.web.directory import jurisdictions
from unknot.web.directory.forms import places_of_law, zones
from unknot.web.directory.models import Offer
from unknot.web.directory.queries import local_date
from unknot.web.search import maps, positions, queries, towns
from unknot.web.search.forms import RADII_KM, ChoiceForm, SearchForm
from unknot.web.search.queries import Card, Wanted
from unknot.web.site.languages import Language, language

DEFAULT_RADIUS_KM = 25


@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Practitioners near a place, or by video."""
    form = SearchForm({"within": str(DEFAULT_RADIUS_KM), **request.GET.dict()} if request.GET else None)
    shown: dict[str, object] = {"form": form}
    if form.is_valid():
        shown |= _found(form, timezone.now())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "search/results.html", shown, status=status)


@never_cache
@require_safe
def practitioner(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A profile with what it takes to choose: who, what is verified, prices, terms, free times."""
    now = timezone.now()
    found = queries.profile(public_id, now)
    if found is None:
        raise Http404
    services = list(found.services.all())
    form = ChoiceForm(request.GET, services=services, zone=found.zone)
    form.is_valid()  # what can't be read is as if it weren't said
    choice = form.choice(local_date(found, now))
    open_here = queries.open_to(choice, now)
    times = queries.free_times(choice, now) if open_here else ()
    diary = getattr(found, "diary", None) or Diary()
    return render(
        request,
        "search/practitioner.html",
        {
            "practitioner": found,
            "credentials": queries.verified(found.credentials.all(), local_date(found, now)),
            "services": services,
            "choice": choice,
            "form": form,
            "asks_where": choice.service.needs_client_in,
            "open_here": open_here,
            "call": next((s for s in services if s.offer == Offer.DISCOVERY), None),
            "places": found.places.all(),
            "terms": terms(diary),
            "licensed": jurisdictions.asks_for_licence(found.kind, found.jurisdiction),
            "free": by_day(times),
            "clocks": _chosen(_clocks(), choice.zone),
            "jurisdictions": _chosen(_places(language()), choice.client_in),
            "earlier": choice.earlier(local_date(found, now)),
            "later": choice.later(local_date(found, now), diary.horizon_days),
        },
    )


@cache
def _clocks() -> SafeString:
    """The options of the clock; four hundred of them, so made once and not by the template."""
    return _options(zone for zone in zones() if zone[0])


@cache
def _places(_lang: Language) -> SafeString:
    """The options of where the client will be."""
    return _options(places_of_law())


def _options(named: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', named)


def _chosen(options: SafeString, value: str) -> SafeString:
    """The same options with one of them chosen."""
    mark = format_html('value="{}"', value)
    return mark_safe(options.replace(mark, f"{mark} selected"))  # noqa: S308 - both are escaped


def _found(form: SearchForm, now: datetime) -> dict[str, object]:
    """The cards, the towns that may be meant, and where nothing is found what would find something."""
    told = form.cleaned_data
    typed = told["place"].strip()
    meant = positions.find(typed)
    position = meant.positions[0] if meant.positions else None
    wanted = Wanted(
        position,
        told["within"] or DEFAULT_RADIUS_KM,
        told["video"],
        told["kind"],
        told["most"],
        told["this_week"],
        told["client_in"],
        told["currency"],
    )
    if position is None and not wanted.video:
        form.add_error("place", _unknown(typed))
        return {"wanted": wanted}
    if meant.unclear and not wanted.video:
        return {"wanted": wanted, "which": meant.positions, "typed": typed}
    cards = queries.cards(wanted, now)
    return {
        "wanted": wanted,
        "exact": meant.exact,
        "others": meant.positions[1:],
        "cards": cards,
        "mixed": len({card.from_price.currency for card in cards}) > 1,
        "map": _map(wanted, cards),
        "groups": _groups(),
        "looser": [] if cards else _looser(wanted, now),
    }


def _unknown(typed: str) -> str:
    if not typed:
        return _("Say where you are, or tick “By video”.")
    if any(letter.isdigit() for letter in typed):
        said = _(
            "We don't know “%(typed)s”. Of postcodes we know those of the United States only: give the town"
            " instead, or look by video."
        )
        return said % {"typed": typed}
    said = _(
        "We don't know a place called “%(typed)s”. We know the towns of these countries: %(countries)s. Try"
        " the nearest larger town there, with its state or country, as in Springfield, Illinois. From"
        " anywhere else, look by video."
    )
    return said % {"typed": typed, "countries": ", ".join(_countries())}


def _countries() -> list[str]:
    """Whose towns are known; two of them are known by their states and provinces alone."""
    names = {**jurisdictions.names(), "US": _("United States"), "CA": _("Canada")}
    return sorted(names[code] for code in towns.countries())


def _map(wanted: Wanted, cards: tuple[Card, ...]) -> maps.Map | None:
    if wanted.position is None or wanted.video or not cards:
        return None
    found = [maps.Found(c.number, c.practitioner.name, *c.position) for c in cards if c.position]
    return maps.draw(wanted.position, wanted.radius_km, found)


def _groups() -> dict[str, str]:
    """The part of the body of each region: what was drawn stays in the browser, which asks this table."""
    return {region.id: region.group for region in load().regions.values()}


def _looser(wanted: Wanted, now: datetime) -> list[Wanted]:
    """Which filter to loosen: each search of one less that finds somebody."""
    tries = [
        replace(wanted, this_week=False),
        replace(wanted, most=None),
        *(replace(wanted, radius_km=km) for km in RADII_KM if km > wanted.radius_km),
        replace(wanted, kind=""),
        replace(wanted, most=None, this_week=False, kind=""),
        replace(wanted, kind="", radius_km=RADII_KM[-1]),
        replace(wanted, video=True),
        replace(wanted, video=True, kind="", most=None, this_week=False),
    ]
    others = dict.fromkeys(each for each in tries if each != wanted)
    return [each for each in others if queries.counted(each, now)][:3]
