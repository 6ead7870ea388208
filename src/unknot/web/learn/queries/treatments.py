"""Techniques and the practices that go with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.techniques import ByAuthor, HoldBasis, Practice, Safety, Technique
from unknot.web.learn import links, words
from unknot.web.learn.links import Link
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class AuthorShown:
    """What one author prescribes, with the mark of where."""

    author: ByAuthor
    mark: Mark


@dataclass(frozen=True)
class TechniquePage:
    """All that the page of one technique shows."""

    technique: Technique
    name: str
    least: words.Level
    most: words.Level
    authors: tuple[AuthorShown, ...]
    questions: tuple[Link, ...]
    others: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class BasisShown:
    """What a part of the hold rule rests on; convention has a note instead of a source."""

    basis: HoldBasis
    mark: Mark | None


@dataclass(frozen=True)
class TechniquesIndex:
    """All techniques, and the frame of safety around each hold."""

    techniques: tuple[Link, ...]
    practices: tuple[Link, ...]
    safety: Safety
    hold_rule_basis: tuple[BasisShown, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class PracticePage:
    """All that the page of one complementary practice shows."""

    practice: Practice
    conditions: tuple[Link, ...]
    questions: tuple[Link, ...]
    others: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


def techniques_index(kb: KnowledgeBase) -> TechniquesIndex:
    """Every technique and practice, and how strong and how long."""
    references = References()
    mark = references.mark(kb.safety.sources)
    basis = tuple(
        BasisShown(b, references.mark([b.source]) if b.source else None) for b in kb.safety.hold_rule_basis
    )
    return TechniquesIndex(
        techniques=tuple(replace(links.technique(kb, t.id), note=t.pressure) for t in kb.techniques.values()),
        practices=tuple(
            Link(p.name, "learn:practice", links.slug_of(p.id), note=p.use_for[0])
            for p in kb.practices.values()
        ),
        safety=kb.safety,
        hold_rule_basis=basis,
        mark=mark,
        references=references.listed(),
    )


def technique_page(kb: KnowledgeBase, slug: str) -> TechniquePage:
    """The page of the technique at ``slug``. Raises UnknownId."""
    technique: Technique = links.find("technique", slug, kb.techniques)
    references = References()
    mark = references.mark(technique.sources)
    least, most = technique.pressure_level
    return TechniquePage(
        technique=technique,
        name=links.technique_name(kb, technique.id),
        least=words.level(least),
        most=words.level(most),
        authors=tuple(AuthorShown(a, references.mark([a.source])) for a in technique.by_author),
        questions=_asked_about(kb, technique.id),
        others=tuple(links.technique(kb, t) for t in kb.techniques if t != technique.id),
        mark=mark,
        references=references.listed(),
    )


def practice_page(kb: KnowledgeBase, slug: str) -> PracticePage:
    """The page of the complementary practice at ``slug``. Raises UnknownId."""
    practice: Practice = links.find("practice", slug, kb.practices)
    references = References()
    mark = references.mark(practice.sources)
    return PracticePage(
        practice=practice,
        conditions=tuple(
            links.condition(kb, c.id)
            for c in kb.conditions.values()
            if any(h.practice == practice.id for h in c.what_helps_with_it)
        ),
        questions=_asked_about(kb, practice.id),
        others=tuple(links.practice(kb, p) for p in kb.practices if p != practice.id),
        mark=mark,
        references=references.listed(),
    )


def _asked_about(kb: KnowledgeBase, id_: str) -> tuple[Link, ...]:
    return tuple(links.question(kb, q.id) for q in kb.questions.values() if id_ in q.see)
