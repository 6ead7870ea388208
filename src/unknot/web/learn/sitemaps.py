from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import load
from unknot.web.learn.links import slug_of
from unknot.web.site.sitemaps import Pages, Route

INDEXES = (
    "home", "muscles", "regions", "techniques", "conditions", "questions", "people", "licences", "benefits",
    "history", "considerations", "prices", "safety", "measures", "evidence",
)  # fmt: skip


class LibraryPages(Pages):
    """Every page of the library."""

    priority = 0.6

    def items(self) -> list[Route]:
        """Indexes first, then every fact."""
        kb = load()
        facts: dict[str, Iterable[str]] = {
            "muscle": kb.muscles,
            "region": kb.regions,
            "technique": kb.techniques,
            "practice": kb.practices,
            "condition": kb.conditions,
            "question": kb.questions,
            "practitioner": kb.practitioner_types,
            "body": kb.bodies,
            "rules": kb.screening_meta.order,
        }
        indexes: list[Route] = [(f"learn:{name}", {}) for name in INDEXES]
        return indexes + [
            (f"learn:{route}", {"slug": slug_of(id_)}) for route, entries in facts.items() for id_ in entries
        ]
