"""Brings a database up to date: roles, grants, and Django's migrations, run by the owner of the tables."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from unknot.errors import InputError
from unknot.server.databases import Database
from unknot.server.roles import grant_what_is_missing, opened, prepare_web_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from unknot.server.addresses import Address

ONE_AT_A_TIME = 0x554E4B4E4F54  # "UNKNOT": the key of the lock that migrating programs take
BEFORE_RESTORE = "before_restore"
"""The schema that holds what was there before, as long as a restore isn't done."""
HALF_RESTORED = (
    "a restore was cut off, and what was there before waits beside it: run `unknot restore FILE` again,"
    " with --replace to go on, without it to have back what was there"
)


def migrate(database: Database) -> list[str]:
    """
    Apply what is missing, and say what was: ``accounts.0001_initial`` and so on.

    Configures Django for this process as the owner of the tables, so it must be the process's first
    use of Django. Raises InputError where there is no owner to migrate as, yet something to apply, and
    where a restore was cut off: its empty schema would look like an installation in which nobody is yet.
    """
    refuse_half_restored(database.owner or database.web)
    configure_django(database.owner or database.web)
    if database.owner is None:
        if unapplied():
            raise InputError(
                "migrations are missing and DATABASE_OWNER_URL is not set: set it, or migrate as its owner"
            )
        return []
    with _one_at_a_time(database.owner):
        prepare_web_role(database.owner, database.web)
        if missing := unapplied():
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
        grant_what_is_missing(database.owner, database.web)
    return missing


def refuse_half_restored(address: Address) -> None:
    """Raise InputError where a restore was cut off."""
    with opened(address) as connection:
        if is_half_restored(connection):
            raise InputError(HALF_RESTORED)


def is_half_restored(connection: Connection) -> bool:
    """Whether what was there before a restore still waits beside what it was to bring."""
    found = connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", [BEFORE_RESTORE])
    return found.fetchone() is not None


def unapplied() -> list[str]:
    """The migrations that the database lacks, in the order in which they would run."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def known() -> set[tuple[str, str]]:
    """Every migration that this version has, as app and name."""
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None).disk_migrations)


def configure_django(address: Address) -> None:
    """Set Django up in this process, on one database as one role."""
    import django

    os.environ["DATABASE_URL"] = address.url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.web.site.settings")
    django.setup()


@contextmanager
def _one_at_a_time(owner: Address) -> Iterator[None]:
    """Two programs that start at once migrate one after the other; the second finds nothing to do."""
    with opened(owner) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield
