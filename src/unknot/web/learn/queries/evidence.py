"""How far to trust it: the words of the evidence, the scales, and the measures of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.outcomes import Instrument, Interpretation
from unknot.knowledge.techniques import Diagnosis
from unknot.web.learn import links, words
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class Word:
    """A word that pages use, and what it means."""

    word: Promise
    means: Promise


@dataclass(frozen=True)
class EvidencePage:
    """What the words mean and what all of it rests on."""

    certainty: tuple[Word, ...]
    levels: tuple[words.Level, ...]
    levels_mark: Mark
    limits: tuple[str, ...]
    diagnosis: Diagnosis
    diagnosis_mark: Mark
    conditions_mark: Mark
    counts: Mapping[str, int]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class InstrumentShown:
    """An outcome measure for readers."""

    instrument: Instrument
    anchor: str
    direction: Promise
    mark: Mark


@dataclass(frozen=True)
class MeasuresPage:
    """The measures by which one sees whether it gets better."""

    instruments: tuple[InstrumentShown, ...]
    interpretation: Interpretation
    references: tuple[Reference, ...]


def evidence_page(kb: KnowledgeBase) -> EvidencePage:
    """How to read the library."""
    references = References()
    levels_mark = references.mark([kb.screening_meta.pressure_scale_source])
    diagnosis_mark = references.mark(kb.diagnosis.sources)
    conditions_mark = references.mark(kb.conditions_meta.general_sources)
    return EvidencePage(
        certainty=tuple(Word(words.CERTAINTY[c], words.CERTAINTY_MEANS[c]) for c in words.CERTAINTY),
        levels=tuple(words.level(n) for n in words.PRESSURE),
        levels_mark=levels_mark,
        limits=kb.questions_meta.limits,
        diagnosis=kb.diagnosis,
        diagnosis_mark=diagnosis_mark,
        conditions_mark=conditions_mark,
        counts={"muscles": len(kb.muscles), "rules": len(kb.rules), "questions": len(kb.questions)},
        references=references.listed(),
    )


def measures_page(kb: KnowledgeBase) -> MeasuresPage:
    """All outcome measures, and how a change is read."""
    references = References()
    shown = tuple(
        InstrumentShown(i, links.slug_of(i.id), words.DIRECTIONS[i.direction], references.mark(i.sources))
        for i in kb.instruments.values()
    )
    return MeasuresPage(shown, kb.interpretation, references.listed())
