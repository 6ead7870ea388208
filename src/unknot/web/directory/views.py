from __future__ import annotations

import contextlib
from copy import copy
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.directory import actions, checklist, jurisdictions, queries
from unknot.web.directory.entering import for_administrators, for_practitioners, own, signed_in
from unknot.web.directory.forms import (
    CredentialForm,
    JoinForm,
    PlaceForm,
    ProfileForm,
    RefuseForm,
    ServiceForm,
    VerifyForm,
)
from unknot.web.directory.models import (
    Credential,
    CredentialState,
    Offer,
    Owned,
    Place,
    Practitioner,
    Service,
)
from unknot.web.site.forms import show_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Share your expertise: what it takes, and for who is signed in the first four answers."""
    if not request.user.is_authenticated:
        return render(request, "directory/why_join.html")
    user = signed_in(request)
    if queries.practitioner_of(user):
        return redirect("directory:home")
    form = JoinForm(request.POST or None)
    if form.is_valid():
        actions.join(user, actions.Introduction(**form.cleaned_data))
        return redirect("directory:home")
    return show_form(request, form, "directory/join.html")


@never_cache
@require_safe
@for_practitioners
def home(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """One's own profile: what is there, and what is missing until it can go live."""
    return _home(request, practitioner)


def _home(request: HttpRequest, practitioner: Practitioner, *, refused: str = "") -> HttpResponse:
    on = queries.local_date(practitioner, timezone.now())
    return render(
        request,
        "directory/home.html",
        {
            "practitioner": practitioner,
            "checklist": checklist.checklist(practitioner, on),
            "standings": queries.standings(practitioner, on),
            "can_go_live": checklist.can_go_live(practitioner, on),
            "today": on,
            "refused": refused,
        },
        status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def profile(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Name, zone, words, meeting link."""
    form = ProfileForm(request.POST or None, instance=practitioner)
    return _edited(request, form, practitioner, practitioner, "directory/profile.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def place(request: HttpRequest, practitioner: Practitioner, public_id: UUID | None = None) -> HttpResponse:
    """A place of work, a new one or one's own."""
    thing = own(Place, public_id, practitioner) if public_id else Place(practitioner=practitioner)
    form = PlaceForm(
        request.POST or None, instance=thing, initial={"jurisdiction": practitioner.jurisdiction}
    )
    return _edited(request, form, thing, practitioner, "directory/place.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def credential(
    request: HttpRequest, practitioner: Practitioner, public_id: UUID | None = None
) -> HttpResponse:
    """A licence, certificate or insurance; one that was changed is checked anew."""
    thing = (
        own(Credential, public_id, practitioner)
        if public_id
        else Credential(practitioner=practitioner, issuer=practitioner.jurisdiction)
    )
    now = timezone.now()
    today = queries.local_date(practitioner, now)
    form = CredentialForm(request.POST or None, instance=thing, today=today)
    if form.is_valid():
        with contextlib.suppress(actions.AlreadyThere):  # pressed twice
            actions.give_credential(thing, by=practitioner.user, now=now)
        return redirect("directory:home")
    usual = jurisdictions.usual_number(practitioner.kind, practitioner.jurisdiction)
    return show_form(request, form, "directory/credential.html", thing=thing, usual_number=usual)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_practitioners
def service(request: HttpRequest, practitioner: Practitioner, public_id: UUID | None = None) -> HttpResponse:
    """A session that one offers, and its price."""
    thing = own(Service, public_id, practitioner) if public_id else Service(practitioner=practitioner)
    if thing.offer == Offer.DISCOVERY:
        raise Http404  # everybody offers it, and it is free
    form = ServiceForm(request.POST or None, instance=thing)
    return _edited(request, form, thing, practitioner, "directory/service.html")


@never_cache
@require_POST
@for_practitioners
def remove(
    request: HttpRequest, practitioner: Practitioner, kind: type[Owned], public_id: UUID
) -> HttpResponse:
    """Remove a place, a credential or a service of one's own."""
    thing = own(kind, public_id, practitioner)
    if isinstance(thing, Service) and thing.offer == Offer.DISCOVERY:
        raise Http404
    try:
        actions.remove(thing, by=practitioner.user)
    except actions.StillNeeded as needed:
        return _home(request, practitioner, refused=_still_needed(needed))
    return redirect("directory:home")


@never_cache
@require_POST
@for_practitioners
def live(_request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Go live, or pause."""
    if practitioner.went_live_at:
        actions.pause(practitioner, by=practitioner.user)
        return redirect("directory:home")
    with contextlib.suppress(actions.NotReady):  # the profile says what is missing
        actions.go_live(practitioner, by=practitioner.user, now=timezone.now())
    return redirect("directory:home")


@never_cache
@require_safe
@for_administrators
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for an administrator."""
    found = list(queries.waiting_credentials())
    record(Did.READ, "directory.credential", [c.public_id for c in found], by=request.user)
    return render(request, "directory/waiting.html", {"credentials": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One credential, and the decision on it."""
    found = Credential.objects.select_related("practitioner__practice", "practitioner__user", "decided_by")
    thing = found.filter(public_id=public_id).first()
    if thing is None:
        raise Http404
    refusing = "reason" in request.POST
    as_given = {"given_at": thing.given_at}
    verify = VerifyForm(request.POST if request.POST and not refusing else None, initial=as_given)
    refuse = RefuseForm(request.POST if refusing else None, initial=as_given)
    form = refuse if refusing else verify
    today = queries.local_date(thing.practitioner, timezone.now())
    has_run_out = thing.expires_on is not None and thing.expires_on < today
    if form.is_valid() and (refusing or not has_run_out):
        try:
            _decide(thing, form, by=signed_in(request))
        except actions.AlreadyDecided:
            if thing.state != CredentialState.WAITING:
                return redirect("directory:decide", public_id=public_id)  # which shows what was decided
            form.data = request.POST.dict() | as_given  # to be decided on as it is now
            form.add_error(
                None, _("It was changed since you opened this page. Compare with what is given now.")
            )
        else:
            return redirect("directory:waiting")
    owner = thing.practitioner.practice.public_id
    record(Did.READ, "directory.credential", [thing.public_id], by=request.user, practice=owner)
    shown = {
        "credential": thing,
        "verify": verify,
        "refuse": refuse,
        "has_run_out": has_run_out,
        "is_waiting": thing.state == CredentialState.WAITING,
        "usual_number": jurisdictions.usual_number(thing.practitioner.kind, thing.issuer),
        "regulator": jurisdictions.regulator(thing.practitioner.kind, thing.issuer),
        "issuer": jurisdictions.names().get(thing.issuer, thing.issuer),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "directory/decide.html", shown, status=status)


def _decide(thing: Credential, form: VerifyForm | RefuseForm, *, by: User) -> None:
    """On the credential as it was when the page was opened."""
    said, now = form.cleaned_data, timezone.now()
    seen = copy(thing)
    seen.given_at = said["given_at"]
    if isinstance(form, RefuseForm):
        actions.refuse(seen, by=by, now=now, reason=said["reason"])
    else:
        actions.verify(seen, by=by, now=now, evidence=said["evidence"])


def _edited(
    request: HttpRequest,
    form: ProfileForm | PlaceForm | ServiceForm,
    thing: Practitioner | Place | Service,
    practitioner: Practitioner,
    template: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            actions.save(thing, by=practitioner.user)
        except actions.AlreadyThere:
            pass  # pressed twice
        except actions.OtherCurrency:
            form.add_error("currency", _other_currency())
        except actions.StillNeeded as needed:
            form.add_error(None, _still_needed(needed))
        if form.is_valid():
            return redirect("directory:home")
    return show_form(request, form, template, thing=thing)


def _other_currency() -> str:
    return _(
        "Your other sessions are paid in another currency. Give all of your prices in one, so that clients"
        " can compare them; to change it, remove the others first."
    )


def _still_needed(needed: actions.StillNeeded) -> str:
    said = _(
        "Your profile is live, and then this would be missing: %(what)s. See to that first, or pause your"
        " profile."
    )
    return said % {"what": needed.what}
