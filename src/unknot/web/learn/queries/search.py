"""Finds pages of the library by any of their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.utils.translation import override

from unknot.knowledge import KnowledgeBase
from unknot.web.learn import links
from unknot.web.learn.links import Link
from unknot.web.site.languages import Language, language

QUERY_MAX = 80
MOST = 40


@dataclass(frozen=True)
class Entry:
    """A page and the folded names by which it is found, the title first."""

    link: Link
    names: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """What a search found; ``near`` are names to try where it found nothing."""

    query: str
    found: tuple[Link, ...]
    near: tuple[str, ...]


def folded(text: str) -> str:
    """
    A text as it is compared: without accents, capitals or punctuation.

    >>> folded("Fernández: Neck-pain")
    'fernandez neck pain'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


def search(kb: KnowledgeBase, query: str) -> Results:
    """Pages of which one name holds every word of ``query``, the best first."""
    wanted = folded(query[:QUERY_MAX])
    if not wanted:
        return Results(query.strip(), (), ())
    ranked = ((_rank(e.names, wanted), i, e.link) for i, e in enumerate(_entries(kb, language())))
    found = [(rank, i, link) for rank, i, link in ranked if rank is not None]
    if found:
        best = sorted(found, key=lambda f: f[:2])[:MOST]
        return Results(query.strip(), tuple(link for _, _, link in best), ())
    known = {name: e.link.title for e in _entries(kb, language()) for name in e.names}
    near = get_close_matches(wanted, known, n=5, cutoff=0.6)
    return Results(query.strip(), (), tuple(dict.fromkeys(known[n] for n in near)))


def _rank(names: tuple[str, ...], wanted: str) -> int | None:
    """0 for the title itself, then its beginning, then any name, then any words in it; None: not at all."""
    if names[0] == wanted:
        return 0
    if names[0].startswith(wanted):
        return 1
    if wanted in names:
        return 2
    if any(name.startswith(wanted) for name in names):
        return 3
    parts = wanted.split()
    if any(all(any(w.startswith(p) for w in name.split()) for p in parts) for name in names):
        return 4
    return None


@lru_cache(maxsize=4)
def _entries(kb: KnowledgeBase, lang: Language) -> tuple[Entry, ...]:
    with override(lang):
        return tuple(Entry(link, tuple(map(folded, names))) for link, names in _named(kb))


def _named(kb: KnowledgeBase) -> Iterator[tuple[Link, tuple[str, ...]]]:
    for m in kb.muscles.values():
        yield links.muscle(kb, m.id), (m.name, m.latin, *m.aka)
    for c in kb.conditions.values():
        yield links.condition(kb, c.id), (c.name, c.plain, *c.plain.split(", "))
    for r in kb.regions.values():
        yield links.region(kb, r.id), (r.name, kb.labels.region[r.id])
    for t in kb.techniques.values():
        yield links.technique(kb, t.id), (t.name, kb.labels.technique_name[t.id], *t.aka)
    for p in kb.practices.values():
        yield links.practice(kb, p.id), (p.name, *p.aka)
    for q in kb.questions.values():
        yield links.question(kb, q.id), (q.title,)
    for k in kb.practitioner_types.values():
        yield links.practitioner(kb, k.id), (k.name,)
    for b in kb.bodies.values():
        yield links.body(kb, b.id), (b.name, b.id, *b.letters)
    for i in kb.instruments.values():
        yield links.instrument(kb, i.id), (i.name, i.id)
