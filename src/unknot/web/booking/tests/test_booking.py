"""From a free time to an appointment."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from unknot.web.accounts.models import User
from unknot.web.audit.models import Did, Entry
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Reservation, TakenTime
from unknot.web.booking.tests.office import (
    CONTACT,
    book,
    call_of,
    carried,
    free,
    kept,
    open_office,
    reserve,
    session_of,
    signed_in,
)
from unknot.web.directory.models import Mode, Practitioner
from unknot.web.intake.models import ActsFor, Consent, Draft, Intake, Person, ScreeningResult
from unknot.web.intake.tests.visitor import told
from unknot.web.outbox.models import Message
from unknot.web.site.limits import SharedLimit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Practitioner:
    return open_office()


def letters(to: str) -> list[Message]:
    return list(Message.objects.filter(to=to, subject__startswith="Appointment with").order_by("id"))


# The way


def test_somebody_new_books_by_a_code(
    ana: Practitioner, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    start = free(session_of(ana))[0]
    answer = reserve(client, session_of(ana), start, **carried())
    page = client.get(answer["Location"]).content.decode()
    assert "Your drawing and your answers are with this booking" in page
    typed = {**CONTACT, "email": "Jo@Example.org", "keeping": "on"}
    to_code = client.post(answer["Location"], typed)
    assert to_code["Location"].startswith(reverse("account_confirm_login_code"))
    code = re.search(r"code is (\S+)", str(mailoutbox[0].body))
    assert code
    back = client.post(to_code["Location"], {"code": code[1]})
    assert back["Location"] == answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert "One press left" in page
    assert "Jo Walker" in page
    assert "+12125550142" in page
    booked = client.post(answer["Location"], {**CONTACT, "keeping": "on"})
    appointment = Appointment.objects.get()
    assert booked["Location"] == reverse("desk:appointment", args=[appointment.public_id])
    assert appointment.starts_at == start
    assert EmailAddress.objects.get(email="jo@example.org").verified
    assert "It is booked" in client.get(booked["Location"]).content.decode()


def test_one_transaction_writes_all_of_it(ana: Practitioner) -> None:
    appointment = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    person = Person.objects.get()
    assert (appointment.person, person.name, person.practice) == (person, "Jo Walker", ana.practice)
    assert person.contact.phone == "+12125550142"
    assert ActsFor.objects.get().user.email == "jo@example.org"
    assert appointment.intake == Intake.objects.get()
    assert ScreeningResult.objects.get().decision == "proceed"
    assert Consent.objects.get().words.startswith("I agree that this practice keeps")
    assert not Reservation.objects.exists()
    assert not Draft.objects.exists()
    assert {t.what for t in TakenTime.objects.all()} == {"booked"}
    assert len(letters("jo@example.org")) == len(letters("ana@example.org")) == 1
    assert Entry.objects.filter(what="booking.appointment", did=Did.CHANGED, ids=[appointment.public_id])


def test_terms_are_those_of_the_day_of_booking(ana: Practitioner) -> None:
    appointment = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    assert (appointment.price_minor, appointment.late_fee_minor) == (8000, 4000)
    assert appointment.free_until == appointment.starts_at - timedelta(hours=24)
    assert appointment.address == "1 Main Street, Albany"


def test_times_stand_by_both_clocks(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r"C[SD]T", page)
    assert re.search(r"E[SD]T", page)


# Once


def test_pressed_twice_it_is_one(ana: Practitioner) -> None:
    client = signed_in()
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    first = client.post(answer["Location"], CONTACT)
    second = client.post(answer["Location"], CONTACT)
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1
    assert client.get(answer["Location"])["Location"] == first["Location"]  # the back button
    assert len(letters("jo@example.org")) == 1


def test_another_cannot_learn_what_a_reservation_became(ana: Practitioner) -> None:
    client = signed_in()
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(answer["Location"], CONTACT)
    assert signed_in("other@example.org").get(answer["Location"]).status_code == 410
    assert Client().get(answer["Location"]).status_code == 410


def test_two_practitioners_are_booked_at_one_time(ana: Practitioner) -> None:
    bo = open_office("bo@example.org")
    start = free(session_of(ana))[0]
    for of in (ana, bo):
        book(signed_in(), session_of(of), start, told=carried())
    assert Appointment.objects.filter(starts_at=start).count() == 2


def test_a_new_choice_gives_the_old_time_back_and_takes_all_along(ana: Practitioner, client: Client) -> None:
    first, second = free(session_of(ana))[:2]
    reserve(client, session_of(ana), first, **carried())
    reserve(client, session_of(ana), second)
    assert kept().starts_at == second
    assert kept().draft.selection


def test_a_new_choice_that_is_taken_leaves_the_old_one(ana: Practitioner, client: Client) -> None:
    first, *_between, second = free(session_of(ana))[:8]
    reserve(client, session_of(ana), first)
    client.post(reverse("booking:told"), carried())
    reserve(Client(), session_of(ana), second)
    assert reserve(client, session_of(ana), second).status_code == 409
    before = Reservation.objects.get(starts_at=first)
    assert before.draft.selection


def test_a_booking_asks_little_of_the_database(ana: Practitioner) -> None:
    """Of somebody new; statements took most of the time of a booking."""
    starts = free(call_of(ana))
    book(signed_in(), call_of(ana), starts[0])  # which draws keys for both
    other = signed_in("bo@example.org")
    answer = reserve(other, call_of(ana), starts[4])
    with CaptureQueriesContext(connection) as asked:
        assert other.post(answer["Location"], CONTACT).status_code == 302
    assert len([a for a in asked if "SAVEPOINT" not in (a["sql"] or "")]) <= 10


# Taken, over, past


def test_who_is_too_late_sees_the_nearest_and_loses_nothing(ana: Practitioner) -> None:
    start = free(session_of(ana))[3]
    reserve(Client(), session_of(ana), start)
    lost = reserve(Client(), session_of(ana), start, name="Jo Walker", **carried())
    page = lost.content.decode()
    assert lost.status_code == 409
    assert "This time was just taken" in page
    assert 'name="name" value="Jo Walker"' in page
    assert "temple:left" in page
    assert len(re.findall(r'name="start" value="\d+"', page)) == 6


def test_a_time_that_is_past_or_outside_the_hours_is_not_free(ana: Practitioner, client: Client) -> None:
    for start in (timezone.now() - timedelta(days=3), free(session_of(ana))[0] + timedelta(minutes=7)):
        assert reserve(client, session_of(ana), start).status_code == 409


def test_an_expired_reservation_says_so_and_keeps_what_is_typed(ana: Practitioner) -> None:
    client = signed_in()
    start = free(call_of(ana))[0]
    answer = reserve(client, call_of(ana), start)
    Reservation.objects.update(expires_at=timezone.now())
    wish = {"service": str(call_of(ana).public_id), "start": str(int(start.timestamp()))}
    late = client.post(answer["Location"], CONTACT | wish)
    assert late.status_code == 410
    assert 'name="name" value="Jo Walker"' in late.content.decode()
    assert not Appointment.objects.exists()
    again = reserve(client, call_of(ana), start, name="Jo Walker")
    assert "Jo Walker" in client.get(again["Location"]).content.decode()


def test_a_reservation_waits_for_a_code_but_not_for_ever(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    soon = timezone.now() + timedelta(seconds=20)
    Reservation.objects.update(expires_at=soon)
    client.post(answer["Location"], CONTACT | {"email": "jo@example.org"})
    assert kept().expires_at > timezone.now() + timedelta(minutes=19)
    Draft.objects.update(made_at=timezone.now() - timedelta(minutes=44))
    Reservation.objects.update(expires_at=soon)
    client.post(answer["Location"], CONTACT | {"email": "jo@example.org"})
    assert kept().expires_at < timezone.now() + timedelta(minutes=2)


def test_who_comes_back_too_late_is_offered_the_nearest_times(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[3])
    Draft.objects.all().delete()
    late = client.get(answer["Location"])
    page = late.content.decode()
    assert late.status_code == 410
    assert len(re.findall(r'name="start" value="\d+"', page)) == 6
    assert "All free times of Ana Ruiz" in page
    assert "your appointment is safe" in page


def test_a_code_mistyped_too_often_leads_back_to_the_booking(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    to_code = client.post(answer["Location"], CONTACT | {"email": "jo@example.org"})["Location"]
    assert answer["Location"].replace("&", "&amp;") in client.get(to_code).content.decode()  # the way back
    for _ in range(3):
        ended = client.post(to_code, {"code": "AAAA-AAAA"})
    assert ended["Location"].startswith(answer["Location"])
    page = client.get(ended["Location"]).content.decode()
    assert "mistyped three times" in page
    assert 'value="jo@example.org"' in page
    assert 'value="Jo Walker"' in page


def test_a_session_that_ran_out_says_so(ana: Practitioner) -> None:
    answer = reserve(Client(), call_of(ana), free(call_of(ana))[0])
    assert Client().get(answer["Location"]).status_code == 410


def test_what_is_kept_no_longer_is_deleted_with_its_draft(ana: Practitioner, client: Client) -> None:
    reserve(client, session_of(ana), free(session_of(ana))[0], **carried())
    assert actions.delete_expired(timezone.now()) == 0
    assert actions.delete_expired(timezone.now() + timedelta(minutes=15)) == 1
    assert not Draft.objects.exists()
    assert not TakenTime.objects.exists()


def test_who_wants_the_time_of_an_expired_one_gets_it(ana: Practitioner) -> None:
    start = free(session_of(ana))[0]
    reserve(Client(), session_of(ana), start)
    Reservation.objects.update(expires_at=timezone.now())
    assert reserve(Client(), session_of(ana), start).status_code == 302


# Typed wrongly


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 10_000}, "at most 120"),
        ({"phone": "call me"}, "Give a phone number"),
        ({"phone": "212-555-0123 ext. 45"}, "An extension can&#x27;t be kept"),
        ({"phone": "212-555-0123 ext. 45"}, 'value="212-555-0123 ext. 45"'),
        ({"phone": ""}, "required"),
        ({"phone": ""}, "To mend:"),
        ({"phone": ""}, '<a href="#id_phone">Phone</a>'),
        ({"phone": ""}, "autofocus"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(ana: Practitioner, typed: dict[str, str], says: str) -> None:
    client = signed_in()
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    page = client.post(answer["Location"], CONTACT | typed)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert kept()


def test_a_name_with_line_breaks_becomes_one_line(ana: Practitioner) -> None:
    made = book(signed_in(), call_of(ana), free(call_of(ana))[0], name="Jo\r\nBcc: x@example.org\nWalker")
    assert made.person.name == "Jo Bcc: x@example.org Walker"


@pytest.mark.parametrize("wrong", [{"service": "7"}, {"start": "soon"}, {"start": str(10**30)}])
def test_what_no_page_of_ours_sends_is_refused(
    ana: Practitioner, client: Client, wrong: dict[str, str]
) -> None:
    fields = {"service": str(call_of(ana).public_id), "start": "0"} | wrong
    assert client.post(reverse("booking:reserve"), fields).status_code == 422


def test_a_session_by_video_is_given_where_it_is_permitted(ana: Practitioner, client: Client) -> None:
    by_video = session_of(ana, Mode.VIDEO)
    start = free(by_video)[0]
    assert "Say where you are" in reserve(client, by_video, start).content.decode()
    refused = reserve(client, by_video, start, client_in="US-TX")
    assert "count where you are" in refused.content.decode()
    assert reserve(client, by_video, start, client_in="US-NY").status_code == 302


# What is kept where


def test_the_session_knows_random_ids_and_until_when(ana: Practitioner, client: Client) -> None:
    reserve(client, session_of(ana), free(session_of(ana))[0], **carried())
    stored = Session.objects.get().get_decoded()
    assert stored == {"kept_until": {str(kept().public_id): kept().expires_at.timestamp()}}


def says_it_is_kept(client: Client) -> bool:
    return "Your time is still kept" in client.post(reverse("intake:answer"), told()).content.decode()


def test_a_time_is_said_to_be_kept_as_long_as_it_is(ana: Practitioner) -> None:
    client, starts = signed_in(), free(call_of(ana))
    assert not says_it_is_kept(client)
    answer = reserve(client, call_of(ana), starts[0])
    assert says_it_is_kept(client)
    client.get(client.post(answer["Location"], CONTACT)["Location"])
    assert not says_it_is_kept(client)
    assert client.get(answer["Location"]).status_code == 302  # the back button still finds what was booked


def test_a_time_given_back_or_over_is_not_said_to_be_kept(
    ana: Practitioner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(f"{answer['Location'].split('?')[0]}release/")
    assert not says_it_is_kept(client)
    reserve(client, call_of(ana), free(call_of(ana))[0])
    reserve(client, call_of(ana), free(call_of(ana))[5])
    assert len(Session.objects.get().get_decoded()["kept_until"]) == 1
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("unknot.web.intake.sessions.timezone.now", lambda: later)
    assert not says_it_is_kept(client)


def test_what_is_typed_waits_in_the_draft_and_nowhere_else(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(answer["Location"], CONTACT | {"email": "jo@example.org"})
    assert kept().draft.typed["name"] == "Jo Walker"
    assert not Person.objects.exists()
    assert "Jo Walker" not in json.dumps(Session.objects.get().get_decoded())


def test_letters_and_calendars_tell_nothing_of_health(ana: Practitioner) -> None:
    book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    for letter in Message.objects.filter(subject__startswith="Appointment"):
        words = f"{letter.subject} {letter.text} {letter.attachment}".lower()
        for secret in ("temple", "pain", "hurt", "massage", "session", "single", "trigger"):
            assert secret not in words, letter.text
        assert "SUMMARY:Appointment with" in letter.attachment
        assert "key=" not in letter.attachment  # calendars are shared


def test_who_books_again_is_the_same_person(ana: Practitioner) -> None:
    client = signed_in()
    starts = free(call_of(ana))
    first = book(client, call_of(ana), starts[0])
    second = book(client, call_of(ana), starts[4], for_whom=str(first.person.public_id))
    assert first.person == second.person


def test_an_account_books_for_somebody_else_too(ana: Practitioner) -> None:
    client = signed_in()
    starts = free(call_of(ana))
    first = book(client, call_of(ana), starts[0])
    second = book(client, call_of(ana), starts[4], for_whom="", name="Kim Walker")
    assert (first.person.name, second.person.name) == ("Jo Walker", "Kim Walker")
    assert {a.acts_as for a in ActsFor.objects.all()} == {"self", "other"}
    answer = reserve(client, call_of(ana), starts[8])
    wrong = client.post(answer["Location"], CONTACT | {"for_whom": str(second.person.public_id)})
    assert wrong.status_code == 422
    assert "not the name of Kim Walker" in wrong.content.decode()


def test_another_name_typed_before_the_code_is_another_person(ana: Practitioner) -> None:
    client = signed_in()
    starts = free(call_of(ana))
    book(client, call_of(ana), starts[0])
    answer = reserve(client, call_of(ana), starts[4], name="Kim Walker")
    shown = client.get(answer["Location"]).content.decode()
    assert 'value="Kim Walker"' in shown
    assert '<option value="" selected>' in shown


def test_who_sees_known_persons_on_the_way_is_in_the_trail(ana: Practitioner) -> None:
    client, starts = signed_in(), free(session_of(ana))
    told = carried("conditions.thrombocytopenia")
    person = book(client, call_of(ana), free(call_of(ana))[0], told=told).person
    for of in (call_of(ana), session_of(ana)):  # the form, and why a session can't be booked
        answer = reserve(client, of, starts[10])
        before = Entry.objects.filter(did=Did.READ, what="intake.person").count()
        client.get(answer["Location"])
        entries = Entry.objects.filter(did=Did.READ, what="intake.person")
        assert entries.count() == before + 1
        assert entries.latest("id").ids == [person.public_id]


def test_another_practice_knows_another_person(ana: Practitioner) -> None:
    bo = open_office("bo@example.org")
    client = signed_in()
    first = book(client, call_of(ana), free(call_of(ana))[0])
    second = book(client, call_of(bo), free(call_of(bo))[4])
    assert first.person != second.person
    assert second.person.practice == bo.practice


def test_what_was_given_to_another_practice_need_not_be_typed_again(ana: Practitioner) -> None:
    bo = open_office("bo@example.org")
    client = signed_in()
    person = book(client, call_of(ana), free(call_of(ana))[0]).person
    page = client.get(reserve(client, call_of(bo), free(call_of(bo))[4])["Location"]).content.decode()
    assert 'value="Jo Walker"' in page
    assert 'value="+12125550142"' in page
    assert "For somebody else, write their name." in page
    read = Entry.objects.filter(did=Did.READ, what="intake.person").latest("id")
    assert read.ids == [person.public_id]
    assert read.practice == ana.practice.public_id


def test_nobody_elses_name_is_filled_in(ana: Practitioner) -> None:
    bo = open_office("bo@example.org")
    book(signed_in(), call_of(ana), free(call_of(ana))[0])
    other = signed_in("kim@example.org")
    page = other.get(reserve(other, call_of(bo), free(call_of(bo))[4])["Location"]).content.decode()
    assert "Jo Walker" not in page
    assert "+12125550142" not in page


def test_too_many_codes_are_a_page(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    asked = [client.post(answer["Location"], CONTACT | {"email": "jo@example.org"}) for _ in range(4)]
    assert [a.status_code for a in asked] == [302, 302, 302, 429]
    assert User.objects.filter(email="jo@example.org").count() == 1


def test_nobody_keeps_a_whole_calendar(ana: Practitioner) -> None:
    fields = {"service": str(call_of(ana).public_id)}
    asked = []
    for start in free(call_of(ana))[:31]:
        wish = fields | {"start": str(int(start.timestamp()))}
        answer = Client().post(reverse("booking:reserve"), wish, REMOTE_ADDR="192.0.2.7")
        asked.append(answer.status_code)
    assert asked == [*[302] * 30, 429]
    in_another_process = SharedLimit("reserve", 30, actions.KEPT_FOR)
    assert in_another_process.wait_s("192.0.2.7", time.time()) > 0
