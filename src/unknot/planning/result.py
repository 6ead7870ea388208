"""What planning says: the course of treatment, each session's protocol, and home care."""

from __future__ import annotations

from typing import Literal

import msgspec

from unknot.knowledge.places import Side
from unknot.screening.result import Decision

Tool = Literal["finger", "thumb", "knuckle", "elbow"]


class Hold(msgspec.Struct, frozen=True):
    """
    Still pressure on one trigger point.

    ``seconds`` is the time of one press (10-30), ``levels`` the alternating pressures (1-5), one a press of
    a round; ``repetitions`` how many rounds; ``seconds_most`` how far the practitioner may lengthen a press.
    ``pain_ceiling`` (0-10) is never passed and ``working_discomfort`` is the band to aim for, at least one
    below it. ``needs`` are the consents and licences without which it is not done.
    """

    muscle: str
    side: Side
    trigger_point: str
    press_at: tuple[str, ...]
    technique: str
    tool: Tool
    position: str
    seconds: int
    levels: tuple[int, ...]
    repetitions: int
    pain_ceiling: int
    working_discomfort: tuple[int, int]
    check_in: str
    release: str
    expect: str
    seconds_most: int
    stop_when: str
    grip: str | None = None
    needs: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


class LightWork(msgspec.Struct, frozen=True):
    """
    What is done where pressure must stay below every hold: a position of ease under a monitoring touch.

    ``seconds`` (60-120) is how long the position is kept, ``level`` the pressure (1).
    """

    muscle: str
    side: Side
    trigger_point: str
    press_at: tuple[str, ...]
    technique: str
    position: str
    seconds: int
    level: int
    repetitions: int
    pain_ceiling: int
    stop_when: str
    needs: tuple[str, ...] = ()


class Examination(msgspec.Struct, frozen=True):
    """A muscle to examine: the points to feel for, where they are pressed, the motions to try."""

    muscle: str
    side: Side
    trigger_points: tuple[str, ...]
    press_at: tuple[str, ...]
    motions: tuple[str, ...]
    needs: tuple[str, ...] = ()


ExerciseKind = Literal[
    "stretch", "self_hold", "strengthen", "heat", "movement", "posture", "ergonomics", "breathing"
]
Strength = tuple[int, int, int]
"""How strongly somebody presses their own point, 0-10: from, to, and never more than."""


class Exercise(msgspec.Struct, frozen=True):
    """
    A stretch, self-hold, exercise, heat or habit; ``text`` is the muscle's or the practice's wording.

    ``strength`` is a self-hold's; ``factors``, in the words of the muscles' entries, are why a habit is told.
    """

    kind: ExerciseKind
    text: str = ""
    muscle: str | None = None
    side: Side | None = None
    practice: str | None = None
    dose: str | None = None
    stop_rule: str | None = None
    sources: tuple[str, ...] = ()
    strength: Strength | None = None
    factors: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Which it is, in whatever language it is told: a plan has each once."""
        return f"{self.kind}:{self.muscle or ''}:{self.side or ''}"


class Session(msgspec.Struct, frozen=True):
    """One session's protocol, in the order it is done."""

    number: int
    focus: str
    minutes: int
    examine: tuple[Examination, ...]
    holds: tuple[Hold, ...]
    light_work: tuple[LightWork, ...]
    stretches: tuple[Exercise, ...]
    heat: tuple[Exercise, ...]
    strengthening: tuple[Exercise, ...]
    related_muscles: tuple[str, ...]
    notes: tuple[str, ...]


class Course(msgspec.Struct, frozen=True):
    """
    A course of treatment; ``interval_days`` between sessions; money in minor units of ``currency``.

    ``price_low`` and ``price_high`` are the usual range for the whole course, ``session_price_…`` for one
    session. ``emphasis`` says what a default protocol stresses. ``basis`` says what the numbers rest on.
    """

    sessions: int
    interval_days: int
    re_evaluate_after: int
    sessions_plan: tuple[Session, ...]
    price_low: int
    price_high: int
    currency: str
    rules: tuple[str, ...]
    """What decides after the re-evaluation: go on, space out, stop or refer; maintenance as needed."""
    session_price_low: int
    session_price_high: int
    session_minutes: int
    emphasis: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    price_sources: tuple[str, ...]


class Plan(msgspec.Struct, frozen=True):
    """
    ``course`` is None where none may be planned, and ``why_not`` says why in a sentence for the client.

    ``light_work_only`` when the pressure cap leaves no hold possible; ``after_clearance`` when the course may
    begin only with a note (home care waits for it too); ``held`` when open questions come first.
    """

    decision: Decision
    course: Course | None
    home_care: tuple[Exercise, ...]
    after_clearance: bool
    held: bool
    why_not: str | None
    light_work_only: bool = False
