"""Questions, and what is claimed, told and to be considered."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.questions import Benefit, Consideration, Origin, Question
from unknot.web.learn import links, words
from unknot.web.learn.links import Link
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class QuestionPage:
    """All that the page of one question shows."""

    question: Question
    group: Promise
    evidence: Promise
    holds: Promise | None
    see: tuple[Link, ...]
    rules: tuple[Link, ...]
    siblings: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class QuestionShown:
    """A question with its short answer, as an index shows it."""

    link: Link
    short: str


@dataclass(frozen=True)
class QuestionGroup:
    """The questions of one subject."""

    title: Promise
    questions: tuple[QuestionShown, ...]


@dataclass(frozen=True)
class BenefitShown:
    """A claimed benefit, how sure it is, and how one person would see it."""

    benefit: Benefit
    anchor: str
    certainty: Promise
    certainty_means: Promise
    measure: Link | None
    mark: Mark


@dataclass(frozen=True)
class BenefitsPage:
    """The benefits that are commonly claimed, with what is known."""

    benefits: tuple[BenefitShown, ...]
    limits: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class OriginShown:
    """An event of the history."""

    origin: Origin
    anchor: str
    mark: Mark


@dataclass(frozen=True)
class HistoryPage:
    """The timeline, oldest first."""

    origins: tuple[OriginShown, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class ConsiderationShown:
    """Something to tell, expect or agree to, with the rules that ask for it."""

    consideration: Consideration
    anchor: str
    rules: tuple[Link, ...]
    mark: Mark


@dataclass(frozen=True)
class ConsiderationGroup:
    """Considerations of one kind."""

    title: Promise
    considerations: tuple[ConsiderationShown, ...]


@dataclass(frozen=True)
class ConsiderationsPage:
    """What to tell, expect and agree to, before, during and after."""

    groups: tuple[ConsiderationGroup, ...]
    references: tuple[Reference, ...]


def question_groups(kb: KnowledgeBase) -> tuple[QuestionGroup, ...]:
    """All questions by subject, in the order of the file."""
    ids = list(kb.questions)
    groups: dict[Promise, list[QuestionShown]] = {title: [] for title in words.QUESTION_GROUPS.values()}
    for question in kb.questions.values():
        shown = QuestionShown(links.question(kb, question.id), question.short)
        groups[words.group_of(question.id, ids, words.QUESTION_GROUPS)].append(shown)
    return tuple(QuestionGroup(title, tuple(found)) for title, found in groups.items())


def question_page(kb: KnowledgeBase, slug: str) -> QuestionPage:
    """The page of the question at ``slug``. Raises UnknownId."""
    question: Question = links.find("question", slug, kb.questions)
    ids = list(kb.questions)
    group = words.group_of(question.id, ids, words.QUESTION_GROUPS)
    siblings = (i for i in ids if i != question.id and words.group_of(i, ids, words.QUESTION_GROUPS) is group)
    references = References()
    return QuestionPage(
        question=question,
        group=group,
        evidence=words.EVIDENCE[question.evidence],
        holds=words.HOLDS[question.holds] if question.holds else None,
        see=tuple(links.see(kb, id_) for id_ in question.see),
        rules=tuple(links.rule(kb, id_) for id_ in question.screening),
        siblings=tuple(links.question(kb, id_) for id_ in siblings),
        mark=references.mark(question.sources),
        references=references.listed(),
    )


def benefits_page(kb: KnowledgeBase) -> BenefitsPage:
    """What is claimed and what is known."""
    references = References()
    shown = tuple(
        BenefitShown(
            benefit=b,
            anchor=links.slug_of(b.id),
            certainty=words.CERTAINTY[b.certainty],
            certainty_means=words.CERTAINTY_MEANS[b.certainty],
            measure=links.instrument(kb, b.measure) if b.measure else None,
            mark=references.mark(b.sources),
        )
        for b in kb.benefits.values()
    )
    return BenefitsPage(shown, kb.questions_meta.limits, references.listed())


def history_page(kb: KnowledgeBase) -> HistoryPage:
    """Where the method comes from."""
    references = References()
    shown = tuple(
        OriginShown(o, links.slug_of(o.id), references.mark(o.sources)) for o in kb.origins.values()
    )
    return HistoryPage(shown, references.listed())


def considerations_page(kb: KnowledgeBase) -> ConsiderationsPage:
    """What to tell, expect and agree to."""
    references = References()
    groups = tuple(
        ConsiderationGroup(
            title,
            tuple(
                ConsiderationShown(
                    c,
                    links.slug_of(c.id),
                    tuple(links.rule(kb, r) for r in c.screening),
                    references.mark(c.sources),
                )
                for c in kb.considerations.values()
                if c.kind == kind
            ),
        )
        for kind, title in words.CONSIDERATION_KINDS.items()
    )
    return ConsiderationsPage(groups, references.listed())
