"""
The visitor's way in Spanish: what reads the same in both languages has been left in English, or is marked so.

Each kind of page is asked for in both languages with the same answers, and their texts are compared.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from unknot.knowledge import load
from unknot.knowledge.labels import Lang
from unknot.screening.questionnaire import questionnaire

KB = load()
READ = ("aria-label", "title", "placeholder", "alt", "data-none")
SUMMARIES = ("description", "og:title", "og:description")
UNREAD = ("script", "style")
VOID = ("meta", "link", "input", "br", "img", "hr")
SHARED = (
    "Unknot",
    "mmHg",
    "Australia",
    "Diabetes",
    "Osteoporosis",
    "Osteopenia",
    "Lupus",
    "Psoriasis",
    "Cannabis",
)
Typed = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Scene:
    """A page of the way: the fields that lead there, and what only it shows."""

    route: str
    shows: str
    pains: Mapping[str, str] = field(default_factory=lambda: {"temple:left": "7", "neck_side:left": "5"})
    aims: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    typed: Typed = field(default_factory=dict)
    status: int = 200

    def fields(self) -> Typed:
        """What is posted; who didn't tick anything in a group has ticked its "none of these"."""
        carried: dict[str, str | list[str]] = {
            "drawing": json.dumps({"pains": self.pains, "aims": self.aims}),
            "step": "motions",
        }
        if self.route in {"motions", "safety"}:
            return {**carried, **self.typed}
        groups = questionnaire(KB, lang="en").groups
        none = [g.id for g in groups if not {item.id for item in g.items} & set(self.items)]
        answers = {"step": "safety", "asked": "yes", "q-age": "34", "q-sex": "male"}
        return {**carried, **answers, "q-none": none, "q-item": list(self.items), **self.typed}


SCENES = {
    "start": Scene("start", "how__steps"),
    "nothing marked": Scene("motions", 'role="alert"', pains={}, status=422),
    "a pain of 11": Scene("motions", 'aria-invalid="true"', pains={"temple:left": "11"}, status=422),
    "no such place": Scene("motions", 'role="alert"', pains={"tail": "4"}, status=422),
    "motions": Scene("motions", 'data-step="motions"'),
    "too many words": Scene("safety", 'role="alert"', typed={"words": "1" * 2001}, status=422),
    "safety": Scene("safety", 'data-step="safety"'),
    "answers missing": Scene("answer", "sheet--wrong", typed={"asked": [], "q-none": []}, status=422),
    "no age": Scene("answer", 'role="alert"', typed={"q-age": "old"}, status=422),
    "answers that clash": Scene(
        "answer", 'role="alert"', items=("allergies.latex",), typed={"q-none": ["comfort"]}, status=422
    ),
    "proceed": Scene("answer", "verdict--ok"),
    "an aim without pain": Scene("answer", "verdict--ok", pains={}, aims=("stress",)),
    "nothing explains it": Scene("answer", "note--caution", pains={"ankle_inner:left": "5"}),
    "adapt": Scene("answer", 'id="changes"', items=("medications.anticoagulant",)),
    "clearance": Scene("answer", 'id="letter"', items=("conditions.cancer",),
                       typed={"q-conditions.cancer-status": "active"}),
    "local": Scene("answer", 'id="changes"', items=("conditions.open_wound",),
                   typed={"q-conditions.open_wound-place": "neck_base:left"}),
    "a place missing": Scene("answer", 'id="open"', items=("conditions.open_wound",)),
    "light work only": Scene("answer", 'id="course"', items=("conditions.thrombocytopenia",)),
    "held": Scene("answer", 'id="open"', typed={"q-none": []}),
    "not known": Scene("answer", 'id="asks"', typed={"q-unknown": ["conditions.osteoporosis"]}),
    "no treatment": Scene("answer", "verdict--stop", items=("conditions.deep_vein_thrombosis",),
                          typed={"q-conditions.deep_vein_thrombosis-status": "active"}),
    "emergency, now": Scene("answer", "danger__numbers", items=("gate.stroke", "symptoms.face_droop")),
    "emergency, confirmed": Scene("answer", "data-print", items=("gate.stroke", "symptoms.face_droop"),
                                  typed={"confirmed": "yes"}),
    "emergency, today": Scene("answer", "danger__do", items=("gate.limb", "symptoms.one_limb_swollen")),
    "letter": Scene("letter", "letter__answers", items=("conditions.cancer",),
                    typed={"q-conditions.cancer-status": "active"}),
    "a guardian's letter": Scene("letter", "letter__answers", typed={"q-age": "15"}),
}  # fmt: skip


