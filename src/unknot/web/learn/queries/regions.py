from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from unknot.atlas import touching
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.referral import Referral
from unknot.knowledge.regions import Region
from unknot.web.learn import links, words
from unknot.web.learn.links import Group, Link
from unknot.web.learn.pictures import Picture, region_pictures, way_in
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class Referrer:
    """A muscle that refers pain to a region: in nearly everyone, sometimes, or to the other side only."""

    link: Link
    strength: Literal["essential", "spillover", "other_side"]
    prevalence: Promise
    points: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True)
class RegionPage:
    """All that the page of one region shows."""

    region: Region
    name: str
    group: Promise
    pictures: tuple[Picture, ...]
    essential: tuple[Referrer, ...]
    spillover: tuple[Referrer, ...]
    other_side: tuple[Referrer, ...]
    pressed: tuple[Link, ...]
    conditions: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class RegionsIndex:
    """All regions, on the body and as a list."""

    groups: tuple[Group, ...]
    pictures: tuple[Picture, ...]


def regions_index(kb: KnowledgeBase) -> RegionsIndex:
    """The way in by the place that hurts."""
    return RegionsIndex(region_groups(kb), way_in())


def region_groups(kb: KnowledgeBase) -> tuple[Group, ...]:
    """All regions by part of the body, head to toes."""
    return tuple(
        Group(
            title,
            links.slug_of(group),
            tuple(links.region(kb, r.id) for r in kb.regions.values() if r.group == group),
        )
        for group, title in words.REGION_GROUPS.items()
    )


def region_page(kb: KnowledgeBase, slug: str) -> RegionPage:
    """The page of the region at ``slug``. Raises UnknownId."""
    region: Region = links.find("region", slug, kb.regions)
    name = links.region(kb, region.id).title
    references = References()
    referrers = [_referrer(kb, r, references) for r in kb.muscles_referring_to(region.id)]
    return RegionPage(
        region=region,
        name=name,
        group=words.REGION_GROUPS[region.group],
        pictures=region_pictures(region, name),
        essential=tuple(r for r in referrers if r.strength == "essential"),
        spillover=tuple(r for r in referrers if r.strength == "spillover"),
        other_side=tuple(r for r in referrers if r.strength == "other_side"),
        pressed=_pressed_here(kb, region.id),
        conditions=tuple(links.condition(kb, c.id) for c in kb.conditions_felt_in(region.id)),
        neighbours=_touching(kb, region),
        references=references.listed(),
    )


def _referrer(kb: KnowledgeBase, referral: Referral, references: References) -> Referrer:
    muscle = referral.muscle
    reaching = referral.essential or referral.spillover or referral.other_side
    return Referrer(
        link=links.muscle(kb, muscle.id),
        strength="essential" if referral.essential else "spillover" if referral.spillover else "other_side",
        prevalence=words.PREVALENCE[muscle.prevalence],
        points=tuple(p.id for p in reaching),
        mark=references.mark(muscle.sources),
    )


def _pressed_here(kb: KnowledgeBase, region: str) -> tuple[Link, ...]:
    here = (m for m in kb.muscles.values() if any(region in p.press_at for p in m.trigger_points))
    return links.by_title(links.muscle(kb, m.id) for m in here)


def _touching(kb: KnowledgeBase, region: Region) -> tuple[Link, ...]:
    place = Place(region.id, "right") if region.sided else Place(region.id)
    near = {other.region for other in touching(place)} - {region.id}
    return tuple(links.region(kb, id_) for id_ in kb.regions if id_ in near)
