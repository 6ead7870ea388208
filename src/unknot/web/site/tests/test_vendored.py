from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

SITE = Path(__file__).parents[1]
STATIC = SITE / "static" / "site"
REPOSITORY = SITE.parents[3]
PACKAGES: list[dict[str, Any]] = tomllib.loads((SITE / "vendored.toml").read_text("utf-8"))["package"]
FILES = {path: sha for package in PACKAGES for path, sha in package["sha256"].items()}


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_the_one_that_was_taken(path: str) -> None:
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == FILES[path]


def test_every_font_is_listed() -> None:
    there = {p.relative_to(STATIC).as_posix() for p in (STATIC / "fonts").iterdir()}
    assert there <= FILES.keys()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p["name"])
def test_the_notices_name_it(package: dict[str, Any]) -> None:
    notices = (REPOSITORY / "NOTICES.md").read_text("utf-8")
    assert f"`{package['name']}` | {package['version']}" in notices
    assert package["licence_file"] in package["sha256"]
