"""What a plot gets: points, band and line, and nothing that nobody gave."""

from __future__ import annotations

from unknot.outcomes import Verdict, measure, series


def drawn(ratings, key, kb):
    return series(ratings, measure(key, kb), kb)


def test_the_band_lies_around_the_baseline_and_the_line_where_change_matters(kb, rated):
    found = drawn(rated(nprs=[8, 7, 6, 5]), "nprs", kb)
    assert (found.baseline, found.band, found.line) == (8, (6, 10), 5)
    assert [p.verdict for p in found.points] == [
        None,
        Verdict.WITHIN_NOISE,
        Verdict.BETTER,
        Verdict.MEANINGFULLY_BETTER,
    ]


def test_getting_worse_has_a_line_as_far_from_the_baseline(kb, rated):
    assert drawn(rated(nprs=[4, 7]), "nprs", kb).worse_line == 6
    assert drawn(rated(nprs=[8, 9]), "nprs", kb).worse_line is None  # the scale ends before it
    psfs = drawn(rated(psfs=[{"stairs": 6, "desk": 6}, {"stairs": 3, "desk": 3}]), "psfs", kb)
    assert psfs.worse_line < psfs.baseline < psfs.line


def test_where_a_higher_score_is_better_the_line_lies_above(kb, rated):
    found = drawn(rated(sane=[40, 60]), "sane", kb)
    assert (found.band, found.line, found.direction) == ((25, 55), 55, "higher")


def test_where_measurement_error_is_the_larger_the_line_is_its_edge(kb, rated):
    found = drawn(rated(pain_impact=[[5, 5, 5], [4, 4, 4]]), "pain_impact", kb)
    assert found.line == found.band[0] == 5 - 2.2


def test_in_the_neck_the_band_is_wider(kb, rated):
    found = drawn(rated(part="neck", nprs=[7, 5]), "nprs", kb)
    assert (found.band, found.line) == ((3, 10), 3)


def test_a_single_activity_has_a_wider_band_than_several(kb, rated):
    assert drawn(rated(psfs=[{"stairs": 4}, {"stairs": 5}]), "psfs", kb).band == (1, 7)
    assert drawn(rated(psfs=[{"stairs": 4, "desk": 4}, {"stairs": 5}]), "psfs", kb).band == (2, 6)


def test_too_mild_a_baseline_has_no_line(kb, rated):
    found = drawn(rated(nprs=[1, 1]), "nprs", kb)
    assert (found.band, found.line) == ((0, 3), None)


def test_a_missing_score_stays_missing(kb, rated):
    found = drawn(rated(nprs=[7, None, ..., 4]), "nprs", kb)
    assert [(p.sessions, p.value, p.verdict) for p in found.points] == [
        (0, 7, None),
        (1, None, None),
        (3, 4, Verdict.MEANINGFULLY_BETTER),
    ]


def test_without_a_baseline_there_is_neither_band_nor_line_nor_verdict(kb, rated):
    found = drawn(rated(nprs=[None, 6, 4]), "nprs", kb)
    assert (found.baseline, found.band, found.line) == (None, None, None)
    assert [p.verdict for p in found.points] == [None, None, None]
    assert [p.value for p in found.points] == [None, 6, 4]


def test_without_a_known_error_there_is_no_band(kb, rated):
    found = drawn(rated(pain_extent=[["temple"], []]), "pain_extent", kb)
    assert (found.band, found.line) == (None, None)
    assert found.points[-1].verdict is Verdict.NOT_JUDGED


def test_without_a_known_worthwhile_change_there_is_a_band_and_no_line(kb, rated):
    found = drawn(rated(ppt=[250, 400]), "ppt", kb)
    assert (found.band, found.line) == ((150, 350), None)


def test_a_rating_of_change_lies_around_no_change(kb, rated):
    found = drawn(rated(nprs=[5, 5], groc=[..., 1]), "groc", kb)
    assert (found.baseline, found.band, found.line) == (0, (-2, 2), 2)
    assert [p.sessions for p in found.points] == [1]


def test_activities_left_out_are_named(kb, rated):
    ratings = rated(psfs=[{"stairs": 2, "desk": 4}, {"stairs": 6, "desk": None}, {"run": 1}])
    found = drawn(ratings, "psfs", kb)
    assert [(p.value, p.not_rated) for p in found.points] == [(3, ()), (6, ("desk",)), (1, ())]
    assert [p.verdict for p in found.points] == [None, Verdict.MEANINGFULLY_BETTER, None]
