from __future__ import annotations

from dataclasses import dataclass

from unknot.knowledge import KnowledgeBase
from unknot.web.learn import links
from unknot.web.learn.links import Group, Link
from unknot.web.learn.pictures import Picture, way_in
from unknot.web.learn.queries.regions import region_groups

ASKED_FIRST = (
    "what_is_it",
    "does_it_relieve_pain",
    "is_it_painful",
    "who_should_not",
    "how_many_sessions",
    "what_does_it_cost",
    "can_it_be_done_online",
    "do_trigger_points_exist",
)


@dataclass(frozen=True)
class LibraryHome:
    """The way into the library."""

    regions: tuple[Group, ...]
    pictures: tuple[Picture, ...]
    questions: tuple[Link, ...]
    counts: dict[str, int]


def library_home(kb: KnowledgeBase) -> LibraryHome:
    """What the first page of the library shows."""
    return LibraryHome(
        regions=region_groups(kb),
        pictures=way_in(),
        questions=tuple(links.question(kb, q) for q in ASKED_FIRST),
        counts={
            "muscles": len(kb.muscles),
            "regions": len(kb.regions),
            "techniques": len(kb.techniques) + len(kb.practices),
            "conditions": len(kb.conditions),
            "questions": len(kb.questions),
            "rules": len(kb.rules),
            "people": len(kb.practitioner_types) + len(kb.bodies),
        },
    )
