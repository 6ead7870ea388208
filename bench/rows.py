"""What a bench measures: rows of the table that ``make bench`` prints."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """
    One line of the table: what was measured, and what it must be.

    The target counts for ``p95`` where there is one, else for ``median``: as the most, or with ``at_least``
    as the least. Without a target the row is for information.
    """

    name: str
    median: float
    p95: float | None = None
    target: float | None = None
    unit: str = "ms"
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """What was measured as a part of the target."""
        measured = self.median if self.p95 is None else self.p95
        return measured / self.target if self.target else None

    @property
    def is_met(self) -> bool:
        """Whether the target is met; so it is where there is none."""
        return self.ratio is None or (self.ratio >= 1 if self.at_least else self.ratio <= 1)


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
