"""Finding, pressing, measuring, and ticking afterwards what was done."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unknot.errors import InputError
from unknot.web.care import actions, guide, queries
from unknot.web.care.answering import wants_json
from unknot.web.care.entering import by_post, for_its_practitioner
from unknot.web.care.forms.charting import FindingForm, HoldForm, MotionForm, TickForm, WholeForm
from unknot.web.care.forms.traces import MOST_BODY, TraceForm
from unknot.web.care.forms.typed import typed
from unknot.web.care.models import Session
from unknot.web.care.today import Today, has_agreed, today
from unknot.web.directory.models import Practitioner
from unknot.web.site.forms import show_form
from unknot.web.site.middleware import takes_up_to

View = Callable[[HttpRequest, Practitioner, Session, Today], HttpResponse]


def while_charting(view: View) -> Callable[..., HttpResponse]:
    """
    Hand a view a session that may be charted, with its day.

    Once it is over a reader finds the note, and what comes too late is told so; before check and consent
    those come first.
    """

    @for_its_practitioner
    @wraps(view)
    def asked(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
        if found.is_over:
            return _over(request, found)
        day = today(found)
        if day is None or not day.may_touch or not has_agreed(found):
            return _not_now(request, found)
        try:
            return view(request, practitioner, found, day)
        except actions.Signed:
            return _over(request, found)
        except actions.HandsOff:  # meanwhile, in another window
            found.refresh_from_db()
            return _over(request, found) if found.stopped else _not_now(request, found)
        except actions.OfAnotherSession:
            return _anothers(request, found)

    return asked


@never_cache
@require_safe
@while_charting
def treat(request: HttpRequest, practitioner: Practitioner, found: Session, day: Today) -> HttpResponse:
    """The session guide: the queue, the chart, the ring."""
    shown = {
        "session": found,
        "practitioner": practitioner,
        "day": day,
        "queue": queries.queue_words(day),
        "light_work": queries.light_words(day),
        "figures": queries.charts(day),
        "guide": guide.guide(found, day),
        "not_asked": guide.not_asked(found, day),
        "before": queries.session_before(found),
        "keep_to": queries.keep_to(day),
        "step": "treat",
        "finding": FindingForm(today=day, auto_id="finding-%s"),
        "ratings": range(11),
    }
    return render(request, "care/treat.html", shown)


@never_cache
@by_post(back="care:session")
@while_charting
def hold(request: HttpRequest, practitioner: Practitioner, found: Session, day: Today) -> HttpResponse:
    """Chart one hold."""
    form = HoldForm(request.POST, today=day)
    if not form.is_valid():
        return _wrong(request, found, form)
    actions.chart_hold(found, form.pressed(), by=practitioner.user)
    return _kept(request, found, "care:treat")


@never_cache
@by_post(back="care:session")
@while_charting
def finding(request: HttpRequest, practitioner: Practitioner, found: Session, day: Today) -> HttpResponse:
    """Chart what palpation found."""
    form = FindingForm(request.POST, today=day)
    if not form.is_valid():
        return _wrong(request, found, form)
    actions.chart_finding(found, form.finding(), by=practitioner.user)
    return _kept(request, found, "care:treat")


@never_cache
@by_post(back="care:session")
@while_charting
def forget_hold(
    request: HttpRequest, practitioner: Practitioner, found: Session, _day: Today
) -> HttpResponse:
    """Take a hold back."""
    actions.forget_hold(found, _hold_of(request), by=practitioner.user)
    return _kept(request, found, "care:treat")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@while_charting
def examine(request: HttpRequest, practitioner: Practitioner, found: Session, day: Today) -> HttpResponse:
    """What holds for the session as a whole, and motions in degrees."""
    measuring = "measure" in request.POST or any(request.POST.get(name) for name in MotionForm.GIVEN)
    whole = WholeForm(
        request.POST or None,
        instance=found,
        initial=queries.told_before(found),
        work=queries.other_work(found, day),
    )
    motion = MotionForm(request.POST if measuring else None)
    if whole.is_valid() and (not measuring or motion.is_valid()):
        actions.chart_session(found, whole.cleaned_data, by=practitioner.user)
        if measuring:
            actions.measure(found, motion.save(commit=False), by=practitioner.user)
        if "measure" in request.POST:
            return _kept(request, found, "care:examine")
        return _kept(
            request, found, "care:treat" if request.POST.get("then") == "treat" else "care:home-care"
        )
    if whole.is_bound and wants_json(request):
        return _wrong(request, found, whole, motion)
    return show_form(
        request, whole, "care/examine.html",
        session=found, practitioner=practitioner, day=day, motion=motion, step="treat",
        motions=found.motions.all(), known_motions=queries.motions_to_try(day),
        findings=queries.findings(found), light_work=queries.light_words(day),
    )  # fmt: skip


@never_cache
@by_post(back="care:session")
@while_charting
def forget_motion(
    request: HttpRequest, practitioner: Practitioner, found: Session, _day: Today
) -> HttpResponse:
    """Take a measurement back."""
    key = request.POST.get("motion", "")
    if key.isdecimal():
        actions.forget_motion(found, int(key[:18]), by=practitioner.user)
    return redirect("care:examine", public_id=found.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@while_charting
def tick(request: HttpRequest, practitioner: Practitioner, found: Session, day: Today) -> HttpResponse:
    """Tick afterwards what was done of today's plan; what is charted already is shown and stays as it is."""
    queue = [planned for planned in queries.queue_words(day) if planned.point.hold]
    rows = [_row(request, n, planned, day) for n, planned in enumerate(queue)]
    if request.method == "POST" and all(form.is_valid() for form in rows):
        done = [form.pressed() for form in rows if form.cleaned_data.get("done")]
        actions.chart_holds(found, done, by=practitioner.user)
        return _kept(request, found, "care:examine")
    if request.method == "POST" and wants_json(request):
        return _wrong(request, found, *rows)
    charted = queries.charted_at(found)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {
        "session": found, "practitioner": practitioner, "step": "treat", "day": day,
        "rows": [(one, form, charted.get(one.point.id)) for one, form in zip(queue, rows, strict=True)],
        "elsewhere": queries.charted_elsewhere(found, day),
    }  # fmt: skip
    return render(request, "care/tick.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(MOST_BODY)
@while_charting
def trace(request: HttpRequest, practitioner: Practitioner, found: Session, _day: Today) -> HttpResponse:
    """Attach a sensor's force trace to a hold."""
    holds = list(found.holds.select_related("trace"))
    form = TraceForm(request.POST or None, request.FILES or None, holds=holds)
    if form.is_valid():
        try:
            content, reading = form.read()
        except InputError as error:
            form.add_error("trace", str(error))
        else:
            actions.add_trace(found, form.hold(), content, reading, by=practitioner.user)
            return redirect("care:trace", public_id=found.public_id)
    return show_form(
        request, form, "care/trace.html",
        session=found, practitioner=practitioner, traces=queries.traces(holds), step="treat",
        may_take_off=True,
    )  # fmt: skip


@never_cache
@by_post(back="care:trace")
@while_charting
def forget_trace(
    request: HttpRequest, practitioner: Practitioner, found: Session, _day: Today
) -> HttpResponse:
    """Take a force trace off its hold."""
    actions.forget_trace(found, _hold_of(request), by=practitioner.user)
    return redirect("care:trace", public_id=found.public_id)


def _hold_of(request: HttpRequest) -> uuid.UUID:
    """Which hold was posted. Raises Http404."""
    try:
        return uuid.UUID(request.POST.get("hold", ""))
    except ValueError:
        raise Http404 from None


def _row(request: HttpRequest, n: int, planned: queries.InQueue, day: Today) -> TickForm:
    held = planned.point.hold
    initial = {
        "point": planned.point.id,
        "public_id": uuid.uuid4(),
        "level": max(held.levels) if held else None,
        "seconds": held.seconds if held else None,
        "from_memory": True,
    }
    return TickForm(request.POST or None, prefix=str(n), initial=initial, today=day, name=planned.name)


def _kept(request: HttpRequest, found: Session, then: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"kept": True})
    return redirect(then, public_id=found.public_id)


