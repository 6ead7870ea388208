"""An appointment is its client's and its practitioner's; nobody else finds it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from unknot.web.directory.access import for_practitioners
from unknot.web.site.access import Access, Answer, public


def for_its_client(answer: Answer = Answer.SHOWN, *, method: Literal["GET", "POST"] = "GET") -> Access:
    """One of a client's own; its practitioner has a page of their own for it."""
    return Access(
        Answer.MOVED,
        Answer.HIDDEN,
        Answer.HIDDEN,
        client=answer,
        method=method,
        example={"public_id": "@appointment"},
    )


def visit(answer: Answer = Answer.SHOWN, *, method: Literal["GET", "POST"] = "GET") -> Access:
    """One of a practitioner's own."""
    return for_practitioners(answer, Answer.HIDDEN, method=method, public_id="@appointment")


NO_PAYMENT = "00000000-0000-4000-8000-000000000000"

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "desk:receipt": for_practitioners(
            Answer.HIDDEN, Answer.HIDDEN, public_id="@appointment", payment=NO_PAYMENT
        ),
        "desk:give-back": for_practitioners(
            Answer.HIDDEN, Answer.HIDDEN, public_id="@appointment", payment=NO_PAYMENT
        ),
        "desk:my-receipt": Access(
            Answer.MOVED,
            Answer.HIDDEN,
            Answer.HIDDEN,
            example={"public_id": "@appointment", "payment": NO_PAYMENT},
        ),
        "desk:appointments": Access(Answer.MOVED, Answer.SHOWN, Answer.SHOWN),
        "desk:appointment": for_its_client(),
        "desk:calendar": for_its_client(),
        "desk:move": for_its_client(),
        "desk:cancel": for_its_client(),
        "desk:check-in": for_its_client(),
        "desk:course": for_its_client(),
        "desk:home-care": for_its_client(Answer.HIDDEN, method="POST"),  # a thing that there isn't
        "desk:tell": for_its_client(Answer.MOVED, method="POST"),
        "desk:told": public(Answer.MOVED, method="POST"),
        "desk:day": for_practitioners(),
        "desk:week": for_practitioners(),
        "desk:book-for": for_practitioners(),
        "desk:visit": visit(),
        "desk:book-next": visit(),
        "desk:pay": visit(),
        "desk:mark": visit(Answer.MOVED, method="POST"),
        "desk:visit-move": visit(),
        "desk:visit-cancel": visit(),
        "desk:visit-tell": visit(Answer.MOVED, method="POST"),
        "desk:clearance": visit(),
    }
)