class Texts(HTMLParser):
    """The texts of a page that are not marked as another language's than the page's."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang
        self.langs: list[str | None] = []
        self.tags: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang", self.langs[-1] if self.langs else None)
        if lang == self.lang:
            self.found += [text for name in READ if (text := given.get(name)) and tag != "meta"]
            if given.get("name", given.get("property")) in SUMMARIES:
                self.found.append(given.get("content") or "")
        if tag not in VOID:
            self.tags.append(tag)
            self.langs.append(lang)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.tags.pop() == tag
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] not in UNREAD and self.langs[-1] == self.lang and data.strip():
            self.found.append(" ".join(data.split()))


@cache
def page(name: str, lang: Lang) -> str:
    """The page of a scene in one language."""
    scene = SCENES[name]
    with translation.override(lang):
        path = reverse(f"intake:{scene.route}")
    client = Client()
    response = client.get(path) if scene.route == "start" else client.post(path, scene.fields())
    shown = response.content.decode()
    assert response.status_code == scene.status, name
    assert scene.shows in shown, name
    return shown


def texts(name: str, lang: Lang) -> list[str]:
    """What the page of a scene says in its own language."""
    reader = Texts(lang)
    reader.feed(page(name, lang))
    return reader.found


def is_wording(text: str) -> bool:
    """Whether it holds words, and not only numbers, ids, addresses and names."""
    return bool(re.search(r"[^\W\d_]{3,}", text)) and not re.fullmatch(r"[\d.,\N{EN DASH}\s]*USD", text)


def left_in_english(name: str) -> Iterator[str]:
    english = set(texts(name, "en"))
    yield from (t for t in texts(name, "es") if t in english and is_wording(t) and t not in SHARED)


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_left_in_english(name: str) -> None:
    assert len(texts(name, "es")) > 20
    assert list(left_in_english(name)) == []


@pytest.mark.parametrize("name", ["proceed", "adapt", "clearance", "local", "held"])
def test_what_stays_english_is_said_once_and_marked(name: str) -> None:
    spanish = page(name, "es")
    assert spanish.count("están por ahora en inglés") == 1
    assert "están por ahora en inglés" not in page(name, "en")
    assert 'lang="en">Upper trapezius</a>' in spanish


@pytest.mark.parametrize(
    "name",
    ["no treatment", "emergency, now", "emergency, confirmed", "emergency, today", "letter", "safety"],
)
def test_danger_and_letter_leave_nothing_in_english(name: str) -> None:
    assert "en inglés" not in page(name, "es")
    without_sources = re.sub(r'<ol class="references".*?</ol>', "", page(name, "es"), flags=re.DOTALL)
    marked = Texts("en")
    marked.feed(without_sources)
    assert marked.found == ["English"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("emergency, now", "stroke_signs_now"),
        ("no treatment", "dvt_known"),
        ("clearance", "cancer_active"),
        ("adapt", "anticoagulant"),
    ],
)
def test_what_to_do_is_said_in_spanish(name: str, rule: str) -> None:
    shown = html.unescape(page(name, "es"))
    assert KB.rules_es[rule].action in shown
    assert KB.rules[rule].action not in shown
