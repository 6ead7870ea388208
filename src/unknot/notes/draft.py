"""All four sections together, and as one text."""

from __future__ import annotations

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang, Words
from unknot.notes.assessment import assessment
from unknot.notes.charted import Charted
from unknot.notes.objective import objective
from unknot.notes.plan import plan
from unknot.notes.subjective import subjective
from unknot.notes.words import Speaker

HEADINGS = (
    Words(en="Subjective", es="Subjetivo"),
    Words(en="Objective", es="Objetivo"),
    Words(en="Assessment", es="Valoración"),
    Words(en="Plan", es="Plan"),
)


class SoapNote(msgspec.Struct, frozen=True):
    """A drafted note: each section its lines of plain text, for the practitioner to read, mend and sign."""

    subjective: tuple[str, ...]
    objective: tuple[str, ...]
    assessment: tuple[str, ...]
    plan: tuple[str, ...]


def draft(charted: Charted, kb: KnowledgeBase, *, lang: Lang = "en") -> SoapNote:
    """
    The note of what was charted; it says nothing else.

    Raises UnknownId for a muscle, trigger point or technique that the knowledge base lacks.

    >>> from unknot.knowledge import load
    >>> draft(Charted(number=2, pain_last_week=4), load()).subjective[:2]
    ('Session 2 of the course, in person.', 'Average pain of the last week: 4/10.')
    """
    speaker = Speaker(kb, lang)
    return SoapNote(
        subjective=tuple(subjective(charted, speaker)),
        objective=tuple(objective(charted, speaker)),
        assessment=tuple(assessment(charted, kb, speaker)),
        plan=tuple(plan(charted, speaker)),
    )


def as_text(note: SoapNote, *, lang: Lang = "en") -> str:
    """The note as one plain text: a heading and its lines a section."""
    sections = (note.subjective, note.objective, note.assessment, note.plan)
    return "\n\n".join(
        "\n".join((heading.in_(lang), *lines))
        for heading, lines in zip(HEADINGS, sections, strict=True)
        if lines
    )
