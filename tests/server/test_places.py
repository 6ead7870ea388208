from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import unknot
from unknot.errors import InputError
from unknot.server import places
from unknot.server.places import SOCKET_PATH_LIMIT, Place, make_folder, place


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose code we seem to run."""
    package = tmp_path / "my clone" / "src" / "unknot"
    package.mkdir(parents=True)
    (tmp_path / "my clone" / "pyproject.toml").touch()
    monkeypatch.setattr(unknot, "__file__", str(package / "__init__.py"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return tmp_path / "my clone"


@pytest.mark.usefixtures("ordinary_user")
def test_a_clone_keeps_its_data_beside_its_sources(clone: Path) -> None:
    assert place(demo=False).home == clone / ".unknot" / "live"


@pytest.mark.usefixtures("ordinary_user")
def test_an_installed_package_keeps_it_in_the_state_folder(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "pyproject.toml").unlink()
    monkeypatch.setenv("XDG_STATE_HOME", "/home/alice/.local/state")
    assert place(demo=False).home == Path("/home/alice/.local/state/unknot/live")


def test_root_keeps_it_in_a_system_folder_keyed_by_the_path(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    one = place(demo=False).home
    (clone.parent / "other").mkdir()
    clone.rename(clone.parent / "other" / "my clone")
    monkeypatch.setattr(unknot, "__file__", str(clone.parent / "other/my clone/src/unknot/__init__.py"))
    two = place(demo=False).home
    assert one != two
    assert all(str(home).startswith("/var/lib/unknot/my-clone-") for home in (one, two))


def test_the_demo_never_meets_real_records(clone: Path) -> None:
    assert place(demo=True).home != place(demo=False).home


@pytest.mark.usefixtures("clone")
@pytest.mark.parametrize(
    ("user", "runtime", "short"),
    [(1000, "", "/tmp"), (1000, "/run", "/run"), (1000, "/no/such", "/tmp"), (0, "/run", "/tmp")],
)
def test_a_path_too_long_for_a_socket_gets_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, runtime: str, short: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    monkeypatch.setenv("UNKNOT_DATA", str(tmp_path / ("deep" * 30)))
    found = place(demo=False)
    assert str(found.sockets).startswith(f"{short}/unknot-{user}-")
    assert len(str(found.sockets)) <= SOCKET_PATH_LIMIT
    assert str(found.home).startswith(str(tmp_path))


def test_a_relative_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNKNOT_DATA", "data")
    with pytest.raises(InputError, match="give the absolute path of a folder"):
        place(demo=False)


@pytest.mark.parametrize(("user", "mode"), [(0, 0o711), (1000, 0o700)])
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_folders_we_make_are_closed_and_others_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, mode: int, umask: int
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    theirs.chmod(0o750)
    before = os.umask(umask)
    try:
        make_folder(theirs / "a" / "b")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (theirs, theirs / "a", theirs / "a" / "b")]
    assert modes == [0o750, mode, mode]


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="set UNKNOT_DATA to a folder that may be written"):
        Place(tmp_path / "file" / "home", tmp_path).make()


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    made = Place(tmp_path, tmp_path / "run").secret()
    assert Place(tmp_path, tmp_path / "run").secret() == made
    assert len(made) >= 50
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_the_clone_of_this_very_code_is_found() -> None:
    assert places._clone() == Path(__file__).parents[2]
