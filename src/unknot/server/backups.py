"""
Backups: one file of `pg_dump`, and back again.

A restore fills a schema of its own beside the old one, which goes last: a file that can't be read or is too
new changes nothing. One that was cut off is undone by the next; until then nothing is served.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING

from unknot.errors import InputError, UnknotError
from unknot.server.addresses import Address
from unknot.server.binaries import programs
from unknot.server.databases import Database
from unknot.server.migrations import (
    BEFORE_RESTORE,
    configure_django,
    is_half_restored,
    known,
    migrate,
    refuse_half_restored,
)
from unknot.server.roles import opened, prepare_web_role

if TYPE_CHECKING:
    from psycopg import Connection

DUMP = ("--format=custom", "--no-owner", "--no-privileges")
FILL = ("--no-owner", "--no-privileges", "--schema=public", "--exit-on-error", "--single-transaction")


class BackupError(UnknotError):
    """The backup couldn't be made or read; the message ends with what PostgreSQL said."""


def back_up(database: Database, file: Path) -> int:
    """
    Write the whole database to a new file that only its owner may read; the number of its bytes.

    It holds every record and no key. Raises InputError where the file is there already, the owner of the
    tables isn't known, or a restore was cut off.
    """
    owner = _owner(database)
    refuse_half_restored(owner)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(f"can't write {file}: {error.strerror}; name a file that isn't there yet") from None
    try:
        with os.fdopen(handle, "wb") as out:
            _run("pg_dump", owner, DUMP, stdout=out)
    except BaseException:
        file.unlink()
        raise
    return file.stat().st_size


def restore(database: Database, file: Path, *, replace: bool) -> list[str]:
    """
    Bring a backup back, then migrate it to this version; the migrations that it lacked.

    Configures Django for this process. Raises InputError where the database holds something and ``replace``
    doesn't say that it may go, and where the backup was made by a newer version; BackupError where the file
    can't be read. Either way the database is as it was, or as it was before a restore that was cut off.
    """
    owner = _owner(database)
    if not file.is_file():
        raise InputError(f"there is no file {file}")
    configure_django(owner)
    with opened(owner) as connection:
        _undo_what_was_cut_off(connection, replace=replace)
        if _holds_something(connection) and not replace:
            raise InputError("the database holds something already: --replace lets it go")
        with _beside_the_old(connection):
            prepare_web_role(owner, database.web)
            _run("pg_restore", owner, [*FILL, str(file)])
            _refuse_newer(connection)
    return migrate(database)


@contextmanager
def _beside_the_old(connection: Connection) -> Iterator[None]:
    """An empty schema to fill; what was there before comes back if that fails, and goes if it doesn't."""
    with connection.transaction():
        connection.execute(f"ALTER SCHEMA public RENAME TO {BEFORE_RESTORE}")
        connection.execute("CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        _take_back(connection)
        raise
    connection.execute(f"DROP SCHEMA {BEFORE_RESTORE} CASCADE")


def _undo_what_was_cut_off(connection: Connection, *, replace: bool) -> None:
    """Nothing is served beside the old schema: the new one is empty, or as the restore filled it."""
    if not is_half_restored(connection):
        return
    if _has_tables(connection) and not replace:
        raise InputError(
            "a restore was cut off when it had filled the database: --replace lets that go and begins anew"
        )
    _take_back(connection)


def _take_back(connection: Connection) -> None:
    """The old schema, instead of the new one."""
    with connection.transaction():
        connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
        connection.execute(f"ALTER SCHEMA {BEFORE_RESTORE} RENAME TO public")


def _has_tables(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public'))"
    )
    return found.fetchone() == (True,)


def _holds_something(connection: Connection) -> bool:
    """A database that was only migrated holds nobody."""
    if connection.execute("SELECT to_regclass('public.accounts_user')").fetchone() == (None,):
        return False
    return connection.execute("SELECT EXISTS (SELECT FROM public.accounts_user)").fetchone() == (True,)


def _refuse_newer(connection: Connection) -> None:
    found = connection.execute("SELECT app, name FROM public.django_migrations").fetchall()
    unknown = sorted(f"{app}.{name}" for app, name in set(found) - known())
    if unknown:
        raise InputError(f"the backup is of a newer Unknot, which knows {unknown[0]}: upgrade first")


def _owner(database: Database) -> Address:
    if database.owner is None:
        raise InputError("only the owner of the tables may do this: set DATABASE_OWNER_URL")
    return database.owner


def _run(program: str, address: Address, arguments: Sequence[str], *, stdout: object = None) -> None:
    """The password travels in the environment: arguments are seen by every user of the machine."""
    environment = {"PATH": os.environ.get("PATH", ""), "PGPASSWORD": address.password}
    url = changed(address, password="").url
    done = subprocess.run(  # noqa: S603
        [programs()[program], "--dbname", url, *arguments],
        check=False,
        stdout=stdout,  # type: ignore[call-overload]  # a file or nothing
        stderr=subprocess.PIPE,
        env=environment,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BackupError(f"{program} failed: {said[-1] if said else f'exit code {done.returncode}'}")
