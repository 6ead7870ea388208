"""Candidates in words for a client: what a therapist may check first, and what is also possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from unknot.reasoning.result import Candidate, Reasoning

NEARLY = 0.5
"""At least so likely, or explaining so much, compared with the best."""
GOOD_SHARE = 1 / 3
"""A place is seen to when a likely candidate explains so much of it."""
LEAST_SHARE = 0.1
MOST_FIRST = 6


class Ranked(msgspec.Struct, frozen=True):
    """All candidates of a reasoning in two parts, each likeliest first. No numbers are meant to be shown."""

    check_first: tuple[Candidate, ...]
    also_possible: tuple[Candidate, ...]


def check_first(reasoning: Reasoning) -> Ranked:
    """
    Which candidates a therapist may check first.

    Those at least half as likely as the likeliest. Where none of them explains a third of a drawn place, also
    the best explanation of that place and those half as good, so that a second, unrelated pain is not
    forgotten; an explanation of less than a tenth is none. Of more than six only those as likely as the
    sixth stay, and the best explanation of a place that would be forgotten. Left and right that are equally
    likely stay together.
    """
    candidates = reasoning.candidates
    best = max((c.probability for c in candidates), default=0.0)
    likely = [c for c in candidates if c.probability >= NEARLY * best]
    left_over = _best_shares(
        candidates, but=[p for c in likely for p, s in c.explains.items() if s >= GOOD_SHARE]
    )
    first = [c for c in candidates if c in likely or _explains(c, left_over, NEARLY)]
    least = first[MOST_FIRST - 1].probability if len(first) > MOST_FIRST else 0.0
    kept = [c for c in first if c.probability >= least]
    dropped = {p: s for p, s in left_over.items() if not any(_explains(c, {p: s}, NEARLY) for c in kept)}
    chosen = [c for c in first if c in kept or _explains(c, dropped, 1.0)]
    return Ranked(
        check_first=tuple(chosen),
        also_possible=tuple(c for c in candidates if c not in chosen),
    )


def _best_shares(candidates: Sequence[Candidate], *, but: Sequence[str]) -> dict[str, float]:
    """The greatest share of each place but some; of less than a tenth, none."""
    shares: dict[str, float] = {}
    for candidate in candidates:
        for place, share in candidate.explains.items():
            if place not in but and share >= max(LEAST_SHARE, shares.get(place, 0.0)):
                shares[place] = share
    return shares


def _explains(candidate: Candidate, best: Mapping[str, float], nearly: float) -> bool:
    return any(share >= nearly * best[place] for place, share in candidate.explains.items() if place in best)
