"""Who gives it: kinds of practitioner, bodies that certify, and where a licence is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.credentials import Body, Compact, Country, Exam, PractitionerType, Province, UsState
from unknot.web.learn import links, words
from unknot.web.learn.links import Link
from unknot.web.learn.references import Mark, Reference, References


@dataclass(frozen=True)
class PeopleIndex:
    """All kinds of practitioner and all bodies."""

    practitioners: tuple[Link, ...]
    bodies: tuple[Link, ...]
    summary: str
    display_rules: tuple[str, ...]
    exams: tuple[Exam, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class PractitionerPage:
    """All that the page of one kind of practitioner shows."""

    practitioner: PractitionerType
    others: tuple[Link, ...]
    bodies: tuple[Link, ...]
    questions: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class BodyPage:
    """All that the page of one certifying or professional body shows."""

    body: Body
    certainty: Promise
    others: tuple[Link, ...]
    questions: tuple[Link, ...]
    mark: Mark
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class PlaceShown:
    """How one state, province or country regulates massage, and which of it was confirmed."""

    place: UsState | Province | Country
    anchor: str
    regulation: Promise
    checked: tuple[Promise, ...]
    mark: Mark

    @property
    def letters(self) -> str:
        """The place's own letters, without its country's: AL."""
        return self.place.code.rpartition("-")[2]


@dataclass(frozen=True)
class LicencesPage:
    """Where which licence is asked for."""

    summary: str
    compact: Compact
    compact_mark: Mark
    us_states: tuple[PlaceShown, ...]
    canada: tuple[PlaceShown, ...]
    countries: tuple[PlaceShown, ...]
    mark: Mark
    references: tuple[Reference, ...]


def people_index(kb: KnowledgeBase) -> PeopleIndex:
    """Kinds of practitioner, bodies and examinations."""
    references = References()
    meta = kb.credentials_meta
    return PeopleIndex(
        practitioners=tuple(
            Link(t.name, "learn:practitioner", links.slug_of(t.id), note=t.us_license)
            for t in kb.practitioner_types.values()
        ),
        bodies=tuple(
            Link(b.name, "learn:body", links.slug_of(b.id), note=b.kind) for b in kb.bodies.values()
        ),
        summary=meta.summary,
        display_rules=meta.display_rules,
        exams=meta.exams,
        mark=references.mark(meta.sources),
        references=references.listed(),
    )


def practitioner_page(kb: KnowledgeBase, slug: str) -> PractitionerPage:
    """The page of the kind of practitioner at ``slug``. Raises UnknownId."""
    practitioner: PractitionerType = links.find("practitioner", slug, kb.practitioner_types)
    references = References()
    return PractitionerPage(
        practitioner=practitioner,
        others=tuple(links.practitioner(kb, t) for t in kb.practitioner_types if t != practitioner.id),
        bodies=tuple(links.body(kb, b) for b in kb.bodies),
        questions=_asked_about(kb, practitioner.id),
        mark=references.mark([practitioner.checked]),
        references=references.listed(),
    )


def body_page(kb: KnowledgeBase, slug: str) -> BodyPage:
    """The page of the body at ``slug``. Raises UnknownId."""
    body: Body = links.find("body", slug, kb.bodies)
    references = References()
    return BodyPage(
        body=body,
        certainty=words.BODY_CERTAINTY[body.certainty],
        others=tuple(links.body(kb, b) for b in kb.bodies if b != body.id),
        questions=_asked_about(kb, body.id),
        mark=references.mark(body.source.split(" ; ")),
        references=references.listed(),
    )


def licences_page(kb: KnowledgeBase) -> LicencesPage:
    """The states of the US, Canada, and other countries."""
    references = References()
    meta = kb.credentials_meta
    return LicencesPage(
        summary=meta.summary,
        mark=references.mark(meta.sources),
        compact=meta.compact,
        compact_mark=references.mark([meta.compact.source]),
        us_states=_places(kb.us_states.values(), references),
        canada=_places(kb.canada.values(), references),
        countries=_places(kb.countries.values(), references),
        references=references.listed(),
    )


def _places(
    places: Iterable[UsState] | Iterable[Province] | Iterable[Country], references: References
) -> tuple[PlaceShown, ...]:
    return tuple(
        PlaceShown(
            place=place,
            anchor=links.slug_of(place.code),
            regulation=words.REGULATION[place.regulation],
            checked=tuple(words.CHECKED[c] for c in place.checked) if isinstance(place, UsState) else (),
            mark=references.mark(place.sources),
        )
        for place in places
    )


def _asked_about(kb: KnowledgeBase, id_: str) -> tuple[Link, ...]:
    return tuple(links.question(kb, q.id) for q in kb.questions.values() if id_ in q.see)
