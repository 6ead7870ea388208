"""The Spanish of the interface is complete, and the compiled files are those of the written ones."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[2]
CATALOGUES = sorted(WEB.glob("*/locale/*/LC_MESSAGES/django.po"))
TEXT = r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_CONTEXT = "\x04"
"""What stands between a context and its text in a catalogue."""


def in_template(path: Path) -> Iterator[str]:
    """As `makemessages` reads it: ``gettext(u'…')``, ``ngettext(u'…', …)``, ``pgettext(u'…', u'…')``."""
    source = templatize(path.read_text("utf-8"))
    for context, text in re.findall(rf"gettext\((?:(?<=pgettext\()u?({TEXT}), )?u?({TEXT})", source):
        yield (ast.literal_eval(context) + IN_CONTEXT if context else "") + ast.literal_eval(text)


def in_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in CALLS:
                yield text
            case ast.Call(
                func=ast.Name(id="pgettext" | "pgettext_lazy"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(text))],
            ):
                yield context + IN_CONTEXT + text


def entries(path: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The originals and translations of a catalogue, one each or one a plural form; the head has none."""
    for block in path.read_text("utf-8").split("\n\n"):
        said: dict[str, list[str]] = {"msgctxt": [], "msgid": [], "msgstr": []}
        for line in block.splitlines():
            if found := re.match(r"(msgctxt|msgid|msgstr)\S* (\".*\")$", line):
                said[found[1]].append(ast.literal_eval(found[2]))
            elif line.startswith('"'):
                said["msgstr" if said["msgstr"] else "msgid"][-1] += ast.literal_eval(line)
        context = "".join(text + IN_CONTEXT for text in said["msgctxt"])
        yield tuple(context + text for text in said["msgid"]), tuple(said["msgstr"])


def test_texts_of_templates_are_found(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '{% load i18n %}{% translate "one" %}{% translate "two" context "few" %}'
        "{% blocktranslate count n=1 %}a{% plural %}b{% endblocktranslate %}"
    )
    assert set(in_template(path)) == {"one", f"few{IN_CONTEXT}two", "a"}


def test_there_are_catalogues() -> None:
    assert {path.parents[3].name for path in CATALOGUES} >= {"site", "learn", "intake"}


@pytest.mark.parametrize("app", sorted(p.name for p in WEB.iterdir() if (p / "apps.py").exists()))
def test_every_text_is_translated(app: str) -> None:
    templates = (p for p in (WEB / app).glob("templates/**/*") if p.suffix in {".html", ".txt"})
    texts = {t for path in templates for t in in_template(path)}
    modules = (p for p in (WEB / app).rglob("*.py") if "tests" not in p.parts and "migrations" not in p.parts)
    texts |= {t for path in modules for t in in_module(path)}
    known = trans_real.translation("es")._catalog
    missing = [t for t in texts if not known.get(t) and not known.get((t, 0))]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[3].name)
def test_the_compiled_catalogue_is_current(path: Path) -> None:
    """Renew it with: msgfmt --no-hash -o django.mo django.po."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = {}
    for originals, translations in entries(path):
        keys = (
            [originals[0]] if len(originals) == 1 else [(originals[0], n) for n in range(len(translations))]
        )
        written.update(zip(keys, translations, strict=True))
    assert compiled == written
    assert all(text.strip() for text in written.values())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[3].name)
def test_placeholders_survive_translation(path: Path) -> None:
    for originals, translations in entries(path):
        for original, translation in zip(originals[-1:], translations[-1:], strict=True):
            wanted = set(re.findall(r"%\(\w+\)s", original))
            assert set(re.findall(r"%\(\w+\)s", translation)) == wanted, original


def test_a_text_has_one_translation_in_all_catalogues() -> None:
    """The catalogues are merged when the program runs, so the same text can't be said in two ways."""
    said: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for originals, translations in (entry for path in CATALOGUES for entry in entries(path)):
        if originals != ("",):
            said.setdefault(originals, set()).add(translations)
    assert not {text: ways for text, ways in said.items() if len(ways) > 1}
