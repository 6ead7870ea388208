"""Persons and what they told: who may change it, and where it is kept."""

from __future__ import annotations

from datetime import timedelta

import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import book, call_of, carried, free, open_office, session_of, signed_in
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import user
from unknot.web.intake import actions
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Consent, ContactDetails, Intake, Person, ScreeningResult
from unknot.web.intake.queries import latest_intake, persons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Practitioner:
    return open_office()


@pytest.fixture
def appointment(ana: Practitioner) -> Appointment:
    return book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())


def tables_of_history() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if issubclass(m, pghistory.models.Event)]


def test_there_are_histories() -> None:
    assert {"intake_personevent", "booking_appointmentevent", "intake_clearanceevent"} <= {
        *tables_of_history()
    }


@pytest.mark.parametrize("what", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_web_adds_to_history_and_nothing_else(appointment: Appointment, what: str) -> None:
    for table in tables_of_history():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(what.format(table))


def test_no_history_holds_contact_details(appointment: Appointment) -> None:
    with connection.cursor() as cursor:
        for table in tables_of_history():
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            kept = " ".join(text for (text,) in cursor.fetchall())
            assert "+12125550142" not in kept
            assert "jo@example.org" not in kept
            assert "temple" not in kept


@pytest.mark.parametrize("model", [Intake, ScreeningResult])
def test_what_was_told_and_found_stands_as_it_was(appointment: Appointment, model: type[Intake]) -> None:
    thing = model.objects.get()
    with pytest.raises(DatabaseError, match="as_it_was_told"), transaction.atomic():
        model.objects.filter(pk=thing.pk).update(practice=thing.practice_id)


def test_what_was_agreed_to_stands_as_it_was_agreed(appointment: Appointment) -> None:
    with pytest.raises(DatabaseError, match="as_it_was_agreed"), transaction.atomic():
        Consent.objects.update(words="something else")
    with pytest.raises(DatabaseError, match="as_it_was_agreed"), transaction.atomic():
        Consent.objects.update(user=appointment.practitioner.user)
    Consent.objects.update(user=None)  # as when the account is erased
    assert "keeps my drawing" in Consent.objects.get().words


@pytest.mark.parametrize("model", [Intake, ScreeningResult, Consent])
def test_the_web_removes_nothing_that_was_told_found_or_agreed_to(
    appointment: Appointment, model: type[Intake]
) -> None:
    """That is for who removes what is older than it must be kept, under a role of its own."""
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.all().delete()
    assert model.objects.exists()


def test_a_person_keeps_their_states(appointment: Appointment) -> None:
    Person.objects.update(name="Jo Walker-Reed")
    states = apps.get_model("intake", "PersonEvent").objects.order_by("pgh_id")
    assert [state.name for state in states][-2:] == ["Jo Walker", "Jo Walker-Reed"]


def test_contact_details_go_at_once(appointment: Appointment) -> None:
    ContactDetails.objects.all().delete()
    appointment.refresh_from_db()
    assert appointment.person.name == "Jo Walker"


def test_two_persons_share_an_address_and_one_has_none(ana: Practitioner) -> None:
    for name, email in (("A", "family@example.org"), ("B", "family@example.org"), ("C", "")):
        actions.add_person(ana.practice, Contact(name=name, email=email), by=ana.user)
    assert Person.objects.count() == 3


def test_an_account_acts_for_several(ana: Practitioner) -> None:
    pat = user("pat@example.org")
    for name in ("Kim", "Lee", "Kim"):
        actions.client_of(ana.practice, pat, Contact(name=name), guarded=True)
    actions.client_of(ana.practice, pat, Contact(name="Pat"), guarded=False)
    assert sorted(p.name for p in persons_of(pat)) == ["Kim", "Lee", "Pat"]


def test_what_was_told_half_a_year_ago_counts_no_more(appointment: Appointment) -> None:
    told_on = appointment.person.intakes.get().told_on
    assert latest_intake(appointment.person, told_on + timedelta(days=179))
    assert latest_intake(appointment.person, told_on + timedelta(days=180)) is None


def test_the_draft_leaves_nothing_behind(ana: Practitioner, appointment: Appointment) -> None:
    book(signed_in("kim@example.org"), call_of(ana), free(call_of(ana))[9], told=carried(age="61"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM intake_draft")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE '%temple%'")
        assert cursor.fetchone() == (0,)
