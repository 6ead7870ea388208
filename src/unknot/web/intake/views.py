"""
The visitor's way, page by page.

Nothing that a visitor gives is stored or logged: it comes in the body of a POST, is computed with, and leaves
with the page. Hence no token against forged requests either (there is nothing that one could change), and so
no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page

from unknot.errors import InputError
from unknot.knowledge import load
from unknot.screening import Screening
from unknot.screening.questionnaire import questionnaire
from unknot.web.intake import drawing_page
from unknot.web.intake import safety as questions
from unknot.web.intake.answer import answer_of, screening_of
from unknot.web.intake.danger import danger
from unknot.web.intake.letter import letters_of
from unknot.web.intake.look_again import LookAgain
from unknot.web.intake.sessions import is_on_the_way
from unknot.web.intake.steps import Name as StepName
from unknot.web.intake.steps import steps
from unknot.web.intake.told import Told, read_told
from unknot.web.intake.walk import Unreadable, Walk, drawing_errors, read_walk, words_error
from unknot.web.site.languages import language
from unknot.web.site.shared import same_for_everybody

Page = Callable[[HttpRequest, Walk], HttpResponse]
Shown = Callable[[HttpRequest, Walk, Told], HttpResponse]


@same_for_everybody
def start(request: HttpRequest) -> HttpResponse:
    """The first page: where it hurts."""
    return _drawing(request, Walk())


def of_the_walk(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """
    A page of the visitor's way: takes what they carry from a POST; a GET has their browser post it again.

    Its answer is kept by nobody on the way, and what was posted stays out of error reports.
    """

    @gzip_page
    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(page)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            response = page(request, read_walk(request.POST)) if request.method == "POST" else _again(request)
        except Unreadable as error:
            response = _drawing(request, error.walk, problem=str(error), status=HTTPStatus.BAD_REQUEST)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return view


def _again(request: HttpRequest) -> HttpResponse:
    """For the browser's back button: what was posted is kept in its tab, and nowhere else."""
    return render(request, "intake/again.html")


@of_the_walk
def drawing(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The drawing again, as it was left."""
    return _drawing(request, walk)


@of_the_walk
def motions(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What makes it worse; who marked no pain goes straight on to the safety questions."""
    if errors := drawing_errors(walk, load()):
        return _drawing(request, walk, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not walk.pains:
        return _safety(request, walk)
    return _motions(request, walk)


@of_the_walk
def safety(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The safety questions."""
    if errors := drawing_errors(walk, load()):
        return _drawing(request, walk, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if words_error(walk):
        return _motions(request, walk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _safety(request, walk)


@of_the_walk
def answer(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Whether it is safe, what would be checked first, what a course would look like."""
    return _with_answer(request, walk, _answer)


@of_the_walk
def letter(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The letter that asks for clearance, to print."""
    return _with_answer(request, walk, _letter)


def _with_answer(request: HttpRequest, walk: Walk, show: Shown) -> HttpResponse:
    kb = load()
    if errors := drawing_errors(walk, kb):
        return _drawing(request, walk, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if words_error(walk):
        return _motions(request, walk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        told = read_told(walk, kb, asked_again="asked" in request.POST)
    except InputError as error:
        return _safety(request, walk, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return show(request, walk, told)


def _answer(request: HttpRequest, walk: Walk, told: Told) -> HttpResponse:
    kb = load()
    screening = screening_of(told, kb)
    if screening.decision == "emergency":
        return emergency(request, walk, screening)
    context = {
        "walk": walk,
        "answer": answer_of(told, screening, kb),
        "time_is_kept": is_on_the_way(request),
    }
    return _page(request, "answer", "answer", context)


def emergency(
    request: HttpRequest,
    walk: Walk,
    screening: Screening,
    *,
    confirm_at: str = "",
    books_nothing: bool = False,
) -> HttpResponse:
    """
    What to do now, and nothing else; on the way to a booking also that nothing is booked.

    With ``confirm_at`` something is kept there until it is confirmed.
    """
    confirmed = request.POST.get("confirmed") == "yes"
    shown = {"confirmed": confirmed, "confirm_at": confirm_at, "danger": danger(screening, load())}
    context = {"walk": walk, "books_nothing": books_nothing, **shown}
    return _page(request, "emergency", "answer", context)


def _letter(request: HttpRequest, walk: Walk, told: Told) -> HttpResponse:
    kb = load()
    screening = screening_of(told, kb)
    letters = letters_of(told, screening, kb)
    if not letters or screening.decision == "emergency":
        return _answer(request, walk, told)
    return _page(request, "letter", "answer", {"walk": walk, "letters": letters})


def _drawing(
    request: HttpRequest,
    walk: Walk,
    *,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    errors = errors or {}
    groups = drawing_page.region_groups(walk, errors, load())
    context = {
        "walk": walk,
        "prefilled": bool(walk.pains or walk.aims),
        "problem": problem or errors.get("drawing") or next(iter(errors.values()), ""),
        "wrong": drawing_page.wrong_on(groups),
        "groups": groups,
        "aims": drawing_page.aim_choices(walk, load()),
        "figures": drawing_page.chart(walk, load()),
    }
    return _page(request, "drawing", "drawing", context, status)


def _motions(request: HttpRequest, walk: Walk, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    suggested, others = drawing_page.motion_choices(walk, load())
    context = {
        "walk": walk,
        "prefilled": bool(walk.worse or walk.words),
        "problem": words_error(walk),
        "wrong": [{"anchor": "words", "name": _("In your own words")}],
        "suggested": suggested,
        "others": others,
        "other_chosen": any(choice.chosen for choice in others),
    }
    return _page(request, "motions", "motions", context, status)


def _safety(
    request: HttpRequest, walk: Walk, *, error: InputError | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    kb = load()
    form = questionnaire(kb, lang=language())
    again = error if isinstance(error, LookAgain) else LookAgain("", {})
    basics = questions.basics(form, walk, again.at, kb)
    sections = questions.sections(form, walk, again.at, kb)
    context = {
        "walk": walk,
        "prefilled": bool(walk.selection),
        "problem": error or "",
        "wrong": questions.wrong_on(basics, sections),
        "asked": again.may_go_on or "asked" in request.POST,
        "basics": basics,
        "sections": sections,
        "unknown_label": form.unknown_label,
        "follow_ups_lead": form.follow_ups_lead,
        "places": [drawing_page.place_name(place, kb) for place in drawing_page.all_places(kb)],
        "back": reverse("intake:motions" if walk.pains else "intake:drawing"),
    }
    return _page(request, "safety", "safety", context, status)


def _page(
    request: HttpRequest,
    name: str,
    step: StepName,
    context: Mapping[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """A page of the way; a change of language posts the form on, so that it loses nothing."""
    form = "walk" if request.method == "POST" else ""
    shown = {**context, "steps": steps(step), "language_form": form}
    return render(request, f"intake/{name}.html", shown, status=status)
