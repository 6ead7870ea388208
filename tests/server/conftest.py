from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import naming, place_in

from unknot.server.embedded import running


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket, that PostgreSQL's own user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="unknot-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def empty_home() -> Iterator[Path]:
    """A home for a server that was never started."""
    with short_folder() as folder:
        yield folder / "home"


@pytest.fixture(scope="session")
def first_start() -> Iterator[Path]:
    """A home whose server was started once; making a cluster takes a second, so tests share this one."""
    with short_folder() as folder:
        with running(place_in(folder / "home"), "the tests"):
            pass
        yield folder / "home"


@pytest.fixture
def home(first_start: Path) -> Iterator[Path]:
    """A home with a cluster in which nothing runs, before the test and after it."""
    yield first_start
    assert naming(first_start) == []
