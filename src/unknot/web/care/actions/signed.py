"""What every change of a session goes through: locked, not signed yet, written in the trail."""

from __future__ import annotations

from django.db.models import Model

from unknot.errors import UnknotError
from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.care.models import Note, Session


class Signed(UnknotError):  # noqa: N818 - it reads as what it is
    """The note of this session is signed; only an addendum can be added."""


def unsigned(session: Session) -> Session:
    """The session, locked against everybody who charts or signs it. Raises Signed."""
    locked = Session.objects.select_for_update(of=("self",)).select_related("practice", "course__person")
    found = locked.get(pk=session.pk)
    if Note.objects.filter(session=found, signed_at__isnull=False).exists():
        raise Signed
    return found


def changed(session: Session, what: type[Model], *, by: User | None) -> None:
    """A line for the trail: what is charted belongs to its session."""
    practice = session.practice.public_id
    record(Did.CHANGED, what._meta.label_lower, [session.public_id], by=by, practice=practice)
