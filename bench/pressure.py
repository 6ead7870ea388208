"""How long a force trace takes: ten minutes at 100 samples a second, 25 holds in it."""

from __future__ import annotations

import numpy as np
from rows import Row, in_turn, of_times

from unknot.pressure import find_holds, read_trace, trace_of
from unknot.pressure.plot import render_trace

ROUNDS = 30
TARGET_MS = 100
SECONDS, RATE_HZ = 600, 100
HOLDS = "holds of ten minutes at 100 Hz"


def run() -> list[Row]:
    """The holds alone, then what comes before and after them."""
    time = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    force = _force(time)
    lines = (f"{t:.2f},{f:.3f}" for t, f in zip(time, force, strict=True))
    content = "\n".join(["time_s,force_n", *lines]).encode()
    trace = trace_of(time, force)
    reading = find_holds(trace)
    seconds = in_turn(
        {
            HOLDS: lambda: find_holds(trace),
            "its file read": lambda: read_trace(content),
            "its picture": lambda: render_trace(trace, reading, title="", id_prefix="bench"),
        },
        ROUNDS,
    )
    first = of_times(HOLDS, seconds.pop(HOLDS), TARGET_MS)
    return [first, *(of_times(name, taken).beside_row(first) for name, taken in seconds.items())]


def _force(time: np.ndarray) -> np.ndarray:
    """A hold of 15 s every 24 s, with the noise of a sensor and a little tremor."""
    chance = np.random.default_rng(1).standard_normal(len(time))
    pressed = np.interp(time % 24, [2, 3, 18, 19], [0, 25, 25, 0])
    return pressed * (1 + 0.01 * np.sin(2 * np.pi * 9 * time)) + 0.3 * chance
