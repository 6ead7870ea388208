"""The rules of response, each reached and just missed."""

from __future__ import annotations

import pytest

from unknot.outcomes import change, measure, response, score
from unknot.outcomes.change import start_of
from unknot.outcomes.response import has_deteriorated


@pytest.fixture
def responded(kb):
    def of(key, before, now):
        return response(change(score(key, before, kb), score(key, now, kb), kb), kb)

    return of


@pytest.mark.parametrize(
    ("before", "now", "level"),
    [
        (10, 9.1, None),
        (10, 9, "immpact_minimal"),
        (5, 3.51, "immpact_minimal"),
        (5, 3.5, "immpact_moderate"),  # 30 %
        (9, 7.1, "immpact_minimal"),
        (9, 7, "immpact_moderate"),  # 2 points, 22 %
        (7, 4.9, "immpact_moderate"),  # 30 %, whatever floating point makes of it
        (4, 2, "immpact_substantial"),  # 50 %
        (9, 5, "immpact_substantial"),  # 4 points, 44 %
        (9, 5.1, "immpact_moderate"),
        (5, 8, None),
        (0, 0, None),
        (0, 3, None),
    ],
)
def test_the_levels_of_pain_intensity(responded, before, now, level):
    found = responded("nprs", before, now)
    assert found.level == level
    assert found.responder is (level in ("immpact_moderate", "immpact_substantial"))
    assert found.strong is (level == "immpact_substantial")


@pytest.mark.parametrize(
    ("key", "before", "now", "responder"),
    [
        ("pain_impact", [6, 5, 4], [4, 3, 3.5], True),
        ("pain_impact", [6, 5, 4], [4, 3, 3.6], False),
        ("pain_impact", [0, 0, 0], [0, 0, 0], None),
        ("headache_days", 12, 6, True),
        ("headache_days", 12, 7, False),
        ("headache_days", 0, 3, None),
        ("rmdq", 10, 7, True),
        ("psfs", {"a": 2, "b": 2}, {"a": 9, "b": 9}, None),
        ("ppt", 200, 400, None),
    ],
)
def test_other_measures_have_their_own_usual_response_or_none(responded, key, before, now, responder):
    found = responded(key, before, now)
    assert (found.level, found.responder, found.strong) == (None, responder, None)


@pytest.mark.parametrize(("answer", "responder"), [(1, True), (2, True), (3, False), (7, False)])
def test_much_and_very_much_improved_is_a_response(kb, answer, responder):
    found = change(start_of(measure("pgic", kb)), score("pgic", answer, kb), kb)
    assert response(found, kb).responder is responder


@pytest.mark.parametrize(
    ("before", "now", "is_worse"),
    [
        (5, 7, True),
        (5, 6.9, False),
        (7, 9, False),  # 2 points, 29 %
        (7, 9.1, True),
        (2, 3, False),  # 50 %, 1 point
        (0, 2, True),  # no percentage from 0: points decide
        (0, 1, False),
        (7, 3, False),
    ],
)
def test_deterioration_takes_percent_and_points(kb, before, now, is_worse):
    assert has_deteriorated(change(score("nprs", before, kb), score("nprs", now, kb), kb), kb) is is_worse


def test_only_pain_intensity_deteriorates_by_that_rule(kb):
    assert not has_deteriorated(change(score("rmdq", 4, kb), score("rmdq", 20, kb), kb), kb)
