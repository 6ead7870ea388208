"""What a person gives to a command: the content of a file, and a language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from unknot.errors import InputError, UnknownId

if TYPE_CHECKING:
    from unknot.screening.questionnaire import Language

LONGEST_FILE = 1_000_000


def content(path: str, most: int = LONGEST_FILE) -> bytes:
    """
    What a file holds; ``-`` is stdin.

    Raises InputError where it can't be read, or has more than ``most`` bytes: else more than any drawing or
    answers have.
    """
    try:
        if path == "-":
            found = sys.stdin.buffer.read(most + 1)
        else:
            with Path(path).open("rb") as file:
                found = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"can't read {path}: {reason}") from None
    if len(found) > most:
        raise InputError(f"{name(path)} is too large: {most // 1_000_000} MB is the most")
    return found


def name(path: str) -> str:
    """What to call a file in a message."""
    return "stdin" if path == "-" else path


def language(lang: str) -> Language:
    """The language that ``--lang`` names. Raises UnknownId where Unknot doesn't speak it."""
    from unknot.screening.questionnaire import LANGUAGES

    for known in LANGUAGES:
        if known == lang:
            return known
    raise UnknownId("language", lang, LANGUAGES)
