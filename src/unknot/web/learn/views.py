"""
The library: read one fact, show it.

Every page is the same for all readers, so it may be kept by anybody's cache; its ETag is that of its content.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unknot.errors import UnknownId
from unknot.knowledge import load
from unknot.web.learn.links import Link
from unknot.web.learn.queries import conditions as conditions_
from unknot.web.learn.queries import evidence as evidence_
from unknot.web.learn.queries import home as home_
from unknot.web.learn.queries import money, treatments
from unknot.web.learn.queries import muscles as muscles_
from unknot.web.learn.queries import people as people_
from unknot.web.learn.queries import questions as questions_
from unknot.web.learn.queries import regions as regions_
from unknot.web.learn.queries import safety as safety_
from unknot.web.learn.queries import search as search_
from unknot.web.site.limits import at_most
from unknot.web.site.shared import same_for_everybody

Slug = ParamSpec("Slug")
View = Callable[Concatenate[HttpRequest, Slug], HttpResponse]


def library_page(view: View[Slug]) -> View[Slug]:
    """Decorate a view of the library: reading only, kept by caches, 404 where there is no such fact."""

    @same_for_everybody
    @wraps(view)
    def shown(request: HttpRequest, /, *args: Slug.args, **kwargs: Slug.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnknownId as error:
            raise Http404 from error

    return shown


def _show(
    request: HttpRequest, template: str, shown: Any, *parents: tuple[Promise | str, str]
) -> HttpResponse:
    crumbs = [Link(str(title), route) for title, route in ((_("Library"), "learn:home"), *parents)]
    return render(request, f"learn/{template}.html", {"page": shown, "breadcrumbs": crumbs})


@library_page
def home(request: HttpRequest) -> HttpResponse:
    """The way into the library."""
    return render(request, "learn/home.html", {"page": home_.library_home(load())})


@require_safe
@never_cache
@at_most(60, per=timedelta(minutes=1))
def search(request: HttpRequest) -> HttpResponse:
    """Pages by name; without a query the field alone."""
    return _show(request, "search", search_.search(load(), request.GET.get("q", "")))


@library_page
def muscles(request: HttpRequest) -> HttpResponse:
    """All muscles, by part of the body."""
    return _show(request, "muscles", muscles_.muscle_groups(load()))


@library_page
def regions(request: HttpRequest) -> HttpResponse:
    """All regions, on the body and as a list."""
    return _show(request, "regions", regions_.regions_index(load()))


@library_page
def techniques(request: HttpRequest) -> HttpResponse:
    """All techniques, and what goes well with them."""
    return _show(request, "techniques", treatments.techniques_index(load()))


@library_page
def conditions(request: HttpRequest) -> HttpResponse:
    """All conditions, by part of the body."""
    return _show(request, "conditions", conditions_.condition_groups(load()))


@library_page
def questions(request: HttpRequest) -> HttpResponse:
    """All questions, by subject."""
    return _show(request, "questions", questions_.question_groups(load()))


@library_page
def people(request: HttpRequest) -> HttpResponse:
    """Kinds of practitioner, and bodies that certify."""
    return _show(request, "people", people_.people_index(load()))


@library_page
def licences(request: HttpRequest) -> HttpResponse:
    """Where which licence is asked for."""
    return _show(request, "licences", people_.licences_page(load()))


@library_page
def benefits(request: HttpRequest) -> HttpResponse:
    """What is claimed and what is known."""
    return _show(request, "benefits", questions_.benefits_page(load()))


@library_page
def history(request: HttpRequest) -> HttpResponse:
    """Where the method comes from."""
    return _show(request, "history", questions_.history_page(load()))


@library_page
def considerations(request: HttpRequest) -> HttpResponse:
    """What to tell, expect and agree to."""
    return _show(request, "considerations", questions_.considerations_page(load()))


@library_page
def prices(request: HttpRequest) -> HttpResponse:
    """What it costs, and who may pay."""
    return _show(request, "prices", money.prices_page(load()))


@library_page
def safety(request: HttpRequest) -> HttpResponse:
    """When massage has to wait."""
    return _show(request, "safety", safety_.safety_index(load()))


@library_page
def measures(request: HttpRequest) -> HttpResponse:
    """How one sees that it gets better."""
    return _show(request, "measures", evidence_.measures_page(load()))


@library_page
def evidence(request: HttpRequest) -> HttpResponse:
    """How far to trust it."""
    return _show(request, "evidence", evidence_.evidence_page(load()))


@library_page
def muscle(request: HttpRequest, slug: str) -> HttpResponse:
    """One muscle."""
    return _show(request, "muscle", muscles_.muscle_page(load(), slug), (_("Muscles"), "learn:muscles"))


@library_page
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region."""
    return _show(
        request, "region", regions_.region_page(load(), slug), (_("Where it hurts"), "learn:regions")
    )


@library_page
def technique(request: HttpRequest, slug: str) -> HttpResponse:
    """One technique."""
    return _show(
        request, "technique", treatments.technique_page(load(), slug), (_("Techniques"), "learn:techniques")
    )


@library_page
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One complementary practice."""
    return _show(
        request, "practice", treatments.practice_page(load(), slug), (_("Techniques"), "learn:techniques")
    )


@library_page
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition."""
    return _show(
        request, "condition", conditions_.condition_page(load(), slug), (_("Conditions"), "learn:conditions")
    )


@library_page
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question."""
    return _show(
        request, "question", questions_.question_page(load(), slug), (_("Questions"), "learn:questions")
    )


@library_page
def practitioner(request: HttpRequest, slug: str) -> HttpResponse:
    """One kind of practitioner."""
    return _show(
        request, "practitioner", people_.practitioner_page(load(), slug), (_("Who gives it"), "learn:people")
    )


@library_page
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One certifying or professional body."""
    return _show(request, "body", people_.body_page(load(), slug), (_("Who gives it"), "learn:people"))


@library_page
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of one category."""
    return _show(
        request, "rules", safety_.rules_page(load(), slug), (_("When massage has to wait"), "learn:safety")
    )
