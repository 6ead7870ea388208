"""What may be booked: FORMAT's table, for the day of the visit."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.scheduling import TimeRange
from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.forms.client import BookingForm
from unknot.web.booking.models import Appointment, Diary, Reservation
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
    words,
)
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake import actions as intake
from unknot.web.intake.models import ActsFor, Clearance, Consent, Draft, Intake
from unknot.web.intake.records import Record, read_record

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


def test_an_emergency_books_nothing_and_once_confirmed_keeps_nothing(
    ana: Practitioner, client: Client
) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(reverse("booking:told"), EMERGENCY)
    for _look in "12":
        page = client.get(answer["Location"]).content.decode()
        assert "Is this right?" in page
        assert "do this now" in page
        assert f'formaction="{html.escape(answer["Location"])}"' in page
    client.post(answer["Location"], CONTACT | {"email": "jo@example.org"})
    assert Reservation.objects.exists()
    confirmed = client.post(answer["Location"], {"confirmed": "yes"}).content.decode()
    assert "What to do now" in confirmed
    assert "Nothing of what you told is stored" in confirmed
    assert not Reservation.objects.exists()
    assert not Draft.objects.exists()
    assert not Appointment.objects.exists()


def test_an_emergency_ticked_by_mistake_can_be_corrected(ana: Practitioner, client: Client) -> None:
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    client.post(reverse("booking:told"), EMERGENCY)
    client.get(answer["Location"])
    assert client.post(reverse("booking:told"), carried())["Location"] == answer["Location"]
    assert "Send me a code" in client.get(answer["Location"]).content.decode()


def test_what_time_alone_ends_can_be_booked_from_that_day_on(ana: Practitioner, client: Client) -> None:
    told = carried(
        "events.surgery", answers={"events.surgery-since": "0 weeks", "events.surgery-place": "nowhere"}
    )
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **told)
    page = client.get(answer["Location"]).content.decode()
    assert "Not now" in page
    assert "Time alone changes this: from" in page


def test_from_then_on_is_by_the_practitioners_calendar(ana: Practitioner, client: Client) -> None:
    """Late in New York it is the next day elsewhere."""
    actions.set_week(ana, {weekday: [TimeRange(18 * 60, 24 * 60)] for weekday in range(7)}, by=ana.user)
    told = carried(
        "events.surgery", answers={"events.surgery-since": "0 weeks", "events.surgery-place": "nowhere"}
    )
    late = next(start for start in free(session_of(ana)) if start.hour >= 21)
    answer = reserve(client, session_of(ana), late, **told | {"zone": "Asia/Tokyo"})
    page = client.get(answer["Location"]).content.decode()
    first = re.search(r"first=([0-9-]+)#free", page)
    assert first
    record = read_record(told["drawing"], told["selection"], local_date(ana, timezone.now()))
    days = (local_date(ana, late) + timedelta(days=n) for n in range(60))
    by_ana = next(day for day in days if record.bookable(day).sessions)
    assert first[1] == f"{by_ana}"
    assert f"{by_ana:%A}, {by_ana.day} {by_ana:%B} on it can be booked" in page  # where one has to be


def test_to_look_for_that_day_a_year_ahead_is_cheap(
    ana: Practitioner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no day comes, a page that anybody may ask for would screen twice for each day of a year."""
    Diary.objects.update(horizon_days=365)
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **carried("conditions.aneurysm"))
    asked: list[date] = []
    bookable = Record.bookable
    monkeypatch.setattr(Record, "bookable", lambda record, day: asked.append(day) or bookable(record, day))
    page = client.get(answer["Location"]).content.decode()
    assert "Not now" in page
    assert "Time alone changes this" not in page
    assert 1 < len(asked) < 70


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
    confirmed = client.post(kept_at, EMERGENCY | {"confirmed": "yes"})
    assert "Nothing is booked, and no time is kept" in confirmed.content.decode()
    assert not Reservation.objects.exists()


def test_what_came_along_and_cannot_be_read_stops_nobody(ana: Practitioner) -> None:
    client = signed_in()
    kept_at = reserve(client, call_of(ana), free(call_of(ana))[0])["Location"]
    client.post(kept_at, CONTACT | {"drawing": "{", "selection": "["})
    assert Appointment.objects.exists()


# Consent


