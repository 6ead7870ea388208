from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.web.learn import links, words
from unknot.web.learn.links import Group, Link
from unknot.web.learn.pictures import Picture, referral_pictures
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class PointShown:
    """A trigger point with ways to the regions that it presses on and refers to."""

    id: str
    location: str
    press_at: tuple[Link, ...]
    essential: tuple[Link, ...]
    spillover: tuple[Link, ...]
    other_side: tuple[Link, ...]


@dataclass(frozen=True)
class MusclePage:
    """All that the page of one muscle shows."""

    muscle: Muscle
    part: Promise
    prevalence: Promise
    level: words.Level
    palpation: Promise
    positions: tuple[Promise, ...]
    needs: tuple[Promise, ...]
    pictures: tuple[Picture, ...]
    points: tuple[PointShown, ...]
    refers_to: tuple[Link, ...]
    related: tuple[Link, ...]
    conditions: tuple[Link, ...]
    techniques: tuple[Link, ...]
    questions: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


def muscle_groups(kb: KnowledgeBase) -> tuple[Group, ...]:
    """All muscles by part of the body, head to foot, each with its other names."""
    return tuple(
        Group(
            title,
            links.slug_of(part),
            links.by_title(_with_aka(kb, m) for m in kb.muscles.values() if m.part == part),
        )
        for part, title in words.PARTS.items()
    )


def muscle_page(kb: KnowledgeBase, slug: str) -> MusclePage:
    """The page of the muscle at ``slug``. Raises UnknownId."""
    muscle: Muscle = links.find("muscle", slug, kb.muscles)
    references = References()
    mark = references.mark(muscle.sources)
    return MusclePage(
        muscle=muscle,
        part=words.PARTS[muscle.part],
        prevalence=words.PREVALENCE[muscle.prevalence],
        level=words.level(muscle.pressure_level),
        palpation=words.PALPATION[muscle.palpation],
        positions=tuple(words.POSITIONS[p] for p in muscle.positions),
        needs=tuple(words.NEEDS[n] for n in muscle.needs),
        pictures=referral_pictures(kb, muscle),
        points=tuple(_point(kb, p) for p in muscle.trigger_points),
        refers_to=_regions(kb, dict.fromkeys(r for p in muscle.trigger_points for r in p.essential)),
        related=tuple(links.muscle(kb, id_) for id_ in muscle.related),
        conditions=_conditions_of(kb, muscle.id),
        techniques=_techniques_of(kb, muscle),
        questions=tuple(links.question(kb, q.id) for q in kb.questions.values() if muscle.id in q.see),
        mark=mark,
        references=references.listed(),
    )


def _with_aka(kb: KnowledgeBase, muscle: Muscle) -> Link:
    link = links.muscle(kb, muscle.id)
    return Link(link.title, link.route, link.slug, note=", ".join(muscle.aka))


def _point(kb: KnowledgeBase, point: TriggerPoint) -> PointShown:
    return PointShown(
        id=point.id,
        location=point.location,
        press_at=_regions(kb, point.press_at),
        essential=_regions(kb, point.essential),
        spillover=_regions(kb, point.spillover),
        other_side=_regions(kb, point.other_side),
    )


def _regions(kb: KnowledgeBase, ids: dict[str, None] | tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(links.region(kb, id_) for id_ in ids)


def _conditions_of(kb: KnowledgeBase, muscle_id: str) -> tuple[Link, ...]:
    return tuple(
        links.condition(kb, c.id)
        for c in kb.conditions.values()
        if muscle_id in c.muscles_commonly or any(muscle_id in (f.muscle, *f.with_) for f in c.muscles_found)
    )


def _techniques_of(kb: KnowledgeBase, muscle: Muscle) -> tuple[Link, ...]:
    """The compressions that suit the way this muscle is held, then what follows any of them."""
    held = ["trigger_point_pressure_release", "ischemic_compression", "stepped_compression"]
    if muscle.palpation == "pincer":
        held.insert(0, "pincer_compression")
    within = [t for t in held if kb.techniques[t].pressure_level[0] <= muscle.pressure_level]
    return tuple(links.technique(kb, t) for t in [*within, "post_isometric_relaxation", "moist_heat_after"])
