"""What `unknot check` looks at: the database, its migrations, and the knowledge."""

from __future__ import annotations

from dataclasses import dataclass

from unknot.errors import InputError, KnowledgeError
from unknot.server.databases import Database
from unknot.server.roles import OLDEST_VERSION, opened, powers


@dataclass(frozen=True)
class Finding:
    """One thing looked at, whether it is as it must be, and what was seen."""

    name: str
    ok: bool
    says: str


def findings(database: Database) -> list[Finding]:
    """Look at everything; what depends on something that is wrong is not looked at."""
    reached = _database(database)
    if not reached.ok:
        return [reached, _knowledge()]
    return [reached, _role(database), _migrations(database), _knowledge()]


def _database(database: Database) -> Finding:
    name = "database"
    try:
        with opened(database.web) as connection:
            version = connection.info.server_version
    except InputError as error:
        return Finding(name, ok=False, says=str(error))
    says = f"PostgreSQL {version // 10000}, {database.web.shown}"
    return Finding(name, ok=version >= OLDEST_VERSION, says=says)


def _role(database: Database) -> Finding:
    with opened(database.web) as connection:
        found = powers(connection)
    says = f"{database.web.user} {', '.join(found) if found else 'owns nothing'}"
    return Finding("role", ok=not found, says=says)


def _migrations(database: Database) -> Finding:
    from unknot.server.migrations import configure_django, unapplied

    configure_django(database.web)
    missing = unapplied()
    says = f"{len(missing)} missing: run `unknot migrate`" if missing else "all applied"
    return Finding("migrations", ok=not missing, says=says)


def _knowledge() -> Finding:
    from unknot.knowledge import load
    from unknot.knowledge.crossing import PARTS, check

    name = "knowledge"
    try:
        base = load()
        problems = check(base)
        facts = sum(len(getattr(base, part)) for part in PARTS)
    except KnowledgeError as error:
        return Finding(name, ok=False, says=str(error))
    if problems:
        return Finding(name, ok=False, says=f"{len(problems)} facts wrong: run `unknot knowledge check`")
    return Finding(name, ok=True, says=f"{facts} facts, all right")
