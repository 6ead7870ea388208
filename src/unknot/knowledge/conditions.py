"""Conditions that people seek this massage for (``conditions.toml``); not an aid to diagnosis."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

Certainty = Literal["moderate", "low", "very_low", "none"]
"""Of the evidence for hands-on muscle work: how sure it is, not how well it works."""

Share = Annotated[float, Meta(ge=0, le=1)]
Sources = Annotated[tuple[str, ...], Meta(min_length=1)]


class MuscleFound(Fact, frozen=True):
    """
    How many patients of a study had an *active* trigger point in a muscle.

    ``active_share`` is a part of ``n`` patients; with ``active_share_max`` it is the lower end of a range
    over studies. ``with_`` names muscles counted together with it. ``verified`` is false where the figure was
    remembered: it must be checked before it is shown. Two entries of one muscle are two studies, never
    averaged.
    """

    muscle: str
    active_share: Share
    source: str
    note: str
    verified: bool
    n: Annotated[int, Meta(ge=1)] | None = None
    active_share_max: Share | None = None
    with_: tuple[str, ...] = field(default=(), name="with")


class MuscleFoundAny(Fact, frozen=True):
    """The same where active and latent points were not told apart; never to be shown as "active"."""

    muscle: str
    any_share: Share
    n: Annotated[int, Meta(ge=1)]
    source: str
    note: str
    verified: bool
    with_: tuple[str, ...] = field(default=(), name="with")


class Help(Fact, frozen=True):
    """What helps with a condition: a complementary ``practice``, or a ``text`` with its ``source``."""

    practice: str | None = None
    text: str | None = None
    source: str | None = None


class RuleOut(Fact, frozen=True):
    """What else it could be; ``screening`` is the rule that asks for it, None where none does."""

    what: str
    why: str
    screening: str | None = None


class Condition(Fact, frozen=True):
    """A condition: where it is felt, which muscles are found involved, what trials say, what to rule out."""

    id: str
    name: str
    plain: str
    regions: tuple[str, ...]
    muscles_found: tuple[MuscleFound, ...]
    muscles_commonly: tuple[str, ...]
    what_evidence_says: str
    certainty: Certainty
    what_helps_with_it: tuple[Help, ...]
    rule_out: tuple[RuleOut, ...]
    outcome: tuple[str, ...]
    verified: bool
    sources: Sources
    muscles_found_any: tuple[MuscleFoundAny, ...] = ()
    typical_course: str | None = None


class ConditionsMeta(Fact, frozen=True):
    """What holds for all conditions."""

    version: str
    reviewed_by_clinician: bool
    order: tuple[str, ...]
    general_sources: tuple[str, ...]


class ConditionsFile(Fact, frozen=True):
    """``conditions.toml``."""

    meta: ConditionsMeta
    conditions: tuple[Condition, ...] = field(name="condition")
