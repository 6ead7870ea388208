"""Home care, and what follows a session: the way on, what was paid, the next visit."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unknot.outcomes import Answer
from unknot.web.care import actions, queries
from unknot.web.care.entering import by_post, for_its_practitioner
from unknot.web.care.forms.closing import DecisionForm, HomeCareForm
from unknot.web.care.home_care import as_read, chosen_for, given_after
from unknot.web.care.models import Reevaluation, Session, Way
from unknot.web.care.progress import progress
from unknot.web.care.today import today
from unknot.web.directory.models import Practitioner
from unknot.web.site.forms import show_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def home_care(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """What the client does at home; before the note, which names it, or changed after."""
    day = today(found)
    offered = list(day.plan.home_care) if day and not found.stopped else []
    form = HomeCareForm(
        request.POST if request.method == "POST" else None,
        offered=offered,
        chosen=chosen_for(found, offered),
    )
    if form.is_valid():
        actions.give_home_care(found, form.exercises(), by=practitioner.user, now=timezone.now())
        return redirect("care:note", public_id=found.public_id)
    return show_form(
        request, form, "care/home_care.html",
        session=found, practitioner=practitioner, step="home-care", offered=offered,
    )  # fmt: skip


@never_cache
@require_safe
@for_its_practitioner
def close(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """What is left to do: the way on, what was paid, the next visit."""
    shown = {
        "session": found,
        "practitioner": practitioner,
        "step": "close",
        "note": queries.note_of(found),
        "given": [as_read(care) for care in given_after(found)],
        "is_due": queries.looks_back(found),
    }
    return render(request, "care/close.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def look_back(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """What the rules say after the ratings, and what the practitioner decides."""
    shown = progress(found.course)
    kept = Reevaluation.objects.filter(session=found).first()
    proposed = shown.report.re_evaluation.answer if shown else Answer.NOT_ENOUGH_DATA
    form = DecisionForm(
        request.POST or None,
        ways=[(way.value, str(way.label)) for way in Way],
        initial={
            "decided": kept.decided if kept else proposed,
            "words": kept.words if kept else "",
        },
    )
    if form.is_valid():
        decision = Reevaluation(
            session=found,
            proposed=proposed,
            reasons=msgspec.to_builtins(shown.report.re_evaluation.reasons) if shown else [],
            decided=form.cleaned_data["decided"],
            words=form.cleaned_data["words"],
        )
        actions.decide(decision, by=practitioner.user, now=timezone.now())
        return redirect("care:close", public_id=found.public_id)
    return show_form(
        request, form, "care/look_back.html",
        session=found, practitioner=practitioner, step="close", progress=shown, for_practitioner=True,
    )  # fmt: skip


@never_cache
@by_post(back="care:close")
@for_its_practitioner
def end_course(_request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """The course is over: the next visit begins another, with a baseline of its own."""
    actions.end_course(found.course, by=practitioner.user, now=timezone.now())
    return redirect("care:close", public_id=found.public_id)
