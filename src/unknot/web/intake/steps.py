"""The four steps of the way, as every page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

Name = Literal["drawing", "motions", "safety", "answer"]


@dataclass(frozen=True)
class Step:
    """A step of the way; ``state`` is done, now or next."""

    title: str
    state: Literal["done", "now", "next"]


def steps(now: Name) -> tuple[Step, ...]:
    """The steps with where the visitor stands."""
    titles = {
        "drawing": _("Where"),
        "motions": _("What makes it worse"),
        "safety": _("Safety"),
        "answer": _("Answer"),
    }
    names = list(titles)
    here = names.index(now)
    return tuple(
        Step(title, "now" if i == here else "done" if i < here else "next")
        for i, title in enumerate(titles.values())
    )
