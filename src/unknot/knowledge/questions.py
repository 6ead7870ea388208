"""What people ask, what is claimed, where it comes from, what to consider (``questions.toml``)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

Sources = Annotated[tuple[str, ...], Meta(min_length=1)]


class Question(Fact, frozen=True):
    """
    A question that people ask, answered plainly in the paragraphs of ``answer``.

    ``see`` names muscles, techniques, practices, conditions, bodies, kinds of practitioner, outcome measures
    or other questions; ``screening`` the rules that ask where safety is touched. ``often_said`` is a common
    claim and ``holds`` what the sources say of it ("no": they say otherwise).
    """

    id: str
    title: str
    short: str
    answer: Annotated[tuple[str, ...], Meta(min_length=1)]
    see: tuple[str, ...]
    evidence: Literal["trial", "review", "guideline", "consensus", "history", "convention", "weak"]
    sources: Sources
    often_said: str | None = None
    holds: Literal["yes", "partly", "not_shown", "no"] | None = None
    screening: tuple[str, ...] = ()


class Benefit(Fact, frozen=True):
    """A benefit that is commonly claimed, with what is known; ``measure`` would show it in one person."""

    id: str
    claim: str
    what_is_known: tuple[str, ...]
    certainty: Literal["moderate", "low", "very_low", "not_shown"]
    sources: Sources
    measure: str | None = None


class Origin(Fact, frozen=True):
    """An event of the history; ``said`` is what is often told instead."""

    id: str
    year: str
    text: str
    sources: Sources
    said: str | None = None


class Consideration(Fact, frozen=True):
    """What to tell, expect or agree to, and when not to come; ``screening`` names the rules that ask."""

    id: str
    kind: Literal["tell", "expect", "not_now", "after", "consent"]
    title: str
    text: str
    screening: tuple[str, ...]
    sources: Sources


class QuestionsMeta(Fact, frozen=True):
    """What holds for all answers; ``limits`` are those of the evidence."""

    version: str
    reviewed_by_clinician: bool
    limits: tuple[str, ...]


class QuestionsFile(Fact, frozen=True):
    """``questions.toml``."""

    meta: QuestionsMeta
    benefits: tuple[Benefit, ...] = field(name="benefit")
    origins: tuple[Origin, ...] = field(name="origin")
    questions: tuple[Question, ...] = field(name="question")
    considerations: tuple[Consideration, ...] = field(name="consideration")