def _wrong(request: HttpRequest, found: Session, *wrong_forms: forms.BaseForm) -> HttpResponse:
    wrong = {
        form.add_prefix(key): " ".join(map(str, errors))
        for form in wrong_forms
        for key, errors in form.errors.items()
    }
    return _refused(request, found, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)


def _over(request: HttpRequest, found: Session) -> HttpResponse:
    """A reader is sent to the note; who posts is told why nothing is kept, and reads what was typed."""
    if request.method != "POST":
        return redirect("care:note", public_id=found.public_id)
    note = queries.note_of(found)
    why = (
        _("The note of this session is signed. What is missing can be added to it as an addendum.")
        if note and note.signed_at
        else _("This visit was ended at the check.")
    )
    return _refused(request, found, {"": why}, HTTPStatus.CONFLICT)


def _not_now(request: HttpRequest, found: Session) -> HttpResponse:
    """Who typed nothing is led to what comes first, which says why; others are told on the spot."""
    if not wants_json(request) and not any(typed(request.POST)):
        return redirect(f"{reverse('care:session', args=[found.public_id])}?first")
    wrong = {"": _("The check of the day and the client's consent come first.")}
    return _refused(request, found, wrong, HTTPStatus.CONFLICT)


def _anothers(request: HttpRequest, found: Session) -> HttpResponse:
    wrong = {"": _("This hold belongs to another session. Chart it anew in this one.")}
    return _refused(request, found, wrong, HTTPStatus.CONFLICT)


def _refused(
    request: HttpRequest, found: Session, wrong: Mapping[str, str], status: HTTPStatus
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"wrong": wrong}, status=status)
    shown = {
        "session": found,
        "practitioner": found.course.practitioner,
        "wrong": wrong,
        "typed": list(typed(request.POST)),
        "step": "treat",
    }
    return render(request, "care/refused.html", shown, status=status)
