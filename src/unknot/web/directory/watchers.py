"""Apps that come later and want to know when something of a practitioner's has changed."""

from __future__ import annotations

from collections.abc import Callable

from unknot.web.directory.models import Practitioner

Watcher = Callable[[Practitioner], None]
_watchers: list[Watcher] = []


def register(watcher: Watcher) -> None:
    """Call ``watcher`` at the end of every change, within its transaction; for an app's ``ready``."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell(practitioner: Practitioner) -> None:
    """Something of this practitioner's has changed."""
    for watcher in _watchers:
        watcher(practitioner)
