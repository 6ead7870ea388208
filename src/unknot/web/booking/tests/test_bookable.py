"""What may be booked: FORMAT's table, for the day of the visit."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.tests.office import (
    CONTACT,
    book,
    call_of,
    carried,
    free,
    open_office,
    reserve,
    session_of,
    signed_in,
)
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake import actions as intake
from unknot.web.intake.models import ActsFor, Clearance, Consent, Draft

pytestmark = pytest.mark.django_db

EMERGENCY = carried("gate.stroke", "symptoms.face_droop")


@pytest.fixture
def ana() -> Practitioner:
    return open_office()


def test_a_session_asks_the_questions_first(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, session_of(ana), free(session_of(ana))[0])
    assert "is massage safe for you" in client.get(answer["Location"]).content.decode()
    back = client.post(reverse("booking:told"), carried())
    assert back["Location"] == answer["Location"]
    assert "Send me a code" in client.get(answer["Location"]).content.decode()


def test_a_call_needs_no_answers(ana: Practitioner) -> None:
    assert book(signed_in(), call_of(ana), free(call_of(ana))[0]).intake is None


def test_where_a_clearance_is_missing_the_call_is_the_one_thing(ana: Practitioner, client: Client) -> None:
    told = carried("conditions.thrombocytopenia")
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **told)
    page = client.get(answer["Location"]).content.decode()
    assert "First somebody has to say yes" in page
    assert "Free discovery call" in page
    call = reserve(client, call_of(ana), free(call_of(ana))[0])
    assert "Send me a code" in client.get(call["Location"]).content.decode()


def test_a_recorded_clearance_opens_the_session(ana: Practitioner) -> None:
    client = signed_in()
    told = carried("conditions.thrombocytopenia")
    made = book(client, call_of(ana), free(call_of(ana))[0], told=told)
    answer = reserve(client, session_of(ana), free(session_of(ana))[5])
    assert "First somebody" in client.get(answer["Location"]).content.decode()
    note = Clearance(
        person=made.person,
        rule="low_platelets",
        by_whom="haematology team",
        given_by="Dr. Li",
        given_on=local_date(ana, timezone.now()),
    )
    intake.record_clearance(note, by=ana.user)
    page = client.get(answer["Location"]).content.decode()
    assert "Book this time" in page
    assert "What you told last time counts" in page
    assert client.post(answer["Location"], CONTACT | {"for_whom": str(made.person.public_id)})["Location"]
    assert Appointment.objects.filter(person=made.person).count() == 2


def test_an_emergency_books_nothing_and_keeps_nothing(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(reverse("booking:told"), EMERGENCY)
    page = client.get(answer["Location"]).content.decode()
    assert "do this now" in page
    assert "Nothing is booked" in page
    assert not Reservation.objects.exists()
    assert not Draft.objects.exists()


def test_what_time_alone_ends_can_be_booked_from_that_day_on(ana: Practitioner, client: Client) -> None:
    told = carried(
        "events.surgery", answers={"events.surgery-since": "0 weeks", "events.surgery-place": "nowhere"}
    )
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **told)
    page = client.get(answer["Location"]).content.decode()
    assert "Not now" in page
    assert "Time alone changes this: from" in page


def test_a_minor_is_booked_by_a_guardian_whose_consent_is_the_clearance(ana: Practitioner) -> None:
    client = signed_in("parent@example.org")
    told = carried(age="15")
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **told)
    page = client.get(answer["Location"]).content.decode()
    assert "as parent or guardian" in page
    lacking = client.post(answer["Location"], CONTACT | {"keeping": "on"})
    assert lacking.status_code == 422
    typed = {"keeping": "on", "guardian": "Pat Walker", "treating": "on"}
    assert client.post(answer["Location"], CONTACT | typed).status_code == 302
    assert ActsFor.objects.get().acts_as == "guardian"
    note = Clearance.objects.get()
    assert (note.rule, note.by_whom, note.given_by) == ("minor", "guardian", "Pat Walker")
    assert {c.to for c in Consent.objects.all()} == {"minor", "keeping"}


def test_an_emergency_told_in_this_tab_keeps_no_time_for_the_call_either(
    ana: Practitioner, client: Client
) -> None:
    for of in (call_of(ana), session_of(ana)):
        answer = reserve(client, of, free(of)[0], **EMERGENCY)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Nothing is booked" in page
        assert "Call your emergency number now." in page
        assert not Reservation.objects.exists()


def test_an_emergency_told_after_the_time_was_chosen_books_nothing(ana: Practitioner) -> None:
    client = signed_in()
    kept_at = reserve(client, call_of(ana), free(call_of(ana))[0])["Location"]
    answer = client.post(kept_at, CONTACT | EMERGENCY)
    assert "Nothing is booked" in answer.content.decode()
    assert not Appointment.objects.exists()
    assert not Reservation.objects.exists()


def test_what_came_along_and_cannot_be_read_stops_nobody(ana: Practitioner) -> None:
    client = signed_in()
    kept_at = reserve(client, call_of(ana), free(call_of(ana))[0])["Location"]
    client.post(kept_at, CONTACT | {"drawing": "{", "selection": "["})
    assert Appointment.objects.exists()
