"""What on a page must be looked at again, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unknot.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


class LookAgain(InputError):  # noqa: N818 - it is a request, not a fault
    """
    Something on the safety page must be looked at again.

    ``at`` says what, by the id of a group or item, or the name of a question's field. ``may_go_on`` when the
    visitor may leave it as it is.
    """

    def __init__(self, message: str, at: Mapping[str, str], *, may_go_on: bool = False) -> None:
        """Say what to do, in all and at each place."""
        super().__init__(message)
        self.at, self.may_go_on = at, may_go_on


@dataclass(frozen=True)
class Wrong:
    """What must be looked at again: the id of its element on the page, and its name."""

    anchor: str
    name: str
