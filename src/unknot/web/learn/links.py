"""
Ways from one fact to another.

An address is made of the fact's id: ``upper_trapezius`` stands at ``muscles/upper-trapezius/``. Ids are
unique across kinds as far as facts name each other, which a test checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import region_name, rule_words
from unknot.web.site.languages import Language, language


@dataclass(frozen=True)
class Link:
    """
    A page of the library, or a place on one; ``note`` says in a few words what waits there.

    ``lang`` is the title's language: names of regions, techniques and rules are translated, others are not.
    """

    title: str
    route: str
    slug: str = ""
    anchor: str = ""
    note: str = ""
    lang: Language = "en"

    @property
    def url(self) -> str:
        """Its address in the language being answered."""
        path = reverse(self.route, kwargs={"slug": self.slug} if self.slug else None)
        return f"{path}#{self.anchor}" if self.anchor else path


@dataclass(frozen=True)
class Group:
    """Links that belong together, under a heading with an ``anchor`` of its own."""

    title: Promise
    anchor: str
    links: tuple[Link, ...]


def slug_of(id_: str) -> str:
    """
    An id as it stands in an address.

    >>> slug_of("upper_trapezius"), slug_of("NCBTMB")
    ('upper-trapezius', 'ncbtmb')
    """
    return id_.lower().replace("_", "-")


def find(kind: str, slug: str, entries: Mapping[str, Any]) -> Any:
    """The entry whose address is ``slug``. Raises UnknownId."""
    for id_, entry in entries.items():
        if slug_of(id_) == slug:
            return entry
    raise UnknownId(kind, slug, map(slug_of, entries))


def muscle(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a muscle."""
    return Link(kb.muscles[id_].name, "learn:muscle", slug_of(id_))


def region(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a region."""
    lang = language()
    return Link(region_name(kb.regions[id_], kb.labels, lang), "learn:region", slug_of(id_), lang=lang)


def technique(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a technique."""
    return Link(technique_name(kb, id_), "learn:technique", slug_of(id_), lang=language())


def technique_name(kb: KnowledgeBase, id_: str) -> str:
    """What a technique is called in the language being answered."""
    return kb.labels.technique_name[id_] if language() == "es" else kb.techniques[id_].name


def practice(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a complementary practice."""
    return Link(kb.practices[id_].name, "learn:practice", slug_of(id_))


def condition(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a condition."""
    found = kb.conditions[id_]
    return Link(found.name, "learn:condition", slug_of(id_), note=found.plain)


def question(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a question."""
    return Link(kb.questions[id_].title, "learn:question", slug_of(id_))


def practitioner(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a kind of practitioner."""
    return Link(kb.practitioner_types[id_].name, "learn:practitioner", slug_of(id_))


def body(kb: KnowledgeBase, id_: str) -> Link:
    """The page of a certifying or professional body."""
    return Link(kb.bodies[id_].name, "learn:body", slug_of(id_))


def instrument(kb: KnowledgeBase, id_: str) -> Link:
    """An outcome measure, on the page of all of them."""
    return Link(kb.instruments[id_].name, "learn:measures", anchor=slug_of(id_))


def rule(kb: KnowledgeBase, id_: str) -> Link:
    """A screening rule, on the page of its category."""
    found, lang = kb.rules[id_], language()
    name = rule_words(found, kb.rules_es, lang).name
    return Link(name, "learn:rules", found.category, anchor=slug_of(id_), lang=lang)


KINDS: tuple[
    tuple[Callable[[KnowledgeBase], Mapping[str, Any]], Callable[[KnowledgeBase, str], Link]], ...
] = (
    (lambda kb: kb.questions, question),
    (lambda kb: kb.muscles, muscle),
    (lambda kb: kb.conditions, condition),
    (lambda kb: kb.techniques, technique),
    (lambda kb: kb.practices, practice),
    (lambda kb: kb.practitioner_types, practitioner),
    (lambda kb: kb.bodies, body),
    (lambda kb: kb.instruments, instrument),
)


def see(kb: KnowledgeBase, id_: str) -> Link:
    """Where ``id_``, of whatever kind, is explained. Raises UnknownId."""
    for entries, link in KINDS:
        if id_ in entries(kb):
            return link(kb, id_)
    raise UnknownId("fact", id_, (known for entries, _ in KINDS for known in entries(kb)))


def by_title(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links in the order of the alphabet."""
    return tuple(sorted(links, key=lambda link: link.title.casefold()))
