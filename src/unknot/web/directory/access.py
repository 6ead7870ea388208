"""A profile is its practitioner's; credentials are decided on by administrators."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from unknot.web.site.access import Access, Answer


def for_practitioners(
    answer: Answer = Answer.SHOWN,
    other: Answer | None = None,
    *,
    method: Literal["GET", "POST"] = "GET",
    **example: str,
) -> Access:
    """A page of one's own; who has no profile is sent to join, who isn't signed in to sign in."""
    return Access(
        Answer.MOVED,
        Answer.MOVED,
        Answer.MOVED,
        practitioner=answer,
        other_practitioner=other,
        method=method,
        example=example,
    )


def own(thing: str) -> Access:
    """One of a practitioner's own things, which to another practitioner doesn't exist."""
    return for_practitioners(Answer.SHOWN, Answer.HIDDEN, public_id=f"@{thing}")


def removed(thing: str) -> Access:
    """Pressed by its owner it is gone, and the profile is shown; pressed by another it doesn't exist."""
    return for_practitioners(Answer.MOVED, Answer.HIDDEN, method="POST", public_id=f"@{thing}")


def for_administrators(**example: str) -> Access:
    """A page that for all others doesn't exist."""
    return Access(Answer.MOVED, Answer.HIDDEN, Answer.SHOWN, example=example)


ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "directory:join": Access(Answer.SHOWN, Answer.SHOWN, Answer.SHOWN, practitioner=Answer.MOVED),
        "directory:home": for_practitioners(),
        "directory:profile": for_practitioners(),
        "directory:place-add": for_practitioners(),
        "directory:place": own("place"),
        "directory:credential-add": for_practitioners(),
        "directory:credential": own("credential"),
        "directory:service-add": for_practitioners(),
        "directory:service": own("service"),
        "directory:live": for_practitioners(Answer.MOVED, method="POST"),
        "directory:waiting": for_administrators(),
        "directory:decide": for_administrators(public_id="@credential"),
        # Last, since the owner's press is real:
        "directory:place-remove": removed("place"),
        "directory:credential-remove": removed("credential"),
        "directory:service-remove": removed("service"),
    }
)
