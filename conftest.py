"""
What every test of the repository shares: one embedded PostgreSQL a session, and Chromium if there is one.

A test that asks for the database works on one of its worker's own, connected as the role that the web
has, which owns nothing. That role may not flush, so where Django would, the database is made anew from
a migrated template. Tests never touch a database that the environment names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from unknot.server.addresses import Address
from unknot.server.embedded import Embedded
from unknot.server.places import OWNER, SUPERUSER, Place

if TYPE_CHECKING:
    from psycopg import Connection
    from pytest_django.plugin import DjangoDbBlocker

for _name in [name for name in os.environ if name.startswith(("UNKNOT_", "DATABASE_"))]:
    del os.environ[_name]

TEMPLATE = "migrated"
MAKING_THE_TEMPLATE = 1  # the key of the lock that workers take
QUICK_NOT_SAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ROOM_FOR_RACES = {"max_connections": "300"}  # each worker may let fifty race at once
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

_SERVER = pytest.StashKey[Embedded]()
_HOME = pytest.StashKey[Path]()


# One server a session: xdist's controller starts it for its workers, a lone process when it is first asked


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["database_home"] = str(_place(node.config).home)


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(_SERVER, None):
        server.stop()
        shutil.rmtree(config.stash[_HOME])


def _place(config: pytest.Config) -> Place:
    if given := getattr(config, "workerinput", {}).get("database_home"):
        return _place_in(Path(given))
    if _SERVER not in config.stash:
        config.stash[_HOME] = home = Path(tempfile.mkdtemp(prefix="unknot-tests-"))
        home.chmod(0o711)  # as root, PostgreSQL's own user must come through
        server = Embedded(_place_in(home), settings={**QUICK_NOT_SAFE, **ROOM_FOR_RACES})
        server.start("the tests")
        config.stash[_SERVER] = server
    return _place_in(config.stash[_HOME])


def _place_in(home: Path) -> Place:
    return Place(home, home / "run")


# One database a worker, from one template a session


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated database for this worker, where pytest-django would make one of its own."""
    from django.db import connections
    from django.test import TransactionTestCase

    web = _place(request.config).web
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    superuser = web.as_user(SUPERUSER)
    with django_db_blocker.unblock():
        _make_template(superuser)
        _renew(superuser, worker)
        _point_django_at(web.user, web.host, worker)
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _case: _renew(superuser, worker)
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def database_owner(db: None, request: pytest.FixtureRequest) -> Address:
    """The way to this worker's database as the owner of its tables."""
    from django.db import connection

    host = _place(request.config).web.host
    return Address(host=host, user=OWNER, database=connection.settings_dict["NAME"])


def _make_template(superuser: Address) -> None:
    """Migrate once a session, as the owner; a worker that comes second waits and finds it done."""
    from django.core.management import call_command

    from unknot.server.roles import grant_what_is_missing, prepare_web_role

    with _opened(superuser) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING_THE_TEMPLATE])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        connection.execute(f"CREATE DATABASE draft OWNER {OWNER}")
        owner = Address(host=superuser.host, user=OWNER, database="draft")
        web = owner.as_user(_place_in(Path(superuser.host).parent).web.user)
        prepare_web_role(owner, web)
        _point_django_at(OWNER, superuser.host, "draft")
        call_command("migrate", verbosity=0)
        grant_what_is_missing(owner, web)
        _point_django_at(OWNER, superuser.host, "nowhere")
        connection.execute(f"ALTER DATABASE draft RENAME TO {TEMPLATE}")


def _renew(superuser: Address, name: str) -> None:
    from django.db import connections

    connections.close_all()
    with _opened(superuser) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}")


def _point_django_at(user: str, host: str, name: str) -> None:
    """Change the settings in place: the connections of every thread share this dictionary."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATABASES["default"].update(USER=user, HOST=host, NAME=name)


def _opened(superuser: Address) -> Connection:
    from psycopg import connect

    return connect(superuser.url, dbname="postgres", autocommit=True)


@pytest.fixture(autouse=True)
def no_page_kept() -> None:
    """Pages that are the same for everybody are kept in memory: a test never sees another's."""
    from django.core.cache import caches

    caches["pages"].clear()


@pytest.fixture(autouse=True)
def no_language_kept() -> None:
    """A request in Spanish leaves its thread in Spanish, and then the next test's addresses too."""
    from django.utils import translation

    translation.deactivate()


# Chromium, for the tests marked `browser`


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for Playwright's ``executable_path``."""
    # Playwright's synchronous calls run an event loop in this thread, which Django would take for misuse.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = _chromium()
    if path is None:
        pytest.skip("no Chromium")
    return path


def _chromium() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped, here and not one by one with a stack trace."""
    if _chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: install it, or this way is untested"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what this machine could not test."""
    if _chromium() is None:
        terminalreporter.section("NOT TESTED: no Chromium, so no browser test ran", sep="!", red=True)
    if os.geteuid() != 0:
        terminalreporter.section("NOT TESTED: what root does; run once as root", sep="!", yellow=True)
