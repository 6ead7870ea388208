"""Candidates in words for a client: what a therapist may check first, and what is also possible."""

from __future__ import annotations

import msgspec

from unknot.reasoning.result import Candidate, Reasoning

NEARLY_AS_LIKELY = 0.5
GOOD_SHARE = 1 / 3
MOST_FIRST = 6


class Ranked(msgspec.Struct, frozen=True):
    """All candidates of a reasoning in two parts, each likeliest first. No numbers are meant to be shown."""

    check_first: tuple[Candidate, ...]
    also_possible: tuple[Candidate, ...]


def check_first(reasoning: Reasoning) -> Ranked:
    """
    Which candidates a therapist may check first.

    Those at least half as likely as the likeliest; and for each drawn place its best explanation where that
    accounts for a third of the pain or more, so that a second, unrelated pain is not forgotten. Of more
    than six only those as likely as the sixth stay. Left and right that are equally likely stay together.
    """
    candidates = reasoning.candidates
    best = max((c.probability for c in candidates), default=0.0)
    best_share: dict[str, float] = {}
    for candidate in candidates:
        for place, share in candidate.explains.items():
            best_share[place] = max(best_share.get(place, GOOD_SHARE), share)
    first = [
        c
        for c in candidates
        if c.probability >= NEARLY_AS_LIKELY * best or any(s >= best_share[p] for p, s in c.explains.items())
    ]
    least = first[MOST_FIRST - 1].probability if len(first) > MOST_FIRST else 0.0
    chosen = {(c.muscle, c.side) for c in first if c.probability >= least}
    return Ranked(
        check_first=tuple(c for c in candidates if (c.muscle, c.side) in chosen),
        also_possible=tuple(c for c in candidates if (c.muscle, c.side) not in chosen),
    )
