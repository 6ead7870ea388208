"""Lines for the trail. A change is written in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from unknot.web.audit.models import Did, Entry
from unknot.web.site import request_ids
from unknot.web.site.prepared import insert

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


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
    insert(
        Entry(
            did=did,
            what=what,
            ids=list(ids),
            actor=getattr(by, "public_id", None),
            practice=practice,
            request=request_ids.current(),
        )
    )
