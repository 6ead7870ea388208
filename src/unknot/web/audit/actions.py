"""Lines for the trail. A change is written in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import UUID

from unknot.web.audit.models import Did, Entry
from unknot.web.site import request_ids

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


Given = ParamSpec("Given")
Made = TypeVar("Made")
_waiting: ContextVar[list[Entry] | None] = ContextVar("lines of the trail that wait", default=None)


def record(
    did: Did,
    what: str,
    ids: Iterable[UUID],
    *,
    by: AbstractBaseUser | AnonymousUser | None,
    practice: UUID | None = None,
) -> None:
    """
    Write one line: what ``by`` did with the records of one kind.

    ``what`` is the model's label ("directory.credential"); ``by`` None is the program itself.
    """
    entry = Entry(
        did=did,
        what=what,
        ids=list(ids),
        actor=getattr(by, "public_id", None),
        practice=practice,
        request=request_ids.current(),
    )
    waiting = _waiting.get()
    if waiting is None:
        entry.save()
    else:
        waiting.append(entry)


def together(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """Write the lines of an action that writes many in one go, at its end; one that fails writes none."""

    @wraps(action)
    def acting(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        entries: list[Entry] = []
        token = _waiting.set(entries)
        try:
            made = action(*args, **kwargs)
        finally:
            _waiting.reset(token)
        Entry.objects.bulk_create(entries)
        return made

    return acting
