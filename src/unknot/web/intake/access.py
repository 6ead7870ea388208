"""The visitor's way is everybody's; who comes without answers is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from unknot.web.site.access import Access, Answer, public

AIM = {"step": "drawing", "aim": "stress"}
ASKED_AGAIN = Access(
    Answer.WRONG_FORM,
    Answer.WRONG_FORM,
    Answer.WRONG_FORM,
    method="POST",
    form=AIM,  # the questions are open yet
)

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "intake:start": public(),
        "intake:drawing": public(method="POST", form=AIM),
        "intake:motions": public(method="POST", form=AIM),
        "intake:safety": public(method="POST", form=AIM),
        "intake:answer": ASKED_AGAIN,
        "intake:letter": ASKED_AGAIN,
    }
)
