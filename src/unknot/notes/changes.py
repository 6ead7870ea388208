"""How much a rating changed: points, and per cent where there is something to take them of."""

from __future__ import annotations

from unknot.knowledge.labels import Words
from unknot.notes.words import Speaker

LOWER = Words(en="{n} points lower", es="{n} puntos menos")
HIGHER = Words(en="{n} points higher", es="{n} puntos más")
ONE_LOWER = Words(en="1 point lower", es="1 punto menos")
ONE_HIGHER = Words(en="1 point higher", es="1 punto más")


def points(before: int, after: int, speaker: Speaker) -> str:
    """
    The difference of two ratings that are not the same.

    >>> from unknot.knowledge import load
    >>> points(6, 4, Speaker(load()))
    '2 points lower'
    """
    n = abs(after - before)
    if after < before:
        return speaker.say(ONE_LOWER if n == 1 else LOWER, n=n)
    return speaker.say(ONE_HIGHER if n == 1 else HIGHER, n=n)


def points_and_percent(before: int, after: int, speaker: Speaker) -> str:
    """The difference with its share of what it was before, undefined from 0: ``2 points lower (33 %)``."""
    change = points(before, after, speaker)
    return f"{change} ({percent(before, after)} %)" if before else change


def percent(before: int, after: int) -> int:
    """
    The difference in whole per cent of what it was before, halves up.

    >>> percent(8, 5), percent(6, 4)
    (38, 33)
    """
    return (200 * abs(after - before) + before) // (2 * before)
