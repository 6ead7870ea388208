"""What reasoning says: which muscles' trigger points may explain the pain, and why."""

from __future__ import annotations

import msgspec

from unknot.knowledge.places import Side


class Candidate(msgspec.Struct, frozen=True):
    """
    A muscle on one side, with the trigger points that best explain the pain (best first).

    ``probability`` is the posterior that at least one of its points is active; ``explains`` maps a place of
    the drawing (as text) to the share of its pain that this candidate accounts for; both lie in [0, 1].
    """

    muscle: str
    side: Side
    trigger_points: tuple[str, ...]
    probability: float
    explains: dict[str, float]
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class RedFlag(msgspec.Struct, frozen=True):
    """
    A screening rule that the drawing's symptoms alone already fire.

    ``symptom`` is the first of ``symptoms``, the ids that fire it together.
    """

    rule: str
    symptom: str
    action: str
    symptoms: tuple[str, ...] = ()


class Reasoning(msgspec.Struct, frozen=True):
    """Candidates, likeliest first; places that nothing explains; phrases that match no motion."""

    candidates: tuple[Candidate, ...]
    unexplained: tuple[str, ...]
    red_flags: tuple[RedFlag, ...]
    not_understood: tuple[str, ...]
