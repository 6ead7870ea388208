"""What the documents say of the repository is true of it."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]


def test_every_dependency_has_its_reason() -> None:
    wanted = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    rows = re.findall(
        r"^\| ([a-z-]+(?:, [a-z-]+)*) \|", (REPOSITORY / "docs/dependencies.md").read_text(), re.MULTILINE
    )
    assert {name for row in rows for name in row.split(", ")} - {"package", "---"} == names


def test_requirements_are_locked_with_hashes_and_name_no_index() -> None:
    for file in ("runtime.txt", "dev.txt"):
        text = (REPOSITORY / "requirements" / file).read_text()
        pins = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
        assert len(pins) > 10
        assert text.count("--hash=sha256:") >= len(pins)
        assert "index-url" not in text


@pytest.mark.parametrize(
    "document", [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")], ids=lambda p: p.name
)
def test_links_lead_to_something(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_make_help_lists_what_a_person_needs() -> None:
    recipes = re.findall(r"^([a-z-]+):.*## ", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert {"help", "demo", "test", "test-long", "bench", "lint", "lock", "clean"} <= set(recipes)
