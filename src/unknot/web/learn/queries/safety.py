"""When massage has to wait, or be given otherwise: the screening rules, to be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import RuleWords, rule_words
from unknot.knowledge.screening import Rule
from unknot.web.learn import links, words
from unknot.web.learn.links import Link
from unknot.web.learn.references import Mark, Reference, References
from unknot.web.site.languages import language


@dataclass(frozen=True)
class Category:
    """A strictness of rules, with its colour's name (stop, caution or ok) and how many there are."""

    link: Link
    means: Promise
    tone: str
    count: int


@dataclass(frozen=True)
class SafetyIndex:
    """The categories, strictest first, and what never to press."""

    categories: tuple[Category, ...]
    limits: tuple[str, ...]
    never_press: tuple[str, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class RuleShown:
    """A rule for readers; how it is evaluated is the core's business."""

    words: RuleWords
    anchor: str
    urgency: Promise | None
    evidence: Promise
    mark: Mark


@dataclass(frozen=True)
class RulesPage:
    """All rules of one category."""

    category: Category
    others: tuple[Category, ...]
    rules: tuple[RuleShown, ...]
    references: tuple[Reference, ...]


def safety_index(kb: KnowledgeBase) -> SafetyIndex:
    """The categories of rules."""
    references = References()
    return SafetyIndex(
        categories=categories(kb),
        limits=kb.screening_meta.limits,
        never_press=kb.safety.never_press,
        mark=references.mark(kb.safety.sources),
        references=references.listed(),
    )


def rules_page(kb: KnowledgeBase, slug: str) -> RulesPage:
    """The rules of the category at ``slug``. Raises UnknownId."""
    known = categories(kb)
    found = next((c for c in known if c.link.slug == slug), None)
    if found is None:
        raise UnknownId("category", slug, words.CATEGORIES)
    references = References()
    return RulesPage(
        category=found,
        others=tuple(c for c in known if c is not found),
        rules=tuple(_shown(kb, r, references) for r in kb.rules.values() if r.category == slug),
        references=references.listed(),
    )


def categories(kb: KnowledgeBase) -> tuple[Category, ...]:
    """All categories of rules, strictest first."""
    return tuple(
        Category(
            Link(str(words.CATEGORIES[c]), "learn:rules", c, lang=language()),
            words.CATEGORIES_MEAN[c],
            words.CATEGORY_TONES[c],
            sum(r.category == c for r in kb.rules.values()),
        )
        for c in kb.screening_meta.order
    )


def _shown(kb: KnowledgeBase, rule: Rule, references: References) -> RuleShown:
    return RuleShown(
        words=rule_words(rule, kb.rules_es, language()),
        anchor=links.slug_of(rule.id),
        urgency=words.URGENCY[rule.urgency] if rule.urgency else None,
        evidence=words.EVIDENCE[rule.evidence],
        mark=references.mark(rule.sources),
    )
