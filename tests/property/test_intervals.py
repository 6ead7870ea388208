"""The laws of the algebra, and its agreement with plain sets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unknot.scheduling.intervals import Intervals, canonical, difference, holds, intersection, union

WORLD: Intervals = ((-5, 45),)
pairs = st.lists(st.tuples(st.integers(-5, 44), st.integers(-5, 45)), max_size=8)
sets = pairs.map(lambda found: intersection(canonical(found), WORLD))


def members(intervals: Intervals) -> set[int]:
    return {instant for start, end in intervals for instant in range(start, end)}


def complement(intervals: Intervals) -> Intervals:
    return difference(WORLD, intervals)


def is_canonical(intervals: Intervals) -> bool:
    edges = [edge for interval in intervals for edge in interval]
    return edges == sorted(set(edges))


@given(pairs)
def test_canonical_holds_what_was_given(found):
    made = canonical(found)
    assert is_canonical(made)
    assert members(made) == {i for start, end in found for i in range(start, end)}


@given(sets)
def test_canonical_changes_nothing_that_is(one):
    assert canonical(one) == one
    assert canonical(reversed(one)) == one


@given(sets, sets)
def test_each_operation_is_that_of_sets(one, other):
    for operation, meant in (
        (union, set.union),
        (intersection, set.intersection),
        (difference, set.difference),
    ):
        made = operation(one, other)
        assert is_canonical(made)
        assert members(made) == meant(members(one), members(other))


@given(sets, st.integers(-6, 46))
def test_holds_agrees_with_membership(one, instant):
    assert holds(one, instant) == (instant in members(one))


@given(sets)
def test_identity_and_idempotence(one):
    assert union(one, ()) == intersection(one, WORLD) == union(one, one) == intersection(one, one) == one
    assert difference(one, ()) == one
    assert intersection(one, ()) == difference(one, one) == ()


@given(sets, sets, sets)
def test_associative_commutative_distributive(one, two, three):
    assert union(union(one, two), three) == union(one, union(two, three))
    assert intersection(intersection(one, two), three) == intersection(one, intersection(two, three))
    assert union(one, two) == union(two, one)
    assert intersection(one, two) == intersection(two, one)
    assert intersection(one, union(two, three)) == union(intersection(one, two), intersection(one, three))
    assert union(one, intersection(two, three)) == intersection(union(one, two), union(one, three))


@given(sets, sets)
def test_de_morgan_and_double_complement(one, two):
    assert complement(union(one, two)) == intersection(complement(one), complement(two))
    assert complement(intersection(one, two)) == union(complement(one), complement(two))
    assert complement(complement(one)) == one
    assert difference(one, two) == intersection(one, complement(two))
