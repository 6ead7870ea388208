"""The note: saved, signed, added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from unknot.errors import UnknotError
from unknot.web.accounts.models import User
from unknot.web.care.actions.signed import changed, unsigned
from unknot.web.care.models import Addendum, Note, Session
from unknot.web.care.models.notes import SECTIONS

NOT_SAVED_YET = 0


class ChangedMeanwhile(UnknotError):  # noqa: N818 - it reads as what it is
    """Another window saved the note since this one read it; ``there`` is what it says now."""

    def __init__(self, there: Note) -> None:
        """Keep what is there."""
        super().__init__("the note was changed in another window")
        self.there = there


class NothingToSign(UnknotError):  # noqa: N818 - it reads as what it is
    """The session was neither checked nor stopped, or the note says nothing."""


class OtherAddendum(UnknotError):  # noqa: N818 - it reads as what it is
    """With this form another text was added already."""


@transaction.atomic
def save(
    session: Session,
    sections: Mapping[str, str],
    revision: int,
    *,
    savings: Sequence[UUID] = (),
    by: User,
    now: datetime,
) -> Note:
    """
    Keep a draft that was read at a revision (0: none was kept yet).

    ``savings`` are the window's own names for this one, last, and for those before it that got no answer:
    what one of them kept isn't another window's. What is there already, word for word, is no change. Raises
    ChangedMeanwhile, Signed.
    """
    found = unsigned(session)
    note = Note.objects.filter(session=found).first() or Note(session=found, revision=NOT_SAVED_YET)
    said = {key: sections[key] for key in SECTIONS}
    if note.pk and all(getattr(note, key) == text for key, text in said.items()):
        return note
    if note.revision != revision and note.saved_as not in savings:
        raise ChangedMeanwhile(note)
    for key, text in said.items():
        setattr(note, key, text)
    note.revision, note.saved_at = note.revision + 1, now
    note.saved_as = savings[-1] if savings else None
    note.save()
    changed(found, Note, by=by)
    return note


@transaction.atomic
def sign(
    session: Session,
    sections: Mapping[str, str],
    revision: int,
    *,
    savings: Sequence[UUID] = (),
    name: str,
    by: User,
    now: datetime,
) -> Note:
    """
    Save the note and sign it by ``name``; from then on neither it nor what was charted changes.

    Raises ChangedMeanwhile, Signed, NothingToSign.
    """
    note = save(session, sections, revision, savings=savings, by=by, now=now)
    if not any(sections[key].strip() for key in SECTIONS) or not session.checks.exists():
        raise NothingToSign
    note.signed_at, note.signed_by, note.signed_name = now, by, name
    note.save(update_fields=["signed_at", "signed_by", "signed_name"])
    changed(session, Note, by=by)
    return note


@transaction.atomic
def add(note: Note, text: str, *, key: UUID, name: str, by: User) -> Addendum:
    """
    Add to a signed note; ``key`` is the form's own: sent twice it is there once.

    Raises OtherAddendum where that was sent with another text.
    """
    if note.signed_at is None:
        raise ValueError("a note that isn't signed is edited")
    said = {"text": text, "added_by": by, "name": name}
    added, is_new = Addendum.objects.get_or_create(
        note=note, public_id=uuid5(note.public_id, str(key)), defaults=said
    )
    if added.text != text:
        raise OtherAddendum
    if is_new:
        changed(note.session, Addendum, by=by)
    return added
