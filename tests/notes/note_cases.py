"""
Sessions as they were charted (``cases/``), and the notes drafted of them.

Run as a program it writes the notes anew, beside the cases and into ``docs/notes.md``; then read them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from unknot.knowledge import load
from unknot.knowledge.labels import Lang
from unknot.notes import Charted, as_text, draft
from unknot.reasoning import read_drawing

KB = load()
CASES = Path(__file__).parent / "cases"
DOCUMENT = Path(__file__).parents[2] / "docs" / "notes.md"


class Case(NamedTuple):
    name: str
    lang: Lang
    charted: Charted

    @property
    def checked_in(self) -> Path:
        return CASES / f"{self.name}.{self.lang}.txt"

    @property
    def drafted(self) -> str:
        return as_text(draft(self.charted, KB, lang=self.lang), lang=self.lang) + "\n"


def read_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.json")):
        name, lang, _ = path.name.split(".")
        document = json.loads(path.read_text("utf-8"))
        drawing = document.pop("drawing", None)
        charted = msgspec.convert(document, Charted)
        if drawing:
            charted = msgspec.structs.replace(charted, drawing=read_drawing(drawing, KB))
        yield Case(name, lang, charted)


def with_notes(document: str) -> str:
    """The document with the note of each case that it names: ``<!-- name.lang -->`` … ``<!-- end -->``."""
    notes = {f"{case.name}.{case.lang}": case.drafted for case in read_cases()}
    return re.sub(
        r"<!-- ([\w.]+) -->\n.*?<!-- end -->",
        lambda found: f"<!-- {found[1]} -->\n{_quoted(notes[found[1]])}\n<!-- end -->",
        document,
        flags=re.DOTALL,
    )


def _quoted(note: str) -> str:
    sections = [section.split("\n") for section in note.strip().split("\n\n")]
    return "\n>\n".join(_section(heading, lines) for heading, *lines in sections)


def _section(heading: str, lines: list[str]) -> str:
    """A backslash at its end keeps a line of Markdown a line."""
    return f"> **{heading}**\n>\n" + "\\\n".join(f"> {line}" for line in lines)


if __name__ == "__main__":
    for case in read_cases():
        case.checked_in.write_text(case.drafted, "utf-8")
    DOCUMENT.write_text(with_notes(DOCUMENT.read_text("utf-8")), "utf-8")
