from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from unknot.knowledge import KnowledgeBase, load
from unknot.knowledge.reading import DATA


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load()


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], KnowledgeBase]:
    """A knowledge base of the package's facts, in which one passage of one file reads otherwise."""

    def edit(file: str, old: str, new: str) -> KnowledgeBase:
        folder = tmp_path / "data"
        shutil.copytree(DATA, folder)
        facts = (folder / file).read_text("utf-8")
        assert old in facts, f"{file} no longer says {old!r}"
        (folder / file).write_text(facts.replace(old, new, 1), "utf-8")
        return KnowledgeBase(folder)

    return edit