def test_what_was_told_before_is_not_agreed_to_again(ana: Practitioner) -> None:
    client, starts = signed_in(), free(session_of(ana))
    first = book(client, session_of(ana), starts[0], told=carried())
    second = book(client, session_of(ana), starts[10], for_whom=str(first.person.public_id))
    assert second.intake == first.intake
    assert Consent.objects.count() == 1


def test_the_database_refuses_a_consent_without_words(ana: Practitioner) -> None:
    made = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    with pytest.raises(IntegrityError), transaction.atomic():
        intake.consent(made.person, Consent.To.KEEPING, "", given_by="Jo", at=timezone.now(), by=ana.user)


def test_answers_from_another_tab_are_kept_only_once_agreed_to(
    ana: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come in between the form, which asked for no consent, and the press."""
    client = signed_in()
    answer = reserve(client, call_of(ana), free(call_of(ana))[0])
    make = BookingForm.client

    def late(form: BookingForm, user: User) -> actions.Client:
        actions.bring(Reservation.objects.get(), **carried())
        return make(form, user)

    monkeypatch.setattr(BookingForm, "client", late)
    assert client.post(answer["Location"], CONTACT)["Location"] == answer["Location"]
    assert not Intake.objects.exists()
    assert "I agree that this practice keeps" in client.get(answer["Location"]).content.decode()


# How old


def told_days_before(of: Practitioner, day: date, days: int) -> Client:
    """A client who told all of it so many days before a day, and nothing since."""
    client = signed_in()
    made = book(client, call_of(of), free(call_of(of))[0])
    old = Intake.objects.create(
        practice=of.practice,
        person=made.person,
        told_at=timezone.now() - timedelta(days=days),
        told_on=day - timedelta(days=days),
        **carried(),
    )
    Appointment.objects.update(intake=old)
    return client


@pytest.mark.parametrize(
    ("days", "says"), [(179, "What you told last time counts"), (180, "is massage safe for you")]
)
def test_answers_count_when_they_are_fresh_on_the_day_of_the_visit(
    ana: Practitioner, days: int, says: str
) -> None:
    start = free(session_of(ana), days=50)[-1]
    client = told_days_before(ana, local_date(ana, start), days)
    assert says in words(client, reserve(client, session_of(ana), start)["Location"])


def test_a_visit_moves_no_further_than_its_answers_last(ana: Practitioner) -> None:
    Diary.objects.update(horizon_days=365)
    client = signed_in()
    made = book(client, session_of(ana), free(session_of(ana))[0], told=carried())
    starts, today = free(session_of(ana), days=200), local_date(ana, timezone.now())
    days = {(local_date(ana, start) - today).days: start for start in starts}
    url = reverse("desk:move", args=[made.public_id])
    refused = client.post(url, {"start": str(int(days[180].timestamp())), "sure": "yes"})
    assert refused.status_code == 409
    assert "it can&#x27;t be on that day" in refused.content.decode()
    assert client.post(url, {"start": str(int(days[179].timestamp())), "sure": "yes"}).status_code == 302


def test_moved_beyond_that_by_the_practice_the_form_is_out_of_date(ana: Practitioner) -> None:
    made = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    later = made.starts_at + timedelta(days=190)
    moved = actions.move(made, later, by=ana.user, now=timezone.now(), by_practice=True)
    screened = moved.person.screenings.all()[0]
    assert screened.decision == "clearance"
    assert "intake_stale" in {fired["rule"] for fired in screened.result["fired"]}


def test_a_clearance_counts_to_its_own_last_day(ana: Practitioner) -> None:
    client, starts = signed_in(), free(session_of(ana))
    made = book(client, call_of(ana), free(call_of(ana))[0], told=carried("conditions.thrombocytopenia"))
    last = local_date(ana, starts[20])
    note = Clearance(
        person=made.person,
        rule="low_platelets",
        by_whom="haematology team",
        given_by="Dr. Li",
        given_on=local_date(ana, timezone.now()),
        until=last,
    )
    intake.record_clearance(note, by=ana.user)
    after = next(start for start in starts if local_date(ana, start) > last)
    for start, says in ((starts[20], "Book this time"), (after, "First somebody has to say yes")):
        answer = reserve(client, session_of(ana), start)
        assert says in client.get(answer["Location"]).content.decode()
