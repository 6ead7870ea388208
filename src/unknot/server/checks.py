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
    return [reached, _role(database), _migrations(database), _mail(database), _knowledge()]


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


def _mail(database: Database) -> Finding:
    """Asked of the tables themselves: the shell knows nothing of the web's insides."""
    name = "mail"
    with opened(database.web) as connection:
        if connection.execute("SELECT to_regclass('public.outbox_message')").fetchone() == (None,):
            return Finding(name, ok=True, says="no letters yet")
        waiting, late, troubled = connection.execute(
            "SELECT count(*) FILTER (WHERE state = 'waiting'),"
            " count(*) FILTER (WHERE state = 'waiting' AND made_at < now() - interval '1 hour'),"
            " count(*) FILTER (WHERE state IN ('refused', 'unsure')) FROM outbox_message"
        ).fetchone() or (0, 0, 0)
    if troubled:
        return Finding(name, ok=False, says=f"letters refused, or perhaps never delivered: {troubled}")
    if late:
        return Finding(name, ok=False, says=f"letters waiting over an hour: {late}; is UNKNOT_SMTP right?")
    return Finding(name, ok=True, says=f"letters waiting: {waiting}")


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
