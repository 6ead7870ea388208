"""Whether a place of work can be found; an app that comes later and knows towns says so."""

from __future__ import annotations

from collections.abc import Callable

Finder = Callable[[str, str, str], object | None]
"""From city, postcode and jurisdiction to where that is; None where nobody knows."""
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Ask ``finder`` too; for an app's ``ready``."""
    if finder not in _finders:
        _finders.append(finder)


def is_known(city: str, postcode: str, jurisdiction: str) -> bool:
    """Whether somebody who looks near it would find it."""
    return all(finder(city, postcode, jurisdiction) is not None for finder in _finders)
