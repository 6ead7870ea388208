"""
What `unknot check` looks at.

What the tables hold is asked of them directly: the shell knows nothing of the web's insides.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from unknot.errors import InputError, KnowledgeError
from unknot.server.databases import Database
from unknot.server.roles import OLDEST_VERSION, opened, powers

if TYPE_CHECKING:
    from psycopg import Connection

    from unknot.server.places import Place

LEAST_FREE_BYTES = 1_000_000_000
LEAST_FREE_SHARE = 0.05
SOON_DAYS = 30


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
    return [
        reached,
        _role(database),
        _migrations(database),
        _mail(database),
        *([_disk(database.place)] if database.place else []),
        _licences(database),
        _appointments(database),
        _knowledge(),
    ]


def _database(database: Database) -> Finding:
    from unknot.server.migrations import HALF_RESTORED, is_half_restored

    name = "database"
    try:
        with opened(database.web) as connection:
            version = connection.info.server_version
            if is_half_restored(connection):
                return Finding(name, ok=False, says=HALF_RESTORED)
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
    name = "mail"
    with opened(database.web) as connection:
        if not _is_there(connection, "outbox_message"):
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


def _disk(place: Place) -> Finding:
    """Of the data's folder; whose server it isn't knows their own."""
    usage = shutil.disk_usage(place.home)
    ok = usage.free >= LEAST_FREE_BYTES and usage.free >= usage.total * LEAST_FREE_SHARE
    return Finding("disk", ok=ok, says=f"{usage.free / 1e9:.1f} GB of {usage.total / 1e9:.1f} GB free")


def _licences(database: Database) -> Finding:
    """
    Of those who are live: what ends soon is told, what has ended is wrong.

    As the search's index has it: the licence, or what stands for it, of each place that they work in.
    """
    name = "licences"
    with opened(database.web) as connection:
        if not _is_there(connection, "search_listing"):
            return Finding(name, ok=True, says="none yet")
        rows = connection.execute(
            "SELECT p.name, l.shown_until, l.shown_until < (now() AT TIME ZONE p.zone)::date"
            " FROM search_listing l JOIN directory_practitioner p ON p.id = l.practitioner_id"
            " WHERE l.shown_until < (now() AT TIME ZONE p.zone)::date + %s ORDER BY l.shown_until, p.name",
            [SOON_DAYS],
        ).fetchall()
    ended = [f"{who} on {day}" for who, day, is_over in rows if is_over]
    soon = [f"{who} on {day}" for who, day, is_over in rows if not is_over]
    parts = [f"ended: {', '.join(ended)}"] if ended else []
    parts += [f"ending within {SOON_DAYS} days: {', '.join(soon)}"] if soon else []
    return Finding(name, ok=not ended, says="; ".join(parts) or f"none ends within {SOON_DAYS} days")


def _appointments(database: Database) -> Finding:
    """Whether each still begins at the local time that was agreed, by today's rules of its zone."""
    name = "appointments"
    with opened(database.web) as connection:
        if not _is_there(connection, "booking_appointment"):
            return Finding(name, ok=True, says="none yet")
        rows = connection.execute(
            "SELECT public_id, starts_at, local_start, zone FROM booking_appointment"
            " WHERE status = 'booked' AND starts_at > now()"
        ).fetchall()
    off = [
        f"{public_id} (agreed {agreed}, {zone})"
        for public_id, at, agreed, zone in rows
        if at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") != agreed
    ]
    if off:
        says = f"the zone's rules have changed since they were agreed; move them: {', '.join(off)}"
        return Finding(name, ok=False, says=says)
    return Finding(name, ok=True, says=f"{len(rows)} to come, all at the local time agreed")


def _is_there(connection: Connection, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone() != (None,)


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
