"""
The folders of one installation, and the database that is its own unless the environment names another.

A clone keeps its data in `.unknot/` beside its sources, an installed package in the person's state
folder. As root the data goes to a system folder keyed by the clone's path, since PostgreSQL runs as
a user of its own there, who may not enter a clone under a home of mode 0700.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

import unknot
from unknot.errors import InputError
from unknot.server.addresses import Address

SYSTEM = Path("/var/lib/unknot")
SOCKET_PATH_LIMIT = 80  # the kernel's is 107 bytes, with PostgreSQL's own file name in it

DATABASE, OWNER, WEB, SUPERUSER = "unknot", "unknot_owner", "unknot_web", "unknot_admin"


@dataclass(frozen=True)
class Place:
    """The folders of one installation. Nothing exists until `make` is called."""

    home: Path
    sockets: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder; the next major version gets another."""
        return self.home / "pg18"

    @property
    def log(self) -> Path:
        """What PostgreSQL says."""
        return self.home / "postgres.log"

    @property
    def static(self) -> Path:
        """Collected static files, one folder for each state of the sources."""
        return self.home / "static"

    @property
    def web(self) -> Address:
        """The embedded database as the web and the worker see it: as a role that owns nothing."""
        return Address(host=str(self.sockets), user=WEB, database=DATABASE)

    @property
    def owner(self) -> Address:
        """The embedded database as migrations see it."""
        return self.web.as_user(OWNER)

    def make(self) -> None:
        """Make the home folder, closed to others. Raises InputError where that is not possible."""
        try:
            make_folder(self.home)
        except OSError as error:
            raise InputError(
                f"can't make {self.home} ({error.strerror}): set UNKNOT_DATA to a folder that may be written"
            ) from error

    def secret(self) -> str:
        """The key that signs things, made at the first start and readable by its owner only."""
        file = self.home / "secret"
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text()
        with os.fdopen(handle, "w") as made:
            made.write(key := secrets.token_urlsafe(48))
        return key


def make_folder(path: Path) -> None:
    """
    Make a folder and those above it that are missing, whatever the umask, and change no other.

    Closed to others; as root passable but not readable, since PostgreSQL's user must come through.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def place(*, demo: bool) -> Place:
    """The place of this installation; the demo has one of its own, so it never meets real records."""
    name = "demo" if demo else "live"
    if given := os.environ.get("UNKNOT_DATA"):
        if not Path(given).is_absolute():
            raise InputError(f"UNKNOT_DATA={given!r} can't be used: give the absolute path of a folder")
        return _at(Path(given) / name)
    if os.geteuid() == 0:
        return _at(SYSTEM / _key(_clone() or Path(sys.prefix)) / name)
    clone = _clone()
    return _at((clone / ".unknot" if clone else _state_folder()) / name)


def _at(home: Path) -> Place:
    sockets = home / "run"
    if len(os.fsencode(sockets)) <= SOCKET_PATH_LIMIT:
        return Place(home, sockets)
    return Place(home, _short_folder() / f"unknot-{os.geteuid()}-{_digest(home)}")


def _short_folder() -> Path:
    """Where a socket's folder may stand if the home's path is too long; root's is closed to PostgreSQL."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if os.geteuid() != 0 and runtime.is_absolute() and runtime.is_dir():
        return runtime
    return Path("/tmp")  # noqa: S108 - whose the folder in it is gets checked


def _clone() -> Path | None:
    """The checkout that this code runs from, if it is one."""
    root = Path(unknot.__file__).resolve().parents[2]
    return root if (root / "pyproject.toml").is_file() and (root / "src" / "unknot").is_dir() else None


def _state_folder() -> Path:
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "unknot"


def _key(path: Path) -> str:
    """A short folder name for a path: readable, and different for every path."""
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', path.name).strip('-')[:20] or 'root'}-{_digest(path)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
