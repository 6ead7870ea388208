"""SQL that is made once says what the ORM would say, and writes all of it or nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from unknot.web.accounts.models import Membership, Practice, User
from unknot.web.directory.tests.people import user
from unknot.web.site.prepared import (
    Query,
    insert,
    insert_keyed,
    keep_as_prefetched,
    rows,
    together,
    write,
)

pytestmark = pytest.mark.django_db

LIVE = Query(
    lambda practice, email: Membership.objects.select_related("user", "practice").filter(
        user__email=email, user__is_active=True, practice__name=practice
    )
)


@pytest.fixture
def ana() -> User:
    return user("ana@example.org")


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Elm Street")


def test_each_value_stands_where_it_was_meant(ana: User, practice: Practice) -> None:
    made = Membership.objects.create(user=ana, practice=practice)
    found = LIVE("Elm Street", "ana@example.org").all()
    assert found == [made]
    assert LIVE("ana@example.org", "Elm Street").first() is None
    User.objects.update(is_active=False)
    assert LIVE("Elm Street", "ana@example.org").first() is None


def test_what_belongs_to_it_comes_along_as_django_reads_it(ana: User, practice: Practice) -> None:
    Membership.objects.create(user=ana, practice=practice)
    with CaptureQueriesContext(connection) as asked:
        found = LIVE("Elm Street", "ana@example.org").first()
        assert found
        assert (found.user, found.practice) == (ana, practice)
        assert found.user.joined_at == ana.joined_at
    assert len(asked) == 1


@together()
def write_practices(*names: str, fails: bool = False) -> None:
    for name in names:
        insert(Practice(name=name))
    assert not Practice.objects.filter(name__in=names).exists()
    if fails:
        raise ZeroDivisionError


def test_what_is_written_together_is_one_statement(ana: User) -> None:
    with CaptureQueriesContext(connection) as sent, together():
        made = Practice(name="Elm Street")
        insert_keyed(made)
        insert(Membership(user=ana, practice=made))
        write("UPDATE accounts_user SET is_active = false WHERE id = %s", [ana.pk])
    assert len(sent) <= 2  # the keys may have to be drawn first
    assert Membership.objects.get().practice == Practice.objects.get(name="Elm Street")
    assert not User.objects.get().is_active


def test_an_error_in_between_writes_none_of_it() -> None:
    with pytest.raises(ZeroDivisionError):
        write_practices("Elm Street", fails=True)
    assert not Practice.objects.exists()
    insert(Practice(name="Main Street"))  # at once again
    assert Practice.objects.exists()


def test_what_the_database_refuses_is_djangos_error_and_writes_none_of_it(practice: Practice) -> None:
    with pytest.raises(IntegrityError, match="practice_has_a_name"), transaction.atomic():
        write_practices("Main Street", "")
    assert Practice.objects.get() == practice


def test_keys_are_never_drawn_twice() -> None:
    for number in range(70):
        insert_keyed(Practice(name=f"by a key {number}"))
        Practice.objects.create(name=f"by the database {number}")
    assert Practice.objects.count() == 140


def test_what_was_found_is_read_as_if_django_had_prefetched_it(ana: User, practice: Practice) -> None:
    made = Membership.objects.create(user=ana, practice=practice)
    keep_as_prefetched(practice, "memberships", LIVE("Elm Street", "ana@example.org").all())
    with CaptureQueriesContext(connection) as asked:
        (found,) = practice.memberships.all()
        assert (found, found.practice) == (made, practice)
    assert len(asked) == 0
    assert not practice.memberships.exclude(user=ana).exists()  # which asks anew, for this practice alone


def test_rows_of_a_query_that_is_written_out(ana: User) -> None:
    assert rows("SELECT email FROM accounts_user WHERE id = ANY(%s)", [[ana.pk]]) == [("ana@example.org",)]
