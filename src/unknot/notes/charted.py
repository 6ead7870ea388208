"""What was charted in a session; None, an empty text and an empty list mean that nobody said."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from unknot.knowledge.muscles import Level
from unknot.knowledge.places import Side
from unknot.knowledge.techniques import Pain
from unknot.reasoning.drawing import Drawing
from unknot.screening.result import Decision

Mode = Literal["in_person", "video"]
Response = Literal["softened", "half", "none"]
Steadiness = Literal["steady", "drifting", "trembling"]
Degrees = int
Ability = Annotated[int, Meta(ge=0, le=10)]
"""What the client can do of an activity: 0 nothing, 10 as before."""


class Activity(msgspec.Struct, frozen=True):
    """An activity of the client's own, in their words, rated now and before the first session."""

    words: str
    now: Ability | None = None
    baseline: Ability | None = None


class Check(msgspec.Struct, frozen=True):
    """
    The check before the session: what screening decided, why, and how treatment is to be adapted.

    ``reasons`` and ``adaptations`` are screening's own words, in the language of the note.
    """

    decision: Decision
    nothing_new: bool
    reasons: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """
    What was found at a trigger point; by video the client presses, and feels it.

    ``familiar`` says whether pressing it reproduced the pain that the client knows. ``words`` are a remark.
    """

    muscle: str
    side: Side
    trigger_point: str
    familiar: bool | None = None
    tenderness: Pain | None = None
    taut_band: bool | None = None
    twitch: bool | None = None
    words: str = ""


class Motion(msgspec.Struct, frozen=True):
    """A motion measured in degrees, before and after the treatment of this visit."""

    name: str
    side: Side | None = None
    before: Degrees | None = None
    after: Degrees | None = None


class Measured(msgspec.Struct, frozen=True):
    """What the force trace of a hold says: its seconds, mean force in newtons, steadiness."""

    seconds: float
    mean_n: float
    steadiness: Steadiness


class Hold(msgspec.Struct, frozen=True):
    """
    Still pressure on a trigger point, as it was given.

    ``pain_during`` and ``pain_after`` are what the client said, ``response`` is what the hand felt.
    ``from_memory``: ticked afterwards, not timed while it was held.
    """

    muscle: str
    side: Side
    trigger_point: str
    technique: str
    level: Level
    seconds: int
    pain_during: Pain | None = None
    pain_after: Pain | None = None
    response: Response | None = None
    from_memory: bool = False
    measured: Measured | None = None


class Charted(msgspec.Struct, frozen=True, kw_only=True):
    """
    All that was charted in one session.

    ``number`` counts the sessions of the course, ``minutes`` is the length booked. ``pain_last_week`` is the
    average (0-10) of the week before this visit, ``pain_baseline`` that before the first session;
    ``pain_before`` and ``pain_after`` belong to this visit's treatment. ``goals``, ``changed`` and
    ``reaction`` are people's own words. ``stopped``: the visit ended at the check, and this is what the
    client was told to do. ``consented`` is about today's plan, the areas are the sensitive ones.
    ``techniques`` holds ids of techniques and practices done besides the holds, ``lightly`` those of them
    that the day allowed only lighter than they usually are; ``home_care`` names with
    their dose, ``next_visit`` a date and ``decision`` that of a re-evaluation, in words.
    """

    number: int | None = None
    minutes: int | None = None
    mode: Mode = "in_person"
    drawing: Drawing | None = None
    goals: str = ""
    pain_last_week: Pain | None = None
    pain_baseline: Pain | None = None
    activities: tuple[Activity, ...] = ()
    changed: str = ""
    check: Check | None = None
    stopped: str | None = None
    consented: bool | None = None
    consented_areas: tuple[str, ...] = ()
    declined_areas: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    motions: tuple[Motion, ...] = ()
    posture: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()
    techniques: tuple[str, ...] = ()
    lightly: tuple[str, ...] = ()
    pain_before: Pain | None = None
    pain_after: Pain | None = None
    reaction: str = ""
    home_care: tuple[str, ...] = ()
    next_visit: str = ""
    decision: str = ""

    @property
    def treated(self) -> bool:
        """Whether any treatment was charted."""
        return bool(self.holds or self.techniques)
