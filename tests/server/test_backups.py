"""A backup holds everything, and a restore brings it back or changes nothing."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from unknot.server.places import OWNER, Place

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def unknot(empty_home: Path) -> Run:
    """The command, on an installation of its own."""

    def run(*words: str, demo: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "unknot.cli.main", *words],
            env={
                "PATH": "/usr/bin:/bin",
                "UNKNOT_DATA": str(empty_home),
                "UNKNOT_DEMO": "yes" if demo else "no",
            },
            check=False,
            capture_output=True,
            text=True,
        )

    return run


def test_there_and_back(unknot: Run, empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.dump"
    assert unknot("admin", "add", "owner@example.org").returncode == 2  # nothing is there yet
    assert unknot("migrate").returncode == 0
    assert unknot("admin", "add", "owner@example.org").returncode == 0
    written = unknot("backup", str(file))
    assert written.returncode == 0, written.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert unknot("backup", str(file)).returncode == 2  # it is there already

    assert unknot("admin", "add", "second@example.org").returncode == 0
    refused = unknot("restore", str(file))
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert administrators(unknot) == 2

    broken = tmp_path / "broken.dump"
    broken.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    cut = unknot("restore", "--replace", str(broken))
    assert cut.returncode == 1
    assert "pg_restore failed" in cut.stderr
    assert administrators(unknot) == 2

    assert unknot("restore", "--replace", str(file)).returncode == 0
    assert administrators(unknot) == 1
    assert unknot("check").returncode == 0
    assert unknot("restore", str(tmp_path / "nothing")).returncode == 2


@pytest.mark.parametrize("was_filled", [False, True])
def test_a_restore_that_was_cut_off_is_undone_before_anything_is_served(
    unknot: Run, empty_home: Path, tmp_path: Path, *, was_filled: bool
) -> None:
    from unknot.server.embedded import running

    file = tmp_path / "monday.dump"
    unknot("migrate")
    unknot("admin", "add", "owner@example.org")
    unknot("backup", str(file))
    home = empty_home / "live"
    own = Place(home, home / "run")
    with running(own, "the test"), psycopg.connect(own.web.as_user(OWNER).url) as owner:
        owner.execute("ALTER SCHEMA public RENAME TO before_restore")
        owner.execute("CREATE SCHEMA public")
        if was_filled:
            owner.execute("CREATE TABLE restored ()")

    ways_in = (("migrate",), ("manage", "migrate"), ("serve", "--port", "64321"), ("backup", f"{file}2"))
    for words in ways_in if was_filled else ways_in[:1]:
        refused = unknot(*words)
        assert refused.returncode == 2, words
        assert "a restore was cut off" in refused.stderr
    checked = unknot("check", "--json")
    assert checked.returncode == 1
    assert "a restore was cut off" in checked.stdout

    refused = unknot("restore", str(file))
    assert refused.returncode == 2
    if was_filled:
        assert "a restore was cut off" in refused.stderr
        assert unknot("restore", "--replace", str(file)).returncode == 0
    assert administrators(unknot) == 1
    assert unknot("check").returncode == 0


def administrators(unknot: Run) -> int:
    counted = unknot(
        "manage", "shell", "-c", "from unknot.web.accounts.models import User; print(User.objects.count())"
    )
    return int(counted.stdout.split()[-1])


def test_a_backup_of_a_newer_version_is_refused(unknot: Run, empty_home: Path, tmp_path: Path) -> None:
    from unknot.server.embedded import running

    file = tmp_path / "newer.dump"
    unknot("migrate")
    home = empty_home / "live"
    own = Place(home, home / "run")
    with running(own, "the test"), psycopg.connect(own.web.as_user(OWNER).url) as owner:
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('booking', '9999_later', now())"
        )
    unknot("backup", str(file))
    with running(own, "the test"), psycopg.connect(own.web.as_user(OWNER).url) as owner:
        owner.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    refused = unknot("restore", "--replace", str(file))
    assert refused.returncode == 2
    assert "newer Unknot" in refused.stderr
    assert unknot("check").returncode == 0


def test_the_demo_is_forgotten_when_nothing_runs(unknot: Run, empty_home: Path) -> None:
    unknot("migrate", demo=True)
    cluster = empty_home / "demo" / "pg18"
    assert cluster.exists()
    assert unknot("demo", "--reset").returncode == 0
    assert not cluster.exists()
