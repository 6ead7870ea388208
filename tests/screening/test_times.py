"""Times as people tell them against the limits of rules."""

from __future__ import annotations

import pytest

from unknot.screening import Fact
from unknot.screening.times import is_past, is_within


def told(**time):
    return Fact("event", "surgery", **time)


@pytest.mark.parametrize(
    ("time", "limit", "unit", "within"),
    [
        ({"weeks_ago": 1}, 2, "weeks", True),
        ({"weeks_ago": 2}, 2, "weeks", False),
        ({"days_ago": 13}, 2, "weeks", True),
        ({"days_ago": 14}, 2, "weeks", False),
        ({"hours_ago": 14 * 24 - 1}, 2, "weeks", True),
        ({"hours_ago": 14 * 24}, 2, "weeks", False),
        ({"days_ago": 13}, 14, "days", True),
        ({"days_ago": 14}, 14, "days", False),
        ({"hours_ago": 71}, 72, "hours", True),
        ({"hours_ago": 72}, 72, "hours", False),
        ({"days_ago": 0}, 24, "hours", True),
    ],
)
def test_the_same_or_a_finer_unit_is_taken_at_its_word(time, limit, unit, within):
    assert is_within(told(**time), limit, unit) is within
    assert is_past(told(**time), limit, unit) is not within


@pytest.mark.parametrize(
    ("time", "limit", "unit", "within"),
    [
        ({"days_ago": 1}, 1, "hours", True),
        ({"days_ago": 1}, 24, "hours", True),
        ({"days_ago": 2}, 24, "hours", False),
        ({"days_ago": 3}, 72, "hours", True),
        ({"days_ago": 4}, 72, "hours", False),
        ({"weeks_ago": 1}, 24, "hours", True),
        ({"weeks_ago": 1}, 3, "days", True),
        ({"weeks_ago": 2}, 7, "days", False),
        ({"weeks_ago": 2}, 14, "days", True),
        ({"weeks_ago": 3}, 14, "days", False),
    ],
)
def test_a_coarser_unit_counts_as_its_recent_end(time, limit, unit, within):
    assert is_within(told(**time), limit, unit) is within
    assert is_past(told(**time), limit, unit) is not within


@pytest.mark.parametrize("unit", ["hours", "days", "weeks"])
def test_a_time_that_was_not_told_counts_as_met(unit):
    assert is_within(told(), 1, unit)
    assert is_past(told(), 1, unit)
