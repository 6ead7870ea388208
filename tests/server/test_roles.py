"""What the web's role can't do, however much goes wrong in the program; and that its owner could."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from programs import place_in

from unknot.errors import InputError
from unknot.server.addresses import Address
from unknot.server.embedded import running
from unknot.server.places import SUPERUSER
from unknot.server.roles import grant_what_is_missing, powers, prepare_web_role

FORBIDDEN = [
    "TRUNCATE accounts_user CASCADE",
    "TRUNCATE django_session",
    "DROP TABLE django_session",
    "ALTER TABLE accounts_user DISABLE TRIGGER ALL",
    "ALTER TABLE accounts_user DROP CONSTRAINT user_email_given",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (it int)",
    "CREATE ROLE mine",
    "DELETE FROM django_migrations",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "SET ROLE unknot_owner",
]


@pytest.fixture
def web(database_owner: Address) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_owner.as_user("unknot_web").url) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_webs_role_may_not(web: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(statement)


def test_the_owner_could_have(database_owner: Address) -> None:
    """Or the test above would say nothing of the role."""
    with psycopg.connect(database_owner.url) as owner:
        owner.execute("TRUNCATE django_session")
        owner.execute("ALTER TABLE accounts_user DISABLE TRIGGER USER")
        owner.rollback()
        assert powers(owner) == ["may make tables", "owns tables"]


def test_the_webs_role_may_write_rows(web: psycopg.Connection) -> None:
    web.execute("INSERT INTO auth_group (name) VALUES ('practitioners')")
    web.execute("UPDATE auth_group SET name = 'clinics'")
    web.execute("DELETE FROM auth_group")
    assert powers(web) == []


# A server of somebody else, with passwords: here played by an embedded one with other roles


@pytest.fixture
def outside(home: Path) -> Iterator[tuple[Address, Address]]:
    """The owner's and the web's way to an empty database whose web role does not exist yet."""
    place = place_in(home)
    with running(place, "the tests"):
        superuser = place.owner.as_user(SUPERUSER)
        with psycopg.connect(superuser.url, dbname="postgres", autocommit=True) as connection:
            connection.execute("CREATE ROLE practice_owner LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE practice OWNER practice_owner")
        owner = Address(host=superuser.host, user="practice_owner", database="practice")
        yield owner, Address(host=owner.host, user="practice_web", password="it's", database="practice")
        with psycopg.connect(superuser.url, dbname="postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE practice WITH (FORCE)")
            connection.execute("DROP ROLE IF EXISTS practice_web")
            connection.execute("DROP ROLE practice_owner")


def unknot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "unknot.cli.main", *arguments],
        env={"PATH": os.environ["PATH"], "UNKNOT_DATA": "/nowhere/at/all", **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_migrate_brings_a_server_of_somebody_else_up_to_date(outside: tuple[Address, Address]) -> None:
    owner, web = outside
    both = {"DATABASE_URL": web.url, "DATABASE_OWNER_URL": owner.url}
    behind = unknot("check", "--json", **both)
    assert behind.returncode == 1
    assert json.loads(behind.stdout)["checks"][0]["name"] == "database"
    applied = json.loads(unknot("migrate", "--json", **both).stdout)["applied"]
    assert "accounts.0001_initial" in applied
    assert json.loads(unknot("migrate", "--json", **both).stdout) == {"applied": []}
    checks = json.loads(unknot("check", "--json", DATABASE_URL=web.url).stdout)["checks"]
    assert {check["name"]: check["ok"] for check in checks if check["name"] != "knowledge"} == {
        "database": True,
        "role": True,
        "migrations": True,
        "mail": True,
        "licences": True,
        "appointments": True,
    }


def test_a_server_that_logs_statements_never_sees_the_password(
    outside: tuple[Address, Address], home: Path
) -> None:
    owner, web = outside
    with psycopg.connect(owner.as_user(SUPERUSER).url, autocommit=True) as connection:
        connection.execute("ALTER ROLE practice_owner SET log_statement = 'all'")
        connection.execute("ALTER ROLE practice_owner SET log_min_duration_statement = 0")
        prepare_web_role(owner, replace(web, password="brushwood"))
        (kept,) = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'practice_web'"
        ).fetchone() or ("",)
    logged = place_in(home).log.read_text()
    assert 'CREATE ROLE "practice_web" LOGIN PASSWORD \'SCRAM-SHA-256$' in logged
    assert "brushwood" not in logged
    assert kept in logged


def test_check_finds_a_web_that_is_the_owner(outside: tuple[Address, Address]) -> None:
    owner, web = outside
    unknot("migrate", DATABASE_URL=web.url, DATABASE_OWNER_URL=owner.url)
    checked = unknot("check", "--json", DATABASE_URL=owner.url)
    assert checked.returncode == 1
    (role,) = (check for check in json.loads(checked.stdout)["checks"] if check["name"] == "role")
    assert role == {
        "name": "role",
        "ok": False,
        "says": "practice_owner may make roles, may make tables, owns tables",
    }


def test_without_the_owner_missing_migrations_are_refused(outside: tuple[Address, Address]) -> None:
    owner, web = outside
    prepare_web_role(owner, web)
    refused = unknot("migrate", DATABASE_URL=web.url)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "migrations are missing and DATABASE_OWNER_URL is not set" in refused.stderr


def test_a_server_that_cannot_be_reached_is_named_without_its_password() -> None:
    nowhere = "postgresql://web:hidden@127.0.0.1:1/practice"
    refused = unknot("migrate", DATABASE_URL=nowhere, DATABASE_OWNER_URL=nowhere.replace("web", "owner"))
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "can't reach the database practice at 127.0.0.1 as owner" in refused.stderr
    assert "hidden" not in refused.stderr


def test_one_role_for_both_is_refused(outside: tuple[Address, Address]) -> None:
    owner, _web = outside
    with pytest.raises(InputError, match="name one role"):
        prepare_web_role(owner, owner)


def test_what_a_migration_narrowed_stays_narrow(outside: tuple[Address, Address]) -> None:
    owner, web = outside
    with psycopg.connect(owner.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE before_the_role (it int)")
        connection.execute("CREATE TABLE django_migrations (it int)")
        prepare_web_role(owner, web)
        connection.execute("CREATE TABLE signed (it int)")
        connection.execute("REVOKE UPDATE, DELETE ON signed FROM practice_web")
        grant_what_is_missing(owner, web)
        rights = connection.execute(
            "SELECT table_name, array_agg(privilege_type::text ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants WHERE grantee = 'practice_web' GROUP BY table_name"
        ).fetchall()
    assert dict(rights) == {
        "before_the_role": ["DELETE", "INSERT", "SELECT", "UPDATE"],
        "signed": ["INSERT", "SELECT"],
        "django_migrations": ["SELECT"],
    }


def test_an_owner_who_may_not_make_roles_is_told_what_to_run(outside: tuple[Address, Address]) -> None:
    owner, web = outside
    with psycopg.connect(owner.as_user(SUPERUSER).url, autocommit=True) as connection:
        connection.execute("ALTER ROLE practice_owner NOCREATEROLE")
    with pytest.raises(InputError, match="run CREATE ROLE practice_web LOGIN"):
        prepare_web_role(owner, web)
