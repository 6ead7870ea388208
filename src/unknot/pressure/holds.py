"""Holds found in a force trace, each with its level, its steadiness and its verdict."""

from __future__ import annotations

import numpy as np

from unknot.pressure.levels import pieces, touch_n, zero_of
from unknot.pressure.result import USUAL, Hold, Reading, Target
from unknot.pressure.spans import LONG_HOLE_S, Span, spans_of
from unknot.pressure.steadiness import SLOWEST_HZ, Motion, motion_of
from unknot.pressure.trace import Hole, Trace, holes

VERDICT_FORGIVEN_S = 0.2
"""Start and end are known to about a tenth of a second each."""
FEWEST_SAMPLES = 3
CLOCK_FORGIVEN_S = 1e-6
"""A clock in seconds since 1970 is no finer than this."""


def find_holds(trace: Trace, target: Target = USUAL) -> Reading:
    """
    The holds of a trace, each judged against the target, and what is to be said of the trace.

    Raises InputError where the force is mostly below zero.

    >>> from unknot.pressure.trace import trace_of
    >>> time = np.arange(0, 20, 0.02)
    >>> trace = trace_of(time, np.interp(time, [2, 2.5, 16, 16.5], [0, 25, 25, 0]))
    >>> hold = find_holds(trace).holds[0]
    >>> f"{hold.seconds:.1f} s at {hold.mean_n:.0f} N, {hold.steadiness}: {hold.within_target}"
    '13.5 s at 25 N, steady: True'
    """
    missing = holes(trace.time_s)
    parts = pieces(trace, missing)
    if not parts:
        return Reading((), (*trace.warnings, "one sample alone shows no hold"))
    zero = zero_of(parts)
    touch = touch_n(parts, zero)
    pressed = Trace(trace.time_s, trace.force_n - zero.at(trace.time_s))
    found = ((span, _of(span, pressed)) for part in parts for span in spans_of(part, zero, touch))
    held = [(span, samples) for span, samples in found if _is_shown(samples, touch)]
    spans = [span for span, _ in held]
    rate_hz = _rate_hz(trace, missing)
    motions = [motion_of(s.time_s, s.force_n, rate_hz=rate_hz) for _, s in held]
    return Reading(
        tuple(_hold(*h, motion, target) for h, motion in zip(held, motions, strict=True)),
        (
            *trace.warnings,
            *zero.warnings,
            *(warning for span in spans for warning in _on_edges(span, trace, missing)),
            *_on_motions(spans, motions, rate_hz),
        ),
    )


def _rate_hz(trace: Trace, missing: list[Hole]) -> float:
    """Samples a second, holes left out."""
    lasts = trace.time_s[-1] - trace.time_s[0] - sum(end - start for start, end in missing)
    return float((len(trace.time_s) - 1 - len(missing)) / lasts)


def _of(span: Span, trace: Trace) -> Trace:
    """The samples of a hold."""
    edges = [span.start_s - CLOCK_FORGIVEN_S, span.end_s + CLOCK_FORGIVEN_S]
    first, end = np.searchsorted(trace.time_s, edges)
    return Trace(trace.time_s[first:end], trace.force_n[first:end])


def _is_shown(samples: Trace, touch: float) -> bool:
    """Whether samples show a hold, and not only the line between samples far apart."""
    return len(samples.time_s) >= FEWEST_SAMPLES and float(np.median(samples.force_n)) > touch


def _hold(span: Span, pressed: Trace, motion: Motion, target: Target) -> Hold:
    seconds = span.end_s - span.start_s
    least, most = target.least_s - VERDICT_FORGIVEN_S, target.most_s + VERDICT_FORGIVEN_S
    lasts = pressed.time_s[-1] - pressed.time_s[0]
    return Hold(
        start_s=span.start_s,
        end_s=span.end_s,
        seconds=seconds,
        mean_n=float(np.trapezoid(pressed.force_n, pressed.time_s) / lasts),
        steadiness=motion.steadiness,
        within_target=least <= seconds <= most,
    )


# What is said of them


def _on_edges(span: Span, trace: Trace, missing: list[Hole]) -> list[str]:
    hold = f"the hold from {span.start_s:.2f} s"
    said = []
    if span.is_begun_before:
        what = "the trace did" if span.start_s <= trace.time_s[0] else "a hole ended"
        said.append(f"{hold} had begun before {what}: it may be longer")
    if span.is_ended_after:
        what = "the trace ended" if span.end_s >= trace.time_s[-1] else "a hole began"
        said.append(f"{hold} went on when {what}: it may be longer")
    return said + [
        f"{hold} is counted through a hole of {end - start:.3g} s"
        for start, end in missing
        if span.start_s < start and end < span.end_s and end - start > LONG_HOLE_S
    ]


def _on_motions(spans: list[Span], motions: list[Motion], rate_hz: float) -> list[str]:
    said = [
        f"the hold from {span.start_s:.2f} s trembles and drifts"
        for span, motion in zip(spans, motions, strict=True)
        if motion.is_trembling and motion.is_drifting
    ]
    if any(motion.tremor is None for motion in motions):
        said.append(
            f"trembling can't be judged from {rate_hz:.3g} samples a second: {SLOWEST_HZ:.0f} are needed"
        )
    return said
