"""Dividing candidates into "check first" and "also possible"."""

from __future__ import annotations

import pytest

from unknot.reasoning import Candidate, Reasoning, check_first
from unknot.reasoning.check_first import MOST_FIRST


def candidate(muscle, probability, explains, side="left"):
    return Candidate(muscle, side, ("TrP1",), probability, explains, (), ())


def divided(*candidates):
    ranked = check_first(Reasoning(candidates, (), (), ()))
    return [c.muscle for c in ranked.check_first], [c.muscle for c in ranked.also_possible]


def test_the_likeliest_and_those_half_as_likely_come_first():
    a, b, c = (
        candidate(m, p, {"sacrum": s}) for m, p, s in (("a", 0.6, 0.5), ("b", 0.3, 0.2), ("c", 0.29, 0.2))
    )
    assert divided(a, b, c) == (["a", "b"], ["c"])


def test_the_best_explanations_of_a_second_pain_are_not_forgotten():
    a = candidate("a", 0.9, {"temple:left": 0.9})
    b = candidate("b", 0.3, {"heel:left": 0.3})
    c = candidate("c", 0.2, {"heel:left": 0.15})
    d = candidate("d", 0.1, {"heel:left": 0.14})
    assert divided(a, b, c, d) == (["a", "b", "c"], ["d"])


def test_a_place_that_a_likely_candidate_explains_needs_no_other():
    a = candidate("a", 0.9, {"temple:left": 0.9, "heel:left": 0.4})
    b = candidate("b", 0.3, {"heel:left": 0.5})
    assert divided(a, b) == (["a"], ["b"])


def test_a_very_poor_best_explanation_is_only_possible():
    assert divided(candidate("a", 0.9, {"temple:left": 0.9}), candidate("b", 0.2, {"heel:left": 0.09})) == (
        ["a"],
        ["b"],
    )


def test_the_best_explanation_of_a_place_stays_among_more_than_six():
    many = [candidate(f"m{n}", 0.9, {"sacrum": 0.1}) for n in range(7)]
    last = candidate("last", 0.1, {"heel:left": 0.2})
    assert "last" in divided(*many, last)[0]


def test_no_more_than_six_unless_equally_likely():
    falling = [candidate(f"m{n}", 0.9 - n / 100, {"sacrum": 0.1}) for n in range(9)]
    assert len(divided(*falling)[0]) == MOST_FIRST
    equal = [candidate(f"m{n}", 0.5, {"sacrum": 0.1}) for n in range(9)]
    assert len(divided(*equal)[0]) == 9


def test_nothing_to_divide():
    assert divided() == ([], [])


@pytest.mark.parametrize("regions", [{"sacrum": 5}, {"temple": 4, "low_back:left": 7}])
def test_nobody_is_lost_and_the_likeliest_is_first(regions, think):
    told = think(regions)
    ranked = check_first(told)
    assert ranked.check_first[0] == told.candidates[0]
    assert sorted((*ranked.check_first, *ranked.also_possible), key=told.candidates.index) == list(
        told.candidates
    )
