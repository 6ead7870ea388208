"""Courses of ratings to judge."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.outcomes import read_ratings


@pytest.fixture(scope="session")
def kb():
    return load()


@pytest.fixture(scope="session")
def rated(kb):
    """
    Ratings a week apart: ``rated(nprs=[7, 6, 4, 3], groc=[None, None, None, 3])``.

    The first of each list is the baseline; ``...`` leaves a measure out of a visit, None is asked and not
    given. The safety questions were asked at the last visit, and found ``danger``.
    """

    def of(*, part=None, danger=False, days=7, **scores):
        visits = [
            {
                "sessions": n,
                "day": n * days,
                "scores": {key: given[n] for key, given in scores.items() if given[n] is not ...},
            }
            for n in range(max(map(len, scores.values())))
        ]
        visits[-1]["new_danger_sign"] = danger
        return read_ratings({"visits": visits} | ({"part": part} if part else {}), kb)

    return of
