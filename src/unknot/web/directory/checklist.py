"""
What must be there before a profile can go live.

Each part is a function from a practitioner and their date to its state, or None where it isn't asked for.
An app that comes later adds its own when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise

from unknot.web.directory.models import Practitioner


class Progress(Enum):
    """How far a part is."""

    MISSING = "missing"
    WAITING = "waiting"  # for an administrator
    DONE = "done"


@dataclass(frozen=True)
class Item:
    """One line of the checklist."""

    key: str
    says: str | Promise
    progress: Progress
    page: str  # where it is given, by the page's name


Check = Callable[[Practitioner, date], Item | None]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Ask for something more; for an app's ``ready``, and as a decorator."""
    if check not in _checks:
        _checks.append(check)
    return check


def checklist(practitioner: Practitioner, on: date) -> tuple[Item, ...]:
    """Every part that is asked for, in the order in which it was registered."""
    return tuple(item for check in _checks if (item := check(practitioner, on)))


def can_go_live(practitioner: Practitioner, on: date) -> bool:
    """Whether nothing is missing any more."""
    return all(item.progress is Progress.DONE for item in checklist(practitioner, on))
