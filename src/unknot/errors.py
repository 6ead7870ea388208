"""
The tree of errors.

    UnknotError
    ├── InputError            what a person gave can't be used; the message says what to do
    │   └── UnknownId         an id that the knowledge base lacks
    └── KnowledgeError        a fact of ours is wrong: names file, entry and field
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

FEW = 25


class UnknotError(Exception):
    """Any error that Unknot raises knowingly."""


class InputError(UnknotError):
    """What a person gave can't be used. The message is one line and says what to do."""


class UnknownId(InputError):  # noqa: N818 - it reads as what it is
    """An id that the knowledge base lacks; the message offers the nearest ones, or all where they are few."""

    def __init__(self, kind: str, given: str, known: Iterable[str], *, listed_by: str = "") -> None:
        """
        Name the ``kind`` of thing ("region"), what was ``given``, what is ``known``, what lists it.

        >>> UnknownId("language", "fr", ["en", "es"])
        UnknownId("unknown language 'fr'; known are en, es")
        """
        super().__init__(f"unknown {kind} {given!r}{_hint(given, list(known), listed_by)}")
        self.kind, self.given = kind, given


def in_our_words(message: str) -> str:
    """
    A validator's sentence as the rest of ours.

    >>> in_our_words("Expected `int`, got `str` - at `$.visits[0].day`")
    'expected `int`, got `str` (in visits[0].day)'
    """
    return re.sub(r" - at `\$\.?([^`]*)`", r" (in \1)", message[:1].lower() + message[1:])


def _hint(given: str, known: list[str], listed_by: str) -> str:
    if near := get_close_matches(given, known, n=3, cutoff=0.6):
        return f"; did you mean {' or '.join(near)}?"
    if listed_by:
        return f"; {listed_by} lists what there is"
    return f"; known are {', '.join(known)}" if len(known) <= FEW else ""


class KnowledgeError(UnknotError):
    """A fact of ours is wrong: ``file``, ``entry`` and ``field`` say where."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        """Say where the fact stands and what is wrong with it."""
        super().__init__(f"{file}: {entry}: {field}: {problem}")
        self.file, self.entry, self.field, self.problem = file, entry, field, problem
