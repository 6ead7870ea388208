"""
Typed readers of the environment's variables, which fail loudly.

Each takes the variable's name and what holds where it is not set. A value that can't be read raises
``SettingError``, whose one line names the variable, what was given, and what is allowed.
`docs/settings.md` lists every variable; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from unknot.errors import InputError

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off"})

MAIL_SERVER = "an address such as smtp://user:password@mail.example.org:587"
MAIL_PORTS: dict[str, tuple[int, Literal["from the start", "after hello", "never"]]] = {
    "smtps": (465, "from the start"),
    "smtp": (587, "after hello"),
    "smtp+plain": (25, "never"),
}


class SettingError(InputError):
    """A variable of the environment can't be used."""

    def __init__(self, name: str, given: str, allowed: str) -> None:
        """Name the variable, what was ``given`` and what is ``allowed``."""
        super().__init__(f"{name}={given!r} can't be used: give {allowed}, or leave it unset")


def text(name: str, default: str) -> str:
    """Any text that is not blank."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.strip():
        raise SettingError(name, value, "a text")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Yes or no, in the words of ``YES`` and ``NO``."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise SettingError(name, value, "yes or no")


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()):
        raise SettingError(name, value, "a whole number such as 0 or 1")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """Words divided by commas; at least one."""
    value = os.environ.get(name)
    if value is None:
        return default
    found = [word for part in value.split(",") if (word := part.strip())]
    if not found:
        raise SettingError(name, value, "words divided by commas")
    return found


def folder(name: str) -> Path | None:
    """An existing folder, by its absolute path."""
    value = os.environ.get(name)
    if value is None:
        return None
    path = Path(value)
    if not path.is_absolute() or not path.is_dir():
        raise SettingError(name, value, "the absolute path of an existing folder")
    return path


def origin(name: str, default: str) -> str:
    """Where a browser finds the site: scheme, host and perhaps port, and nothing after them."""
    value = os.environ.get(name)
    if value is None:
        return default
    parts = urlsplit(value)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or value != f"{parts.scheme}://{parts.netloc}"
    ):
        raise SettingError(name, value, "an origin such as https://example.org")
    return value


@dataclass(frozen=True)
class MailServer:
    """A mail server, and when the connection to it is encrypted."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Literal["from the start", "after hello", "never"]


def mail_server(name: str) -> MailServer | None:
    """
    A server such as ``smtp://user:password@mail.example.org:587``.

    ``smtps://`` encrypts from the start, ``smtp://`` after the greeting; ``smtp+plain://`` never does, for a
    server on this machine.
    """
    value = os.environ.get(name)
    if value is None:
        return None
    shown = value.rpartition("@")[2]  # never the password
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise SettingError(name, shown, MAIL_SERVER) from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise SettingError(name, shown, MAIL_SERVER)
    usual, tls = MAIL_PORTS[parts.scheme]
    user, password = (unquote(text or "") for text in (parts.username, parts.password))
    return MailServer(parts.hostname, port or usual, user, password, tls)
