"""
Who owns a folder: a lock that the kernel frees when its holder dies, however it dies.

Process ids are never asked: they are given to others after a restart.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Holder:
    """What the holder of a lock wrote down, for messages only."""

    doing: str
    pid: int
    url: str | None = None


class Lock:
    """An exclusive lock on a file. A child that inherits its descriptor holds it on."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is made when first taken."""
        self.path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock if it is free; whether we hold it now."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def fileno(self) -> int:
        """The descriptor to hand to a child."""
        if self._handle is None:
            raise ValueError(f"{self.path} is not ours")
        return self._handle

    def let_go(self) -> None:
        """Close our descriptor; the lock is free unless a child holds it on."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def write(self, holder: Holder) -> None:
        """Write down who holds the lock."""
        os.ftruncate(self.fileno(), 0)
        os.pwrite(self.fileno(), json.dumps(asdict(holder)).encode(), 0)

    def holder(self) -> Holder | None:
        """Who holds the lock, if they have written it down already."""
        try:
            return Holder(**json.loads(self.path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()
