"""
Roles and what they may do.

The owner makes tables and owns them. The web and the worker connect as a role that owns nothing, so
they can neither empty a table at a stroke nor switch off a trigger, whatever goes wrong in the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unknot.errors import InputError
from unknot.server.addresses import Address
from unknot.server.places import DATABASE, OWNER, WEB

if TYPE_CHECKING:
    from psycopg import Connection

OLDEST_VERSION = 150000
KEPT_FROM_THE_WEB = {"append-only": "UPDATE, DELETE", "never removed": "DELETE"}
"""How the comment of a table begins, and what the web's role may not do with its rows then."""
FUTURE = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"


def make_roles_and_database(superuser: Address) -> None:
    """Make the embedded server's two roles and its database, where they are missing."""
    from psycopg import connect, sql

    with connect(superuser.url, dbname="postgres", autocommit=True) as connection:
        for role in (OWNER, WEB):
            if not _role_exists(connection, role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            name = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(WEB))
            )


def prepare_web_role(owner: Address, web: Address) -> None:
    """
    Before migrating: make the web's role if it is missing, and let it use every table that is to come.

    Raises InputError where both addresses name one role, the server is too old, or the owner may not
    make the role.
    """
    if owner.user == web.user:
        raise InputError(
            "DATABASE_URL and DATABASE_OWNER_URL name one role:"
            " the web must connect as another, which owns nothing"
        )
    with opened(owner) as connection:
        if connection.info.server_version < OLDEST_VERSION:
            raise InputError("the PostgreSQL server is too old: Unknot needs version 15 or newer")
        if not _role_exists(connection, web.user):
            _make_web_role(connection, web)
        for statement in (
            "GRANT CONNECT ON DATABASE {database} TO {web}",
            "GRANT USAGE ON SCHEMA public TO {web}",
            f"{FUTURE} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{web}}",
            f"{FUTURE} GRANT USAGE, SELECT ON SEQUENCES TO {{web}}",
        ):
            _run(connection, statement, database=owner.database, owner=owner.user, web=web.user)


def grant_what_is_missing(owner: Address, web: Address) -> None:
    """
    After migrating: grant the tables that were there before the web's role was.

    A table that the role may read already is left alone: a migration may have narrowed what is
    allowed there, and that must stay.
    """
    with opened(owner) as connection:
        unread = connection.execute(
            "SELECT relname, relkind = 'S' FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm', 'S')"
            " AND pg_has_role(relowner, 'MEMBER') AND NOT has_table_privilege(%s, pg_class.oid, 'SELECT')",
            [web.user],
        ).fetchall()
        for relation, is_sequence in unread:
            what = "USAGE, SELECT ON SEQUENCE" if is_sequence else "SELECT, INSERT, UPDATE, DELETE ON"
            _run(connection, f"GRANT {what} {{relation}} TO {{web}}", relation=relation, web=web.user)
        _run(
            connection,
            "REVOKE INSERT, UPDATE, DELETE ON {relation} FROM {web}",
            relation="django_migrations",
            web=web.user,
        )
        for comment, kept_from in KEPT_FROM_THE_WEB.items():
            for relation in _commented(connection, comment):
                _run(
                    connection,
                    f"REVOKE {kept_from} ON {{relation}} FROM {{web}}",
                    relation=relation,
                    web=web.user,
                )


def powers(connection: Connection) -> list[str]:
    """What the connected role can do that the web's must not, in words; empty if all is well."""
    row = connection.execute(
        "SELECT rolsuper, rolcreaterole, rolbypassrls,"
        " has_schema_privilege('public', 'CREATE'),"
        " EXISTS (SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        "         WHERE nspname = 'public' AND pg_has_role(relowner, 'MEMBER'))"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    words = ("is a superuser", "may make roles", "passes row security by", "may make tables", "owns tables")
    return [word for word, holds in zip(words, row or (), strict=True) if holds]


def opened(address: Address) -> Connection:
    """A connection that commits each statement. Raises InputError, password left out, where there is none."""
    from psycopg import OperationalError, connect

    try:
        return connect(address.url, autocommit=True, connect_timeout=5)
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise InputError(f"can't reach the database {address.shown}: {reason}") from None


def _make_web_role(connection: Connection, web: Address) -> None:
    """The server gets a password hashed already, as psql sends it: statements may be logged there."""
    from psycopg import errors, sql

    password = None
    if web.password:
        hashed = connection.pgconn.encrypt_password(
            web.password.encode(), web.user.encode(), b"scram-sha-256"
        )
        password = hashed.decode()
    made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(web.user), sql.Literal(password))
    try:
        connection.execute(made)
    except errors.InsufficientPrivilege:
        raise InputError(
            f"the role {web.user} is missing and DATABASE_OWNER_URL's may not make it:"
            f" as one who may, run CREATE ROLE {web.user} LOGIN"
        ) from None


def _commented(connection: Connection, beginning: str) -> list[str]:
    """The tables whose comment begins so."""
    found = connection.execute(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind IN ('r', 'p')"
        " AND starts_with(obj_description(pg_class.oid, 'pg_class'), %s)",
        [beginning],
    ).fetchall()
    return [name for (name,) in found]


def _role_exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _run(connection: Connection, statement: str, **names: str) -> None:
    from psycopg import sql

    connection.execute(
        sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
    )
