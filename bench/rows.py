"""What a bench measures: rows of the table that ``make bench`` prints."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Row:
    """
    One line of the table: what was measured, what it must be, and how it stands beside another row.

    The target counts for ``p95`` where there is one, else for ``median``: as the most, or with ``at_least``
    as the least. Without a target the row is for information.
    """

    name: str
    median: float
    p95: float | None = None
    target: float | None = None
    unit: str = "ms"
    at_least: bool = False
    a_second: float | None = None
    beside: Row | None = None

    @property
    def ratio(self) -> float | None:
        """What was measured as a part of the target."""
        measured = self.median if self.p95 is None else self.p95
        return measured / self.target if self.target else None

    @property
    def is_met(self) -> bool:
        """Whether the target is met; so it is where there is none."""
        return self.ratio is None or (self.ratio >= 1 if self.at_least else self.ratio <= 1)

    def beside_row(self, other: Row) -> Row:
        """The same row, compared with another that was measured in the same run."""
        return replace(self, beside=other)


def of_times(name: str, seconds: Iterable[float], target_ms: float | None = None) -> Row:
    """A row in milliseconds from measured seconds (one or more); p95 by nearest rank."""
    times = sorted(1000 * second for second in seconds)
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    return Row(name, times[len(times) // 2], p95, target_ms)


def timed(call: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_turn(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each call in so many rounds; one after the other, so that what disturbs one disturbs all."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            taken[name].append(timed(call))
    return taken
