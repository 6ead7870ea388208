"""Synthetic traces."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from unknot.pressure import Trace, trace_of


def forces(rate_hz: float, *corners: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Times and forces that go straight from corner to corner."""
    seconds, newtons = zip(*corners, strict=True)
    time = np.arange(0, seconds[-1], 1 / rate_hz)
    return time, np.interp(time, seconds, newtons)


@pytest.fixture
def drawn() -> Callable[..., Trace]:
    """A trace that goes straight from corner to corner, (seconds, newtons), with a little noise."""

    def draw(*corners: tuple[float, float], rate_hz: float = 100, noise: float = 0.01, offset_n: float = 0.0):
        time, force = forces(rate_hz, *corners)
        chance = np.random.default_rng(7).standard_normal((2, len(time)))
        return trace_of(time, force * (1 + noise * chance[0]) + 0.03 * chance[1] + offset_n)

    return draw


@pytest.fixture
def one_hold() -> tuple[np.ndarray, np.ndarray]:
    """20 N, from 2.9 s (a tenth below) to 23 s, at 100 samples a second, without noise."""
    return forces(100, (0, 0), (2, 0), (3, 20), (23, 20), (24, 0), (26, 0))
