"""The short check on the day, hands on; and the end of a visit that it doesn't let go on."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unknot.knowledge import load
from unknot.planning import with_symptoms_of
from unknot.screening import Screening, screen
from unknot.screening.questionnaire import (
    NoAnswer,
    Questionnaire,
    answers_today,
    contradictions,
    missing,
)
from unknot.screening.questionnaire import (
    check as check_of,
)
from unknot.web.care import actions, queries
from unknot.web.care.entering import for_its_practitioner
from unknot.web.care.models import Session
from unknot.web.care.today import check_of_the_day, today, told_for, with_check
from unknot.web.directory.models import Practitioner
from unknot.web.intake.danger import danger
from unknot.web.intake.drawing_page import all_places, place_name
from unknot.web.intake.look_again import LookAgain
from unknot.web.intake.safety import sections, wrong_on
from unknot.web.intake.selected import selection_of
from unknot.web.intake.told import Told, still_missing
from unknot.web.intake.walk import ANSWER, Walk
from unknot.web.site.languages import language


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def check(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """Ask what changed; what it says decides whether the visit goes on."""
    told = told_for(found)
    if request.method != "POST" and found.is_over and "again" not in request.GET:
        return redirect("care:note", public_id=found.public_id)
    if told is None:
        return redirect("desk:visit", public_id=found.appointment.public_id)  # the questions come first
    kb = load()
    form = check_of(told.answers, kb, lang=language())
    if request.method != "POST":
        return _page(request, practitioner, found, form, {}, None)
    fields = {k: request.POST.getlist(k) for k in request.POST if k.startswith(ANSWER)}
    try:
        answers = _read(fields, form, told, asked_again=bool(request.POST.get("asked")))
    except LookAgain as error:
        return _page(request, practitioner, found, form, fields, error)
    try:
        actions.keep_check(found, answers, _screened(told, answers), by=practitioner.user, now=timezone.now())
    except actions.Signed:
        return redirect("care:note", public_id=found.public_id)
    return redirect("care:consent" if _goes_on(found) else "care:stop", public_id=found.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def stop(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """The check doesn't let the visit go on: what to do now, a note, another time."""
    if request.method != "POST" and found.is_over:
        return redirect("care:note", public_id=found.public_id)
    day = today(found)
    if day is None or not day.is_checked or day.may_touch:
        return redirect("care:session", public_id=found.public_id)
    words = queries.stopping_words(day)
    if request.method == "POST":
        with contextlib.suppress(actions.Signed):  # the note says how it ended
            actions.stop(found, " ".join(words), by=practitioner.user)
        return redirect("care:note", public_id=found.public_id)
    shown = {
        "session": found, "practitioner": practitioner, "day": day, "step": "check", "words": words,
        "is_emergency": day.screening.decision == "emergency", "danger": danger(day.screening, load()),
    }  # fmt: skip
    return render(request, "care/stop.html", shown)


def _stands(found: Session) -> str:
    """What the check of the day decided: "open", "shut", or nothing where none was made."""
    day = today(found)
    if day is None or not day.is_checked:
        return ""
    return "open" if day.may_touch else "shut"


def _goes_on(found: Session) -> bool:
    day = today(found)
    return day is not None and day.may_touch


def _screened(told: Told, answers: object) -> Screening:
    kb = load()
    return screen(with_symptoms_of(told.drawing, with_check(told, answers, kb)), kb, lang=language())


def _read(
    fields: Mapping[str, list[str]], form: Questionnaire, told: Told, *, asked_again: bool
) -> dict[str, Any]:
    """
    What the check adds to the booking's answers.

    What is missing is asked for once; left open, it never counts as a no. What ends the visit does so
    whatever else is open. Raises LookAgain.
    """
    kb = load()
    selection = selection_of(fields, form, kb)
    if wrong := contradictions(selection, kb, form=form):
        raise LookAgain(_("Two of your answers do not fit together; see below."), wrong)
    try:
        answers = answers_today(selection, form, told.answers, kb)
    except NoAnswer as error:
        raise LookAgain(str(error), {f"{ANSWER}{error.item}-{error.key}": str(error)}) from error
    left = still_missing(missing(selection, kb, form=form))
    if left and not asked_again and _screened(told, answers).decision not in queries.ENDING:
        raise LookAgain(_("A few answers are missing; they are marked below."), left, may_go_on=True)
    return answers


def _page(
    request: HttpRequest,
    practitioner: Practitioner,
    found: Session,
    form: Questionnaire,
    fields: Mapping[str, list[str]],
    again: LookAgain | None,
) -> HttpResponse:
    groups = sections(form, Walk(selection=fields), again.at if again else {}, load())
    shown = {
        "session": found,
        "practitioner": practitioner,
        "step": "check",
        "sections": groups,
        "last": check_of_the_day(found),
        "stands": _stands(found),
        "unknown_label": form.unknown_label,
        "follow_ups_lead": form.follow_ups_lead,
        "places": [place_name(place, load()) for place in all_places(load())],
        "problem": str(again) if again else "",
        "wrong": wrong_on((), groups),
        "is_led_here": "first" in request.GET,
        "asked": again is not None and again.may_go_on,
    }
    return render(
        request, "care/check.html", shown,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if again else HTTPStatus.OK,
    )  # fmt: skip
