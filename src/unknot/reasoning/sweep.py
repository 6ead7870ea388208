"""The order in which the exact way goes over a piece: few findings open at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from unknot.reasoning.pieces import Piece, bits_of, mask


@dataclass(frozen=True, slots=True)
class Apply:
    """Let a group act; ``slots`` says in which bit of the table each finding that it reaches is kept."""

    group: int
    slots: dict[int, int]


@dataclass(frozen=True, slots=True)
class Leave:
    """A finding has met all its groups: it must be on by now, and its slot is free again."""

    finding: int
    slot: int


@dataclass(slots=True)
class Sweep:
    """Steps in their order, and how many slots they need at most."""

    steps: list[Apply | Leave] = field(default_factory=list)
    width: int = 1


def sweep(piece: Piece, widest: int) -> Sweep | None:
    """
    A sweep over the groups that reach two findings or more; None where it needs more than ``widest`` slots.

    Greedy: next comes the finding whose remaining groups leave the fewest findings open.
    """
    planner = _Planner(piece)
    while planner.waiting:
        planner.finish(planner.easiest())
        if planner.plan.width > widest:
            return None
    return planner.plan


class _Planner:
    def __init__(self, piece: Piece) -> None:
        self.reaches = {g: reach for g, reach in enumerate(piece.reaches) if reach.bit_count() > 1}
        self.waiting = {
            finding: [g for g, reach in self.reaches.items() if reach >> finding & 1]
            for finding in range(len(piece.leaks))
        }
        self.slots: dict[int, int] = {}
        self.plan = Sweep()

    def easiest(self) -> int:
        """The finding that can be finished with the narrowest front."""
        front = mask(self.slots)

        def width(finding: int) -> int:
            opened = front | 1 << finding
            for group in self.waiting[finding]:
                opened |= self.reaches[group]
            return opened.bit_count()

        return min(self.waiting, key=width)

    def finish(self, finding: int) -> None:
        """Let all groups act that reach the finding, the narrowest first; let go what is complete."""
        self._open(finding)
        front = mask(self.slots)
        for group in sorted(self.waiting[finding], key=lambda g: (self.reaches[g] & ~front).bit_count()):
            reached = bits_of(self.reaches[group])
            for other in reached:
                self._open(other)
                self.waiting[other].remove(group)
            self.plan.steps.append(Apply(group, {other: self.slots[other] for other in reached}))
            for other in reached:
                if not self.waiting[other]:
                    self._leave(other)
        if finding in self.waiting:
            self._leave(finding)

    def _open(self, finding: int) -> None:
        if finding not in self.slots:
            taken = set(self.slots.values())
            self.slots[finding] = next(slot for slot in count() if slot not in taken)
            self.plan.width = max(self.plan.width, len(self.slots))

    def _leave(self, finding: int) -> None:
        del self.waiting[finding]
        self.plan.steps.append(Leave(finding, self.slots.pop(finding)))
