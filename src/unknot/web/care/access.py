"""A session is its practitioner's; to everybody else there is none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from unknot.web.directory.access import for_practitioners
from unknot.web.site.access import Access, Answer


def its(answer: Answer, *, method: Literal["GET", "POST"] = "GET") -> Access:
    """One of a practitioner's own sessions."""
    return for_practitioners(answer, Answer.HIDDEN, method=method, public_id="@session")


# The test's own session is begun and nothing more: its check comes first, and what follows leads there.
ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "care:begin": for_practitioners(Answer.MOVED, Answer.HIDDEN, method="POST", public_id="@begun"),
        "care:session": its(Answer.MOVED),
        "care:check": its(Answer.MOVED),  # nothing was told for it: the safety questions come first
        "care:stop": its(Answer.MOVED),
        "care:consent": its(Answer.MOVED),
        "care:withdraw": its(Answer.MOVED, method="POST"),
        "care:treat": its(Answer.MOVED),
        "care:hold": its(Answer.MOVED, method="POST"),
        "care:forget-hold": its(Answer.MOVED, method="POST"),
        "care:finding": its(Answer.MOVED, method="POST"),
        "care:examine": its(Answer.MOVED),
        "care:forget-motion": its(Answer.MOVED, method="POST"),
        "care:tick": its(Answer.MOVED),
        "care:trace": its(Answer.MOVED),
        "care:forget-trace": its(Answer.MOVED, method="POST"),
        "care:note": its(Answer.SHOWN),
        "care:draft-again": its(Answer.SHOWN, method="POST"),
        "care:add": its(Answer.MOVED, method="POST"),
        "care:home-care": its(Answer.SHOWN),
        "care:look-back": its(Answer.SHOWN),
        "care:close": its(Answer.SHOWN),
        "care:end-course": its(Answer.MOVED, method="POST"),
    }
)
