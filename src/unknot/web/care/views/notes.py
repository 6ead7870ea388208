"""The note: drafted from the chart, edited, signed, added to."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from unknot.web.care import actions, queries
from unknot.web.care.answering import wants_json
from unknot.web.care.drafting import drafted
from unknot.web.care.entering import by_post, for_its_practitioner
from unknot.web.care.forms.closing import AddendumForm, NoteForm
from unknot.web.care.models import Note, Session
from unknot.web.care.models.notes import SECTIONS
from unknot.web.directory.models import Practitioner
from unknot.web.site.forms import ask_again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_practitioner
def note(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """Write and sign it; once it is signed, read it."""
    kept = queries.note_of(found)
    if kept and kept.signed_at:
        return _signed_meanwhile(request, practitioner, found, kept)
    form = NoteForm(request.POST or None, initial=_begun(found, kept))
    if form.is_valid():
        return _save(request, practitioner, found, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return _page(request, practitioner, found, form, status=status)


def _save(request: HttpRequest, practitioner: Practitioner, found: Session, form: NoteForm) -> HttpResponse:
    """Keep or sign what was typed, or say why not."""
    try:
        written = _write(request, practitioner, found, form)
    except actions.ChangedMeanwhile as error:
        return _changed(request, practitioner, found, form, error.there)
    except actions.Signed:
        return redirect("care:note", public_id=found.public_id)  # signed by the first press
    except actions.NothingToSign:
        form.add_error(
            None, _("There is nothing to sign yet: make the check of the day, and write the note.")
        )
        return _page(request, practitioner, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if wants_json(request):
        return JsonResponse({"revision": written.revision})
    return redirect("care:close" if written.signed_at else "care:note", public_id=found.public_id)


@never_cache
@by_post(back="care:note")
@for_its_practitioner
def draft_again(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """Draft it anew from the chart; nothing is kept before it is saved."""
    kept = queries.note_of(found)
    if kept and kept.signed_at:
        return redirect("care:note", public_id=found.public_id)
    form = NoteForm(initial={**drafted(found), "revision": kept.revision if kept else 0})
    return _page(request, practitioner, found, form, again=True)


@never_cache
@by_post(back="care:note")
@for_its_practitioner
def add(request: HttpRequest, practitioner: Practitioner, found: Session) -> HttpResponse:
    """Add to a signed note."""
    kept = queries.note_of(found)
    if kept is None or kept.signed_at is None:
        return redirect("care:note", public_id=found.public_id)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        return _signed(request, practitioner, found, kept, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    name = queries.signature(practitioner)
    try:
        actions.add(kept, said["text"], key=said["key"], name=name, by=practitioner.user)
    except actions.OtherAddendum:
        ask_again(form, "key", _added_before())
        return _signed(request, practitioner, found, kept, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("care:note", public_id=found.public_id)


def _added_before() -> str:
    return _(
        "From this page another text was added already; it stands above. If this one is to stand beside"
        " it, press once more."
    )


def _begun(found: Session, kept: Note | None) -> dict[str, object]:
    return NoteForm.read(kept) if kept else {**drafted(found), "revision": 0}


def _write(request: HttpRequest, practitioner: Practitioner, found: Session, form: NoteForm) -> Note:
    sections, said = form.sections(), form.cleaned_data
    revision, savings, by, now = said["revision"], said["savings"], practitioner.user, timezone.now()
    if "sign" not in request.POST:
        return actions.save(found, sections, revision, savings=savings, by=by, now=now)
    name = queries.signature(practitioner)
    return actions.sign(found, sections, revision, savings=savings, name=name, by=by, now=now)


def _page(
    request: HttpRequest,
    practitioner: Practitioner,
    found: Session,
    form: NoteForm,
    *,
    there: Note | None = None,
    again: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = {
        "session": found,
        "practitioner": practitioner,
        "form": form,
        "there": there,
        "again": again,
        "signature": queries.signature(practitioner),
        "step": "note",
        "traces": queries.traces(list(found.holds.select_related("trace"))),
    }
    return render(request, "care/note.html", shown, status=status)


def _changed(
    request: HttpRequest, practitioner: Practitioner, found: Session, form: NoteForm, there: Note
) -> HttpResponse:
    """Both texts are shown; saving again takes this window's."""
    if wants_json(request):
        return JsonResponse({"revision": there.revision}, status=HTTPStatus.CONFLICT)
    kept = NoteForm(initial={**form.cleaned_data, "revision": there.revision})
    return _page(request, practitioner, found, kept, there=there, status=HTTPStatus.CONFLICT)


def _signed_meanwhile(
    request: HttpRequest, practitioner: Practitioner, found: Session, kept: Note
) -> HttpResponse:
    """A GET reads it. What a window posts that didn't know is offered as an addendum, where it differs."""
    if request.method != "POST":
        return _signed(request, practitioner, found, kept)
    if wants_json(request):
        return JsonResponse({"signed": True}, status=HTTPStatus.CONFLICT)
    texts = {key: request.POST.get(key, "").replace("\r\n", "\n").strip() for key in SECTIONS}
    typed = [text for key, text in texts.items() if text and text != getattr(kept, key).strip()]
    if not typed:
        return redirect("care:note", public_id=found.public_id)  # pressed twice
    form = AddendumForm(initial={"text": "\n\n".join(typed)})
    form.fields["text"].help_text = _(
        "The note was signed in another window. This is what you typed and it doesn't say: add it, if it"
        " should."
    )
    return _signed(request, practitioner, found, kept, form, status=HTTPStatus.CONFLICT)


def _signed(
    request: HttpRequest,
    practitioner: Practitioner,
    found: Session,
    kept: Note,
    form: AddendumForm | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = {
        "session": found,
        "practitioner": practitioner,
        "note": kept,
        "sections": queries.sections(kept),
        "form": form or AddendumForm(),
        "step": "note",
        "traces": queries.traces(list(found.holds.select_related("trace"))),
    }
    return render(request, "care/signed.html", shown, status=status)
