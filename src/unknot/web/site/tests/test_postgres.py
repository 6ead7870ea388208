"""A connection is looked at before it is used; one that the server closed is made anew."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from unknot.web.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def server_process() -> int:
    connection.ensure_connection()
    pid: int = connection.connection.info.backend_pid
    return pid


def end_from_outside(pid: int) -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_one_that_is_open_is_used_again() -> None:
    pid = server_process()
    assert connection.is_usable()
    assert server_process() == pid


def test_one_that_the_server_closed_is_no_visitors_error() -> None:
    pid = server_process()
    end_from_outside(pid)
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False  # as when a request begins
    assert not User.objects.exists()
    assert server_process() != pid


def test_one_that_we_closed_is_not_asked() -> None:
    server_process()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()
