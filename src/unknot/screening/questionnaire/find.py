"""The search for rare items: by any of their names, in either language, accents and case folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from unknot.screening.questionnaire.form import Item, Questionnaire

LONGEST_SEARCH = 100
"""Longer texts are cut: nobody's illness has a longer name."""


def find(questionnaire: Questionnaire, text: str) -> tuple[Item, ...]:
    """
    The items that a text may mean, likeliest first; none for an empty text.

    Every word of the text must begin a word of the item's label or of one of its names.

    >>> from unknot.knowledge import load
    >>> from unknot.screening.questionnaire.build import questionnaire
    >>> [item.id for item in find(questionnaire(load()), "eliquis")]
    ['medications.anticoagulant']
    """
    wanted = _words(text[:LONGEST_SEARCH])
    if not wanted:
        return ()
    ranked = [(rank, item) for item in questionnaire.items() if (rank := _rank(wanted, item)) is not None]
    return tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))


def fold(text: str) -> str:
    """
    The text in lower case without accents.

    >>> fold("Várices"), fold("Lyme-Krankheit")
    ('varices', 'lyme-krankheit')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _rank(wanted: Sequence[str], item: Item) -> int | None:
    """0 where a name is just that text, 1 where one name has all words, 2 where they are scattered."""
    names = [_words(name) for name in (item.label, *item.names)]
    if wanted in names:
        return 0
    if any(_holds(name, wanted) for name in names):
        return 1
    return 2 if _holds([word for name in names for word in name], wanted) else None


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)
