"""The whole from a clone, as root and as an ordinary user; a user is changed by root only."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from programs import NOBODY, address_in, naming, soon, unknot

REPOSITORY = Path(__file__).parents[2]
PACKAGES = Path(psycopg.__file__).parents[1]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.geteuid() != 0, reason="NOT ROOT: what root does is untested in this run"),
]


@pytest.fixture
def clone(empty_home: Path) -> Iterator[Path]:
    """A checkout of these very sources, in a folder with a space."""
    made = empty_home.parent / "my clone"
    shutil.copytree(REPOSITORY / "src", made / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", made)
    yield made
    assert soon(lambda: naming(made) == []), naming(made)


def environment_of(clone: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": f"{clone / 'src'}:{PACKAGES}",
        "OUTPUT": str(clone / "output"),
        "HOME": "/nonexistent",
    }


def test_as_root_under_a_folder_that_only_root_enters(clone: Path) -> None:
    clone.parent.chmod(0o700)
    before = set(Path("/var/lib/unknot").iterdir())
    with unknot("demo", environment=environment_of(clone)) as (program, output):
        address_in(program, output)
        (data,) = set(Path("/var/lib/unknot").iterdir()) - before
    assert data.name.startswith("my-clone-")
    assert not (clone / ".unknot").exists()
    assert stat.S_IMODE(clone.parent.stat().st_mode) == 0o700
    shutil.rmtree(data)


def system_python() -> str:
    """A Python of our version that everybody may run; the one of this environment may lie in root's home."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        command = [candidate, "-c", "import psycopg, granian, django"]
        try:
            tried = subprocess.run(
                command, env={"PYTHONPATH": str(PACKAGES)}, user=NOBODY, check=False, capture_output=True
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return candidate
    pytest.skip("NO PYTHON FOR OTHERS: what an ordinary user does is untested in this run")


def test_as_an_ordinary_user_the_data_lies_in_the_clone(clone: Path) -> None:
    for path in [clone, *clone.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    python = system_python()
    with unknot("demo", environment=environment_of(clone), python=python, user=NOBODY) as (program, output):
        address_in(program, output)
        cluster = clone / ".unknot" / "demo" / "pg18"
        assert (cluster.stat().st_uid, stat.S_IMODE(cluster.stat().st_mode)) == (NOBODY, 0o700)
        assert {Path(f"/proc/{process}").stat().st_uid for process in naming(clone)} == {NOBODY}


def test_an_ordinary_user_who_may_not_write_is_told_what_to_do(clone: Path) -> None:
    with unknot("demo", environment=environment_of(clone), python=system_python(), user=NOBODY) as (
        program,
        output,
    ):
        assert program.wait(30) == 2
        said = output.read_text()
    assert said.startswith(f"unknot: can't make {clone}/.unknot/demo (Permission denied): set UNKNOT_DATA")
