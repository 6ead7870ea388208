"""
Was the pressure steady? The drift from first to last third, and the tremor between 4 and 14 Hz.

The band is the practice's convention. The tremor of a hand that keeps a force has its peak within it, near
8-10 Hz (Sutton & Sykes 1967, J Physiol, doi:10.1113/jphysiol.1967.sp008276; read in its abstract), and grows
with the force; so it's measured as they did, by its root mean square, and beside the mean force.
"""

from __future__ import annotations

import msgspec
import numpy as np

from unknot.pressure.result import Steadiness
from unknot.pressure.trace import Floats

DRIFT_SHARE = 0.12
TREMOR_SHARE = 0.03
TREMOR_HZ = (4.0, 14.0)
BESIDE_HZ = (2.0, 3.5, 14.5)
"""Beside the band: between the first two, and above the third."""
SLOWEST_HZ = 2 * TREMOR_HZ[1]
"""The least samples a second in which 14 Hz show."""
HERTZ_FORGIVEN = 0.5
STRETCH_S = 4.0


class Motion(msgspec.Struct, frozen=True):
    """
    How force moves in a hold, both as shares of its mean.

    ``drift`` is the mean of the last third less that of the first. ``tremor`` is the root mean square between
    4 and 14 Hz with the sensor's own noise taken off; None where there are too few samples a second.
    """

    drift: float
    tremor: float | None

    @property
    def is_drifting(self) -> bool:
        """Whether it sags or climbs by more than 12 %."""
        return abs(self.drift) > DRIFT_SHARE

    @property
    def is_trembling(self) -> bool:
        """Whether it trembles by more than 3 %."""
        return self.tremor is not None and self.tremor > TREMOR_SHARE

    @property
    def steadiness(self) -> Steadiness:
        """In a word; trembling counts more, since numbers don't show it."""
        if self.is_trembling:
            return "trembling"
        return "drifting" if self.is_drifting else "steady"


def motion_of(time_s: Floats, force_n: Floats, *, rate_hz: float) -> Motion:
    """
    How the samples of one hold move; ``force_n`` has no offset, and ``rate_hz`` is the samples a second.

    Times may lie unevenly: the drift is taken by time, the tremor from forces straight between the samples.
    """
    count = max(3, round((time_s[-1] - time_s[0]) * rate_hz) + 1)
    even_s = np.linspace(time_s[0], time_s[-1], count)
    even_n = np.interp(even_s, time_s, force_n)
    mean = float(even_n.mean())
    third = count // 3
    drift = float(even_n[-third:].mean() - even_n[:third].mean()) / mean
    if rate_hz < SLOWEST_HZ - HERTZ_FORGIVEN:
        return Motion(drift, None)
    return Motion(drift, _tremor_n(even_n, rate_hz) / mean)


def _tremor_n(force: Floats, rate_hz: float) -> float:
    """The root mean square within the band, beyond what noise of all frequencies would bring there."""
    hertz, density, stretches = _spectrum(force, rate_hz)
    within = (hertz >= TREMOR_HZ[0]) & (hertz <= TREMOR_HZ[1])
    first, last, above = BESIDE_HZ
    beside = (hertz >= first) & (hertz <= last) | (hertz >= above)
    noise = min(float(np.median(density[part])) for part in (within, beside)) / _median_share(stretches)
    beyond = float((density[within] - noise).sum() * (hertz[1] - hertz[0]))
    return float(np.sqrt(max(0.0, beyond)))


def _median_share(stretches: int) -> float:
    """
    How far below its mean the median of a noise's density lies, which skews less the more stretches it is of.

    Of a chi-squared value of k degrees of freedom the median is about k (1 - 2 / 9k) ** 3 (Wilson & Hilferty
    1931, PNAS 17:684-688). Each stretch on its own adds two; of stretches that half overlap, each second is.
    """
    return (1 - 2 / (9 * (stretches + 1))) ** 3


def _spectrum(force: Floats, rate_hz: float) -> tuple[Floats, Floats, int]:
    """
    Hertz, force squared a hertz, and the number of stretches that this is the mean of.

    Welch's method (1967): stretches of 4 s that half overlap, each without its line and under a Hann window;
    scaled so that the sum over all hertz is the variance.
    """
    width = min(len(force), round(STRETCH_S * rate_hz))
    stretches = np.lib.stride_tricks.sliding_window_view(force, width)[:: max(1, width // 2)]
    window = np.hanning(width).astype(np.float64)
    power = np.abs(np.fft.rfft(_without_line(stretches) * window, axis=1)) ** 2
    density: Floats = 2 * power.mean(axis=0) / (rate_hz * (window**2).sum())
    return np.arange(len(density), dtype=np.float64) * (rate_hz / width), density, len(stretches)


def _without_line(stretches: Floats) -> Floats:
    across = np.linspace(-1, 1, stretches.shape[1])
    slopes = stretches @ across / (across @ across)
    left: Floats = stretches - stretches.mean(axis=1, keepdims=True) - np.outer(slopes, across)
    return left
