"""The steps of the interpretation, each with a near miss."""

from __future__ import annotations

import pytest

from unknot.errors import InputError
from unknot.outcomes import Verdict, change, measure, score
from unknot.outcomes.change import start_of


@pytest.fixture
def changed(kb):
    def of(key, before, now, **where):
        return change(score(key, before, kb), score(key, now, kb), kb, **where)

    return of


@pytest.mark.parametrize(
    ("key", "before", "now", "verdict"),
    [
        ("nprs", 7, 5, Verdict.MEANINGFULLY_BETTER),
        ("nprs", 7, 5.1, Verdict.WITHIN_NOISE),
        ("nprs", 7, 7, Verdict.WITHIN_NOISE),
        ("nprs", 7, 8.9, Verdict.WITHIN_NOISE),
        ("nprs", 7, 9, Verdict.MEANINGFULLY_WORSE),
        ("nprs", 8, 6, Verdict.BETTER),  # from 8 on, people call 3 points worthwhile
        ("nprs", 8, 5, Verdict.MEANINGFULLY_BETTER),
        ("nprs", 8, 10, Verdict.WORSE),
        ("nprs", 4, 3, Verdict.WITHIN_NOISE),  # the mcid is 1 here, and the mdc decides
        ("nprs", 4, 2, Verdict.MEANINGFULLY_BETTER),
        ("psfs", {"stairs": 3, "desk": 4}, {"stairs": 5, "desk": 6}, Verdict.MEANINGFULLY_BETTER),
        ("psfs", {"stairs": 3, "desk": 4}, {"stairs": 5, "desk": 5.9}, Verdict.WITHIN_NOISE),
        ("psfs", {"stairs": 5, "desk": 6}, {"stairs": 3, "desk": 4}, Verdict.MEANINGFULLY_WORSE),
        ("psfs", {"stairs": 3}, {"stairs": 5.9}, Verdict.WITHIN_NOISE),  # one activity is noisier
        ("psfs", {"stairs": 3}, {"stairs": 6}, Verdict.MEANINGFULLY_BETTER),
        ("pain_impact", [5, 5, 5], [3, 3, 2], Verdict.MEANINGFULLY_BETTER),
        ("pain_impact", [5, 5, 5], [3, 3, 3], Verdict.WITHIN_NOISE),  # above its mcid of 1, below its mdc
        ("rmdq", 20, 14, Verdict.BETTER),
        ("rmdq", 20, 11, Verdict.MEANINGFULLY_BETTER),
        ("rmdq", 8, 4, Verdict.WITHIN_NOISE),
        ("ppt", 200, 300, Verdict.BETTER),  # no mcid is known
        ("ppt", 200, 299, Verdict.WITHIN_NOISE),
        ("ppt", 300, 200, Verdict.WORSE),
        ("ndi", 30, 23, Verdict.MEANINGFULLY_BETTER),
        ("ndi", 30, 25, Verdict.BETTER),
        ("pain_extent", ["temple"], [], Verdict.NOT_JUDGED),
        ("promis", 70, 50, Verdict.NOT_JUDGED),  # without an mdc nobody can say what is noise
    ],
)
def test_a_verdict(changed, key, before, now, verdict):
    assert changed(key, before, now).verdict is verdict


def test_means_of_thirds_are_no_less_than_their_limit(changed):
    before, now = {"a": 3, "b": 3, "c": 4}, {"a": 5, "b": 5, "c": 6}
    assert changed("psfs", before, now).better_by == 2
    assert changed("psfs", before, now).verdict is Verdict.MEANINGFULLY_BETTER


def test_points_and_percent_are_in_the_good_direction(changed):
    pain, function = changed("nprs", 8, 6), changed("sane", 40, 60)
    assert (pain.better_by, pain.percent) == (2, 25)
    assert (function.better_by, function.percent) == (20, 50)
    assert (changed("nprs", 5, 6).better_by, changed("nprs", 5, 6).percent) == (-1, -20)


def test_from_a_baseline_of_zero_there_is_no_percentage(changed):
    assert changed("nprs", 0, 3).percent is None
    assert changed("psfs", {"a": 0, "b": 0}, {"a": 4, "b": 2}).percent is None
    assert changed("psfs", {"a": 0, "b": 0}, {"a": 4, "b": 2}).better_by == 3


def test_the_neck_is_noisier_and_only_for_pain_intensity(changed):
    assert changed("nprs", 7, 4, part="neck").verdict is Verdict.WITHIN_NOISE
    assert changed("nprs", 7, 3, part="neck").verdict is Verdict.MEANINGFULLY_BETTER
    assert changed("nprs", 7, 4, part="low_back").verdict is Verdict.MEANINGFULLY_BETTER
    assert changed("sane", 40, 60, part="neck").verdict is Verdict.MEANINGFULLY_BETTER


@pytest.mark.parametrize(
    ("key", "before", "part", "too_mild"),
    [
        ("nprs", 1, None, True),
        ("nprs", 2, None, False),
        ("nprs", 0, None, True),
        ("nprs", 3, "neck", True),
        ("nprs", 4, "neck", False),
        ("sane", 86, None, True),
        ("sane", 85, None, False),
        ("pain_extent", [], None, False),
    ],
)
def test_too_mild_to_show_improvement(changed, key, before, part, too_mild):
    assert changed(key, before, before, part=part).too_mild is too_mild


def test_only_activities_rated_both_times_are_compared_and_the_others_named(changed):
    found = changed("psfs", {"stairs": 2, "desk": 9, "shoes": 4}, {"stairs": 5, "shoes": 6, "run": 1})
    assert (found.baseline, found.now, found.better_by) == (3, 5.5, 2.5)
    assert found.not_rated == ("desk",)


def test_without_an_activity_in_common_nothing_is_compared(changed):
    with pytest.raises(InputError, match="no activity was rated both times"):
        changed("psfs", {"stairs": 2}, {"desk": 5})


def test_only_like_is_compared_with_like(kb):
    with pytest.raises(InputError, match="nprs can't be compared with nprs_24h: only like with like"):
        change(score("nprs_24h", [5, 5, 5], kb), score("nprs", 5, kb), kb)
    with pytest.raises(InputError, match="only like with like"):
        change(score("nprs:left", 5, kb), score("nprs:right", 5, kb), kb)


def test_a_rating_of_change_counts_from_no_change(kb):
    groc, pgic = measure("groc", kb), measure("pgic", kb)
    assert change(start_of(groc), score("groc", 2, kb), kb).verdict is Verdict.MEANINGFULLY_BETTER
    assert change(start_of(groc), score("groc", 1, kb), kb).verdict is Verdict.WITHIN_NOISE
    assert change(start_of(groc), score("groc", -2, kb), kb).verdict is Verdict.MEANINGFULLY_WORSE
    seven = change(start_of(pgic), score("pgic", 2, kb), kb)
    assert (seven.better_by, seven.percent, seven.verdict) == (2, None, Verdict.NOT_JUDGED)
    with pytest.raises(InputError, match="nprs starts from a rating of its own"):
        start_of(measure("nprs", kb))
