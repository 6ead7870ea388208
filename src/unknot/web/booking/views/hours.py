from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unknot.scheduling import TimeRange
from unknot.web.booking import actions, queries
from unknot.web.booking.forms.hours import BlockForm, DateForm, LimitsForm, WeekForm
from unknot.web.booking.models import Diary, Override, TakenTime
from unknot.web.booking.words import by_day, terms
from unknot.web.directory.entering import for_practitioners, refuse_anothers
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.site.forms import show_form

PREVIEW_MINUTES = 60
PREVIEW_DAYS = 14


@never_cache
@require_safe
@for_practitioners
def hours(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """One's hours, dates that differ, blocked time, and what clients could book of it."""
    now = timezone.now()
    today = local_date(practitioner, now)
    diary = queries.diary_of(practitioner)
    starts = queries.slots_of(
        practitioner, PREVIEW_MINUTES, now=now, first=today, last=today + timedelta(days=PREVIEW_DAYS - 1)
    )
    return render(
        request,
        "booking/hours.html",
        {
            "practitioner": practitioner,
            "diary": diary,
            "terms": terms(diary),
            "week": _week(diary),
            "overrides": diary.overrides.filter(on__gte=today) if diary.pk else [],
            "blocked": queries.blocked_times(practitioner, now),
            "free": by_day(datetime.fromtimestamp(start, ZoneInfo(practitioner.zone)) for start in starts),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def week(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """The hours of every week."""
    form = WeekForm(request.POST or None, week=_week(queries.diary_of(practitioner)))
    if form.is_valid():
        actions.set_week(practitioner, form.cleaned_data["week"], by=practitioner.user)
        return redirect("booking:hours")
    return show_form(request, form, "booking/week.html", practitioner=practitioner)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def limits(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Grid, notice, horizon, buffers."""
    form = LimitsForm(request.POST or None, instance=queries.diary_of(practitioner))
    if form.is_valid():
        actions.set_limits(form.save(commit=False), by=practitioner.user)
        return redirect("booking:hours")
    return show_form(request, form, "booking/limits.html", practitioner=practitioner)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def date_add(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """A date with hours of its own, or closed."""
    form = DateForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        actions.set_date(practitioner, told["on"], told["hours"], by=practitioner.user)
        return redirect("booking:hours")
    return show_form(request, form, "booking/date.html", practitioner=practitioner)


@never_cache
@require_POST
@for_practitioners
def date_remove(_request: HttpRequest, practitioner: Practitioner, public_id: UUID) -> HttpResponse:
    """Let a date be like its week again."""
    found = (
        Override.objects.select_related("diary__practitioner__practice").filter(public_id=public_id).first()
    )
    if found is None:
        raise Http404
    refuse_anothers(Override, public_id, found.diary.practitioner, practitioner)
    actions.forget_date(found, by=practitioner.user)
    return redirect("booking:hours")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def block(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Time for something else."""
    form = BlockForm(request.POST or None, zone=practitioner.zone, now=timezone.now())
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.block(practitioner, told["begins"], told["ends"], by=practitioner.user)
        except actions.TimeTaken:
            form.add_error(None, _("Some of this time is taken already. Choose another, or free it first."))
        else:
            return redirect("booking:hours")
    return show_form(request, form, "booking/block.html", practitioner=practitioner)


@never_cache
@require_POST
@for_practitioners
def unblock(_request: HttpRequest, practitioner: Practitioner, public_id: UUID) -> HttpResponse:
    """Give blocked time back."""
    blocked = TakenTime.objects.filter(public_id=public_id, what=TakenTime.What.BLOCKED)
    found = blocked.select_related("practitioner__practice").first()
    if found is None:
        raise Http404
    refuse_anothers(TakenTime, public_id, found.practitioner, practitioner)
    actions.unblock(found, by=practitioner.user)
    return redirect("booking:hours")


def _week(diary: Diary) -> dict[int, list[TimeRange]]:
    found: dict[int, list[TimeRange]] = {weekday: [] for weekday in range(7)}
    for hours in diary.weekly.all() if diary.pk else ():
        found[hours.weekday].append(TimeRange(hours.start, hours.end))
    return found
