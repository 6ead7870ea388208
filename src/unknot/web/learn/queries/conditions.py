from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.conditions import Condition, Help, MuscleFound, MuscleFoundAny
from unknot.web.learn import links, words
from unknot.web.learn.links import Group, Link
from unknot.web.learn.pictures import Picture, felt_pictures
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class Found:
    """
    How often a study found a muscle involved; ``percent`` is a number or a range.

    Only figures that were read at their source are shown with a number; others have ``percent`` None.
    """

    muscles: tuple[Link, ...]
    percent: str | None
    people: int | None
    note: str
    mark: Mark


@dataclass(frozen=True)
class Helps:
    """What helps besides: a practice of the library, or a text with its source."""

    link: Link | None
    text: str
    mark: Mark | None


@dataclass(frozen=True)
class Excluded:
    """What else it could be, and the rule that asks for it."""

    what: str
    why: str
    rule: Link | None


@dataclass(frozen=True)
class ConditionPage:
    """All that the page of one condition shows."""

    condition: Condition
    group: Promise
    certainty: Promise
    certainty_means: Promise
    regions: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    found: tuple[Found, ...]
    found_any: tuple[Found, ...]
    commonly: tuple[Link, ...]
    helps: tuple[Helps, ...]
    rule_out: tuple[Excluded, ...]
    outcome: tuple[Link, ...]
    questions: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


def condition_groups(kb: KnowledgeBase) -> tuple[Group, ...]:
    """All conditions, in the groups of the file."""
    ids = list(kb.conditions)
    return tuple(
        Group(
            title,
            links.slug_of(first),
            tuple(
                links.condition(kb, id_)
                for id_ in ids
                if words.group_of(id_, ids, words.CONDITION_GROUPS) is title
            ),
        )
        for first, title in words.CONDITION_GROUPS.items()
    )


def condition_page(kb: KnowledgeBase, slug: str) -> ConditionPage:
    """The page of the condition at ``slug``. Raises UnknownId."""
    condition: Condition = links.find("condition", slug, kb.conditions)
    references = References()
    mark = references.mark(condition.sources)
    return ConditionPage(
        condition=condition,
        group=words.group_of(condition.id, list(kb.conditions), words.CONDITION_GROUPS),
        certainty=words.CERTAINTY[condition.certainty],
        certainty_means=words.CERTAINTY_MEANS[condition.certainty],
        regions=tuple(links.region(kb, r) for r in condition.regions),
        pictures=felt_pictures(kb, condition.regions),
        found=tuple(_found(kb, f, references) for f in condition.muscles_found),
        found_any=tuple(_found(kb, f, references) for f in condition.muscles_found_any),
        commonly=tuple(links.muscle(kb, m) for m in condition.muscles_commonly),
        helps=tuple(_helps(kb, h, references) for h in condition.what_helps_with_it),
        rule_out=tuple(
            Excluded(r.what, r.why, links.rule(kb, r.screening) if r.screening else None)
            for r in condition.rule_out
        ),
        outcome=tuple(links.instrument(kb, o) for o in condition.outcome),
        questions=tuple(links.question(kb, q.id) for q in kb.questions.values() if condition.id in q.see),
        mark=mark,
        references=references.listed(),
    )


def _found(kb: KnowledgeBase, found: MuscleFound | MuscleFoundAny, references: References) -> Found:
    return Found(
        muscles=tuple(links.muscle(kb, m) for m in (found.muscle, *found.with_)),
        percent=_percent(found) if found.verified else None,
        people=found.n,
        note=found.note,
        mark=references.mark([found.source]),
    )


def _percent(found: MuscleFound | MuscleFoundAny) -> str:
    if isinstance(found, MuscleFoundAny):
        return f"{found.any_share:.0%}"
    if found.active_share_max is None:
        return f"{found.active_share:.0%}"
    return f"{found.active_share * 100:.0f}\N{EN DASH}{found.active_share_max:.0%}"


def _helps(kb: KnowledgeBase, given: Help, references: References) -> Helps:
    if given.practice:
        return Helps(links.practice(kb, given.practice), "", None)
    return Helps(None, given.text or "", references.mark([given.source]) if given.source else None)
