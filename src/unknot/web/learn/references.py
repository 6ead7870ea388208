"""The sources of a page, numbered, and the small marks that open them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unknot.errors import UnknownId
from unknot.knowledge import load
from unknot.knowledge.sources import cite
from unknot.web.learn import links


@dataclass(frozen=True)
class Reference:
    """One entry of the list at a page's end; ``url`` is None where there is nothing fit to open."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True)
class Mark:
    r"""
    What ends a medical statement: the numbers of its sources, opening the first of them.

    >>> Mark((1, 2, 3, 7)).label == "1\N{EN DASH}3, 7"
    True
    """

    numbers: tuple[int, ...]

    @property
    def first(self) -> int:
        """The number that the mark opens."""
        return self.numbers[0]

    @property
    def label(self) -> str:
        """The numbers, runs drawn together."""
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return ", ".join(f"{run[0]}\N{EN DASH}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


OWN_DATA: Mapping[str, tuple[Promise, str]] = {
    "screening.toml": (_("this library's safety rules"), "learn:safety"),
    "techniques.toml": (_("this library's techniques"), "learn:techniques"),
    "complementary.toml": (_("this library's practices"), "learn:techniques"),
    "conditions.toml": (_("this library's conditions"), "learn:conditions"),
    "outcomes.toml": (_("this library's measures"), "learn:measures"),
    "credentials.toml": (_("this library's pages on practitioners"), "learn:people"),
    "billing.toml": (_("this library's pages on prices"), "learn:prices"),
}
"""Files of facts that other facts rest on: what readers call them, and where they are shown."""

_ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


def reference(number: int, source: str) -> Reference:
    """A source as readers see it: what rests on facts of our own leads to their page."""
    citation = cite(source)
    text, url = citation.text, citation.url
    for file, (name, route) in OWN_DATA.items():
        if file in text:
            text, url = _ID.sub(_named, text.replace(file, str(name))), url or reverse(route)
    return Reference(number, text, url)


def _named(id_: re.Match[str]) -> str:
    kb = load()
    if id_[0] in kb.rules:
        return links.rule(kb, id_[0]).title
    try:
        return links.see(kb, id_[0]).title
    except UnknownId:
        return id_[0].replace("_", " ")  # a part of a file, such as its prices


class References:
    """Collects sources while a page is put together; the same source keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, sources: Iterable[str]) -> Mark:
        """The mark for a statement that rests on ``sources``, at least one."""
        numbers = [self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources]
        return Mark(tuple(sorted(set(numbers))))

    def listed(self) -> tuple[Reference, ...]:
        """All sources marked so far, by number."""
        return tuple(reference(number, source) for source, number in self._numbers.items())
