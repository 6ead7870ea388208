"""A client's care: what is told before a visit, what was done, home care, how it goes."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.keys import page_of
from unknot.web.booking.models import Appointment
from unknot.web.care import actions
from unknot.web.care import queries as care
from unknot.web.care.forms.closing import CheckInForm
from unknot.web.care.models import Course, HomeCare
from unknot.web.care.progress import progress
from unknot.web.desk.entering import for_clients, given_key
from unknot.web.directory.queries import local_date
from unknot.web.intake.queries import acts_for
from unknot.web.site.forms import show_form


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_clients
def check_in(request: HttpRequest, found: Appointment) -> HttpResponse:
    """The half minute before a visit; a GET only shows."""
    now = timezone.now()
    if request.method != "POST" and not actions.may_tell(found, now):
        return redirect(page_of(found, given_key(request)))
    form = _check_in_form(request, found)
    if form.is_valid() and not form.has_changed() and not care.has_told(found):
        form.add_error(
            "pain_last_week", _("Nothing is told yet. One answer is enough; this number helps most.")
        )
    if form.is_valid():
        try:
            actions.tell_before(
                found, form.told(), on=local_date(found.practitioner, now), by=_user(request), now=now
            )
        except actions.NotNow:
            form.add_error(None, _("This is told in the week before an appointment, until it begins."))
        else:
            return redirect(page_of(found, given_key(request)))
    return show_form(request, form, "desk/check_in.html", appointment=found, key=given_key(request))


def _check_in_form(request: HttpRequest, found: Appointment) -> CheckInForm:
    course = care.open_course(found)
    return CheckInForm(
        request.POST if request.method == "POST" else None,
        activities=list(course.activities.all()) if course else [],
        is_first=course is None or not any(s.was_treated for s in course.sessions.all()),
        may_name=actions.may_name(course),
        initial=care.told_in(found),
    )


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@never_cache
@require_safe
@for_clients
def course(request: HttpRequest, found: Appointment) -> HttpResponse:
    """
    How it goes: the course with its sessions, the pain over time, what was decided.

    A letter's key opens its own visit alone, so that the course asks to sign in.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(page_of(found, route="desk:course"))
    kept = care.course_of(found)
    if kept is None:
        raise Http404
    ids, practice = [kept.public_id], kept.practice.public_id
    acts = isinstance(request.user, User) and acts_for(request.user, found.person)
    record(
        Did.READ if acts else Did.REFUSED, Course._meta.label_lower, ids, by=request.user, practice=practice
    )
    if not acts:
        raise Http404
    shown = {
        "appointment": found,
        "course": kept,
        "visits": care.visits(kept),
        "progress": progress(kept),
    }
    return render(request, "desk/course.html", shown)


@never_cache
@require_POST
@for_clients
def home_care_done(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Tick what was done today, or take it back."""
    try:
        public_id = UUID(request.POST.get("care", ""))
    except ValueError:
        raise Http404 from None
    given = HomeCare.objects.select_related("session__practice").filter(
        public_id=public_id, session__course__person=found.person, session__practice=found.practice
    )
    one = given.first()
    if one is None:
        raise Http404
    on = local_date(found.practitioner, timezone.now())
    actions.do_home_care(one, on, done=request.POST.get("done") == "yes", by=_user(request))
    return redirect(page_of(found, given_key(request)) + "#home-care")
