"""
Pieces of the network that can be solved apart: drawn places joined by the muscles that send pain to several.

A piece is plain numbers, so that every way of solving it can be checked against every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Link = tuple[int, float]
"""Index of a finding in its piece, and the chance that the cause makes it present."""


@dataclass(frozen=True, slots=True)
class PointIn:
    """A cause in a piece: its chance before the piece's findings, and its links to them."""

    prior: float
    links: tuple[Link, ...]


Group = tuple[PointIn, ...]
"""The causes of one muscle; asked for each of them, and for "at least one"."""


@dataclass(frozen=True)
class Piece:
    """
    Findings that are all present, with their leaks, and the groups of causes that may explain them.

    Priors, links and leaks lie in (0, 1). A cause has at most one link to a finding, and may have none; a
    group has at least one.
    """

    leaks: tuple[float, ...]
    groups: tuple[Group, ...]

    @cached_property
    def reaches(self) -> tuple[int, ...]:
        """For each group the findings that it may explain, as a bit mask."""
        return tuple(mask(finding for point in group for finding, _ in point.links) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Posterior:
    """For each group: the chance of each of its causes, and of at least one of them."""

    points: tuple[tuple[float, ...], ...]
    at_least_one: tuple[float, ...]


def mask(indices: Iterable[int]) -> int:
    """A bit mask with these bits set."""
    bits = 0
    for index in indices:
        bits |= 1 << index
    return bits


def bits_of(bits: int) -> list[int]:
    """The indices of the set bits, ascending."""
    return [index for index in range(bits.bit_length()) if bits >> index & 1]


def joined(reaches: Sequence[int], findings: int) -> list[int]:
    """
    The findings 0 … ``findings`` - 1 in parts (bit masks) that no reach connects, by their first finding.

    >>> joined([0b0011, 0b0110, 0b1000], 5) == [0b00111, 0b01000, 0b10000]
    True
    """
    parts = [1 << finding for finding in range(findings)]
    for reach in reaches:
        meeting = [part for part in parts if part & reach]
        if len(meeting) > 1:
            whole = 0
            for part in meeting:
                whole |= part
            parts = [part for part in parts if not part & reach] + [whole]
    return sorted(parts, key=lambda part: part & -part)
