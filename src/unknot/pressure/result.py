"""What a force trace says: its holds, and what stood in the way of reading it."""

from __future__ import annotations

from math import isfinite
from typing import Literal

import msgspec

from unknot.errors import InputError

Steadiness = Literal["steady", "drifting", "trembling"]

SHORTEST_HOLD_S = 3.0
"""Force on one level is a hold from here on."""


class Target(msgspec.Struct, frozen=True):
    """
    How long a hold should last, in seconds, both limits included.

    The usual 10-30 s are the trade's convention (`hold_rule_basis` in `techniques.toml`); no trial sets them.

    Raises InputError where the range is empty or no hold can lie in it.
    """

    least_s: float = 10.0
    most_s: float = 30.0

    def __post_init__(self) -> None:
        """Check the range."""
        if not (isfinite(self.most_s) and 0 < self.least_s <= self.most_s):
            raise InputError(
                f"a target is a range of seconds such as 10-30, not {self.least_s:g}-{self.most_s:g}"
            )
        if self.most_s < SHORTEST_HOLD_S:
            raise InputError(f"no hold is shorter than {SHORTEST_HOLD_S:g} s: the target must reach beyond")


USUAL = Target()


class Hold(msgspec.Struct, frozen=True):
    """
    Force kept on one level.

    ``start_s`` and ``end_s`` are in the trace's own clock, ``seconds`` is what lies between them, ``mean_n``
    the mean force in newtons with the sensor's offset taken off. ``within_target`` is whether it lasted as
    long as it should.
    """

    start_s: float
    end_s: float
    seconds: float
    mean_n: float
    steadiness: Steadiness
    within_target: bool


class Reading(msgspec.Struct, frozen=True):
    """The holds of a trace in order of time, and in words what was left out or could not be told."""

    holds: tuple[Hold, ...]
    warnings: tuple[str, ...]
