"""
One algebra of time: sets of instants, as sorted, disjoint, half-open intervals of whole seconds.

An `Intervals` is canonical: its intervals are not empty, in order, and neither overlap nor touch. So two of
them are equal exactly when they hold the same instants. Every function but `canonical` takes and gives
canonical ones, in time linear in their lengths.
"""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[int, int]
"""From the first number, included, to the second, not included."""

Intervals = tuple[Interval, ...]


def canonical(pairs: Iterable[Interval]) -> Intervals:
    """
    The instants of any intervals, in whatever order; one that ends where it begins, or before, holds none.

    >>> canonical([(5, 9), (1, 3), (3, 4), (7, 7)])
    ((1, 4), (5, 9))
    """
    ordered = sorted(pairs)
    if not ordered:
        return ()
    merged: list[Interval] = []
    begun = reach = ordered[0][0]
    for start, end in ordered:
        if start > reach:
            if begun < reach:
                merged.append((begun, reach))
            begun = reach = start
        if end > reach:  # noqa: PLR1730 - max() takes twice as long, and this is the inmost loop
            reach = end
    if begun < reach:
        merged.append((begun, reach))
    return tuple(merged)


def union(one: Intervals, other: Intervals) -> Intervals:
    """
    Every instant of either.

    >>> union(((1, 3), (8, 9)), ((3, 5),))
    ((1, 5), (8, 9))
    """
    return canonical((*one, *other))


def intersection(one: Intervals, other: Intervals) -> Intervals:
    """
    Every instant of both.

    >>> intersection(((1, 5), (8, 12)), ((4, 10),))
    ((4, 5), (8, 10))
    """
    found: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def difference(one: Intervals, other: Intervals) -> Intervals:
    """
    Every instant of the first that the second lacks.

    >>> difference(((1, 10),), ((3, 4), (8, 12)))
    ((1, 3), (4, 8))
    """
    left: list[Interval] = []
    j = 0
    for start, end in one:
        at = start
        while j < len(other) and other[j][0] < end:
            taken_start, taken_end = other[j]
            if at < taken_start:
                left.append((at, taken_start))
            at = max(at, taken_end)
            if taken_end > end:
                break  # the next of the first set may meet it too
            j += 1
        if at < end:
            left.append((at, end))
    return tuple(left)


def holds(instants: Intervals, instant: int) -> bool:
    """
    Whether an instant is among them.

    >>> holds(((1, 3),), 1), holds(((1, 3),), 3)
    (True, False)
    """
    return any(start <= instant < end for start, end in instants)
