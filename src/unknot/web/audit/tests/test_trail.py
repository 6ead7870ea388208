"""The trail: lines can be added and read, and nothing else, by nobody."""

from __future__ import annotations

import uuid

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from unknot.server.addresses import Address
from unknot.web.accounts.models import User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    record(Did.READ, "directory.credential", [uuid.uuid4()], by=None)
    return Entry.objects.get()


def test_a_line_says_who_did_what_with_which_records() -> None:
    user = User.objects.create_user("ana@example.org")
    ids, practice = [uuid.uuid4(), uuid.uuid4()], uuid.uuid4()
    record(Did.CHANGED, "directory.credential", ids, by=user, practice=practice)
    entry = Entry.objects.get()
    assert (entry.did, entry.what, entry.ids) == ("changed", "directory.credential", ids)
    assert (entry.actor, entry.practice, entry.request) == (user.public_id, practice, "-")
    assert entry.at


@pytest.mark.parametrize("somebody", [None, AnonymousUser()])
def test_who_is_not_signed_in_has_no_name(somebody: AnonymousUser | None) -> None:
    record(Did.REFUSED, "directory.credential", [uuid.uuid4()], by=somebody)
    assert Entry.objects.get().actor is None


def test_what_is_done_is_one_of_three_words(entry: Entry) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(did="erased", what="x", ids=[], request="-")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET what = 'nothing'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_webs_role_may_not_change_it(entry: Entry, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.get() == entry


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE audit_entry DISABLE TRIGGER ALL", "SET session_replication_role = 'replica'"],
)
def test_nor_may_it_switch_the_guard_off(entry: Entry, statement: str) -> None:
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET what = 'nothing'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_owner_is_refused_too(entry: Entry, statement: str, database_owner: Address) -> None:
    with psycopg.connect(database_owner.url) as owner, pytest.raises(psycopg.errors.RaiseException):
        owner.execute(statement)
    assert Entry.objects.get() == entry
