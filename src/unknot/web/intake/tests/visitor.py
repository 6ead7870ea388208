"""A visitor without scripts: reads a page, fills in its form, presses one of its buttons."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from unknot.knowledge import load
from unknot.screening.questionnaire import Item, questionnaire

Fields = dict[str, list[str]]
TEMPLE: Mapping[str, str] = {"temple:left": "7"}
COURSE = {"checks", "course", "home-care"}
"""The parts of an answer that look ahead to treatment, by their ids."""


@dataclass(frozen=True)
class Button:
    words: str
    action: str
    name: str
    value: str


@dataclass
class Page(HTMLParser):
    """One answer: its words, and its form as the visitor finds it."""

    response: HttpResponse
    html: str = ""
    text: str = ""
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    problem: str = ""
    errors: list[str] = field(default_factory=list)
    action: str = ""
    fields: Fields = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    twins: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.html = self.response.content.decode()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self.feed(self.html)
        self.text = " ".join(self.text.split())
        self.headings = [" ".join(words.split()) for words in self.headings]

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def main(self) -> str:
        """The page's own HTML, without the frame that all pages share."""
        return self.html[self.html.index("<main") : self.html.index("</main>")]

    def button(self, words: str) -> Button:
        (found,) = (button for button in self.buttons if words in button.words)
        return found

    # ---- taking apart

    def _in(self, tag: str) -> bool:
        return any(opened == tag for opened, _ in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag not in {"input", "meta", "link", "br", "hr", "img"}:
            self._open.append((tag, said))
        if "id" in said:
            self.ids.append(said["id"])
        if tag in {"h1", "h2"} and self._in("main"):
            self.headings.append("")
        if tag == "a":
            self.links.append(said.get("href", ""))
        if tag == "form":
            self.action = said["action"]
        if "error" in said.get("class", "").split():
            self.errors.append("")
        if tag == "button" and said.get("type") == "submit":
            action, name, value = (said.get(key, "") for key in ("formaction", "name", "value"))
            self.buttons.append(Button("", action, name, value))
        self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        kind = said.get("type", "text") if tag == "input" else tag
        if tag == "select":
            self._select = name
            self.fields.setdefault(name, [""])
        elif tag == "option" and self._select:
            self.offered.setdefault(self._select, set()).add(value)
            if "selected" in said:
                self.fields[self._select] = [value]
        elif tag == "textarea":
            self.fields[name] = [""]
        elif kind in {"checkbox", "radio"} and name:
            self.offered.setdefault(name, set()).add(value)
            if "checked" in said:
                self.twins.append((name, value))
                chosen = self.fields.setdefault(name, [])
                chosen[:] = [value] if kind == "radio" else [*chosen, value]
        elif tag == "input" and name:
            self.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        while self._in(tag) and self._open.pop()[0] != tag:
            pass
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self._open}
        if "main" in tags and not tags & {"script", "option"}:
            self.text += data
        if tags & {"h1", "h2"} and "main" in tags:
            self.headings[-1] += data
        if any("problem" in said.get("class", "").split() for _, said in self._open):
            self.problem = f"{self.problem} {data.strip()}".strip()
        if any("error" in said.get("class", "").split() for _, said in self._open):
            self.errors[-1] += data
        match self._open:
            case [*_, ("textarea", said)]:
                self.fields[said["name"]][0] += data
        if "button" in tags and self.buttons:
            last = self.buttons[-1]
            self.buttons[-1] = Button(
                f"{last.words} {data.strip()}".strip(), last.action, last.name, last.value
            )


@dataclass
class Visitor:
    """Goes from page to page in one language."""

    language: str = "en"
    client: Client = field(default_factory=Client)

    def start(self) -> Page:
        return Page(self.client.get(self.path("start")))

    def post(self, route: str, fields: Mapping[str, object]) -> Page:
        return self._send(self.path(route), fields)

    def press(self, page: Page, words: str, /, **more: str) -> Page:
        """Send the page's form by one of its buttons."""
        button = page.button(words)
        named = {button.name: button.value} if button.name else {}
        return self._send(button.action or page.action, {**page.fields, **more, **named})

    def _send(self, path: str, fields: Mapping[str, object]) -> Page:
        """Post as a browser does."""
        body = urlencode(fields, doseq=True)
        return Page(self.client.post(path, body, content_type="application/x-www-form-urlencoded"))

    def path(self, route: str) -> str:
        with translation.override(self.language):
            return reverse(f"intake:{route}")


@cache
def groups() -> Mapping[str, str]:
    """The group of each item of the questionnaire, its own or that of what opens it."""
    found: dict[str, str] = {}
    for group in questionnaire(load()).groups:
        for item in _under(group.items):
            found.setdefault(item.id, group.id)
    return found


def _under(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _under(item.follow_ups)


def drawn(
    pains: Mapping[str, str] = TEMPLE, *, aims: Iterable[str] = (), worse: Iterable[str] = (), words: str = ""
) -> str:
    """The hidden field ``drawing``."""
    return json.dumps({"pains": dict(pains), "aims": [*aims], "worse": [*worse], "words": words})


def told(
    *items: str,
    answers: Mapping[str, str] | None = None,
    none: Iterable[str] = (),
    unknown: Iterable[str] = (),
    age: str = "34",
    sex: str = "male",
    drawing: str = "",
    silent: Collection[str] = (),
    **more: str,
) -> dict[str, object]:
    """
    The safety page filled in: items ticked, "none of these" in all other groups but ``silent``.

    ``answers`` are the qualifiers by ``<item>-<key>``; ``none`` the items none of whose follow-ups holds.
    """
    touched = {groups()[item] for item in (*items, *unknown)}
    others = [g.id for g in questionnaire(load()).groups if g.id not in touched and g.id not in silent]
    return {
        "step": "safety",
        "drawing": drawing or drawn(),
        "q-age": age,
        "q-sex": sex,
        "q-item": list(items),
        "q-none": [*others, *none],
        "q-unknown": list(unknown),
        **{f"q-{name}": value for name, value in (answers or {}).items()},
        **more,
    }
