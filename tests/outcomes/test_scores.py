"""Each instrument's score, and what is refused, by example."""

from __future__ import annotations

import pytest

from unknot.errors import InputError
from unknot.outcomes import measure, score
from unknot.outcomes.measures import BUILT_IN, names

STATEMENTS = 24


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("nprs", 0, 0),
        ("nprs", 6.5, 6.5),
        ("nprs:temple:left", 10, 10),
        ("nprs_24h", [4, 2, 6], 4),
        ("pain_impact", [6, 4, 5], 5),
        ("psfs", {"stairs": 3}, 3),
        ("psfs", {"stairs": 3, "desk": 4, "shoes": 8}, 5),
        ("psfs", {"stairs": 3, "desk": None}, 3),
        ("groc", -5, -5),
        ("pgic", 7, 7),
        ("headache_days", 12, 12),
        ("headache_days", {"days": 8, "diary_days": 24}, 8),
        ("sane", 85, 85),
        ("rmdq", 11, 11),
        ("rmdq", [True] * 5 + [False] * 10 + [None] * 9, 5),
        ("ppt:upper_trapezius", 250, 250),
        ("ppt", [240, 250, 260], 250),
        ("arom_cervical:rotation_left", [60, 70], 65),
        ("arom_lumbar:flexion", 55, 55),
        ("ndi", 22, 22),
        ("peg", 5.5, 5.5),
        ("promis", 61.2, 61.2),
        ("phq4", 4, 4),
    ],
)
def test_a_score(kb, key, given, value):
    scored = score(key, given, kb)
    assert (scored.measure, scored.value) == (key, value)


def test_pain_extent_counts_left_and_right_apart(kb):
    there_are = sum(2 if region.sided else 1 for region in kb.regions.values())
    assert score("pain_extent", [], kb).value == 0
    assert score("pain_extent", ["temple:left", "temple:left", "sacrum"], kb).value == 200 / there_are
    assert score("pain_extent", ["temple"], kb).value == 200 / there_are
    assert score("pain_extent", list(kb.regions), kb).value == 100


def test_every_instrument_is_a_measure_but_the_line_on_others(kb):
    scored_as = {measure(name, kb).instrument.id for name in names(kb) if not name.startswith("arom")}
    scored_as |= {measure(f"{name}:flexion", kb).instrument.id for name in names(kb) if "arom" in name}
    assert set(kb.instruments) - scored_as == {"others_no"}


def test_only_what_may_be_built_in_is_asked_and_the_rest_gives_a_total(kb):
    asked = {instrument for instrument, _ in BUILT_IN.values()}
    assert {id_ for id_ in asked if kb.instruments[id_].embed != "yes"} == {"peg"}  # by its fallback
    assert "own 0-10 questions" in kb.instruments["peg"].fallback
    with pytest.raises(InputError, match="ndi must be a number, not a list"):
        score("ndi", [3, 2, 1], kb)


@pytest.mark.parametrize(
    ("key", "given", "says"),
    [
        ("nprs", 11, "nprs must lie between 0 and 10, not 11"),
        ("nprs", -0.1, "nprs must lie between 0 and 10, not -0.1"),
        ("nprs", float("nan"), "nprs must lie between 0 and 10, not nan"),
        ("nprs", float("inf"), "not inf"),
        ("nprs", 10**99, "a number of many digits"),
        ("nprs", "7", "nprs must be a number, not '7'"),
        ("nprs", True, "nprs must be a number, not true"),
        ("nprs", None, "nprs must be a number, not null"),
        ("nprs", "x" * 999, "not 'xxx"),
        ("groc", 2.5, "groc must be a whole number, not 2.5"),
        ("groc", 6, "between -5 and 5"),
        ("pgic", 0, "between 1 and 7"),
        ("nprs_24h", [4, 2], "needs all three answers"),
        ("pain_impact", [4, None, 2], "needs all three answers"),
        ("pain_impact", [4, 2, 11], r"pain_impact\[2\] must lie between"),
        ("pain_impact", 5, "pain_impact must be a list, not 5"),
        ("psfs", 5, "must be activities with their ratings"),
        ("psfs", {}, "psfs has no rating"),
        ("psfs", {"stairs": None}, "psfs has no rating"),
        ("psfs", {"stairs": 12}, r"psfs\.stairs must lie between"),
        ("psfs", {" ": 2}, "an activity has a name"),
        ("psfs", {"a\nb": 2}, "an activity has a name"),
        ("psfs", {str(n): 2 for n in range(6)}, "has 6 activities; rate 5 at most"),
        ("headache_days", 29, "between 0 and 28"),
        ("headache_days", {"days": 8, "diary_days": 23}, "23 days of diary are too few; 24 are needed"),
        ("headache_days", {"days": 26, "diary_days": 25}, r"headache_days\.days must lie between 0 and 25"),
        ("headache_days", {"days": 8}, "must be a number of days, or"),
        ("rmdq", [True] * 23, "23 statements, not 24"),
        ("rmdq", [1] * STATEMENTS, r"rmdq\[0\] must be true, false or null, not 1"),
        ("rmdq", 25, "between 0 and 24"),
        ("pain_extent", "temple", "must be a list"),
        ("pain_extent", [7], r"pain_extent\[0\] must be a place"),
        ("pain_extent", ["temple:middle"], r"pain_extent\[0\]: unknown side"),
        ("ppt", [], "one to three readings"),
        ("ppt", [1, 2, 3, 4], "one to three readings"),
        ("ppt", [300, 20_000], r"ppt\[1\] must lie between 0 and 2000"),
        ("arom_cervical", 40, "say which motion"),
        ("arom_cervical:twisting", 40, "say which motion"),
        ("hit6", 35, "between 36 and 78"),
        ("nprs:", 3, "after the colon"),
        ("nprs:a\nb", 3, "on one line"),
        ("n" * 999, 3, "at most 120 characters"),
        ("nprz", 3, "unknown measure 'nprz'; did you mean nprs"),
        ("others_no", 3, "unknown measure"),
    ],
)
def test_what_is_no_such_answer_is_named_in_one_line(kb, key, given, says):
    with pytest.raises(InputError, match=says) as refused:
        score(key, given, kb)
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < 400


def test_the_field_is_named_as_the_caller_names_it(kb):
    with pytest.raises(InputError, match=r"^visits\[2\]\.pain must lie between 0 and 10, not 11$"):
        score("nprs", 11, kb, where="visits[2].pain")


def test_a_number_of_very_many_digits_is_refused_too(kb):
    with pytest.raises(InputError, match="a number of many digits"):
        score("nprs", 10**5000, kb)
