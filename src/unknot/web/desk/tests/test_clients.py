"""A client's own appointments: seen, moved, cancelled, told for; by account or by the letter's key."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from unknot.web.audit.models import Did, Entry
from unknot.web.booking import actions
from unknot.web.booking.keys import key_of
from unknot.web.booking.models import Appointment, Diary, Status, TakenTime
from unknot.web.booking.tests.office import (
    book,
    call_of,
    carried,
    free,
    reserve,
    session_of,
    signed_in,
    visit,
    words,
)
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Consent, Intake
from unknot.web.intake.records import read_record
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> Client:
    return signed_in()


@pytest.fixture
def appointment(ana: Practitioner, jo: Client) -> Appointment:
    return book(jo, session_of(ana), free(session_of(ana))[40], told=carried())


def page(of: Appointment, name: str = "appointment") -> str:
    return reverse(f"desk:{name}", args=[of.public_id])


ALL = ["appointment", "calendar", "move", "cancel"]


# Who


@pytest.mark.parametrize("name", ALL)
def test_the_wrong_person_finds_nothing_and_the_trail_says_so(appointment: Appointment, name: str) -> None:
    other = signed_in("other@example.org")
    assert other.get(page(appointment, name)).status_code == 404
    refused = Entry.objects.filter(did=Did.REFUSED).get()
    assert (refused.what, refused.ids) == ("booking.appointment", [appointment.public_id])


@pytest.mark.parametrize("name", ALL)
def test_the_letters_key_opens_it_without_signing_in(appointment: Appointment, name: str) -> None:
    url = f"{page(appointment, name)}?key={key_of(appointment)}"
    assert Client().get(url).status_code == 200
    assert Client().get(url[:-1] + "!").status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_without_either_one_signs_in(appointment: Appointment, name: str) -> None:
    assert reverse("account_login") in Client().get(page(appointment, name))["Location"]


def test_another_appointments_key_opens_nothing(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    other = book(jo, call_of(ana), free(call_of(ana))[20])
    assert Client().get(f"{page(appointment)}?key={key_of(other)}").status_code == 404


def test_an_old_key_doesnt_lock_its_owner_out(appointment: Appointment, jo: Client) -> None:
    assert jo.get(f"{page(appointment)}?key=old").status_code == 200


def test_every_look_is_in_the_trail(appointment: Appointment, jo: Client) -> None:
    jo.get(page(appointment))
    assert Entry.objects.filter(did=Did.READ, ids=[appointment.public_id]).count() == 1
    jo.get(reverse("desk:appointments"))
    assert Entry.objects.filter(did=Did.READ, ids=[appointment.public_id]).count() == 2


def test_the_list_holds_ones_own(appointment: Appointment, jo: Client) -> None:
    assert "With Ana Ruiz" in words(jo, reverse("desk:appointments"))
    assert "With Ana Ruiz" not in words(signed_in("other@example.org"), reverse("desk:appointments"))


# The way in, the calendar


def test_the_room_opens_ten_minutes_before(ana: Practitioner, jo: Client) -> None:
    made = book(jo, call_of(ana), free(call_of(ana))[0])
    assert "https://meet.example.org/ana" not in jo.get(page(made)).content.decode()
    now = timezone.now()
    for minutes, is_open in ((11, False), (9, True), (-14, True), (-16, False)):
        starts = now + timedelta(minutes=minutes)
        Appointment.objects.update(starts_at=starts, ends_at=starts + timedelta(minutes=15))
        assert ("https://meet.example.org/ana" in jo.get(page(made)).content.decode()) is is_open, minutes


def test_the_entry_for_the_calendar(appointment: Appointment, jo: Client) -> None:
    entry = Calendar.from_ical(jo.get(page(appointment, "calendar")).content)
    (event,) = entry.walk("VEVENT")
    assert event["SUMMARY"] == "Appointment with Ana Ruiz"
    assert event.decoded("DTSTART") == appointment.starts_at
    assert event["URL"].endswith(page(appointment))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)


# Moving


def test_it_moves_with_its_time_and_letters(appointment: Appointment, jo: Client, ana: Practitioner) -> None:
    before = appointment.starts_at
    other = free(session_of(ana))[8]
    assert f'value="{int(other.timestamp())}"' in jo.get(page(appointment, "move")).content.decode()
    jo.post(page(appointment, "move"), {"start": str(int(other.timestamp())), "sure": "yes"})
    appointment.refresh_from_db()
    assert appointment.starts_at == other
    assert appointment.free_until == other - timedelta(hours=24)
    assert before in free(session_of(ana))
    last = Message.objects.filter(to="jo@example.org").order_by("-id")[0]
    assert "You have moved your appointment with Ana Ruiz: it has another time now." in last.text
    assert f"Until now it was: {before.astimezone(ZoneInfo('America/New_York')):%A}" in last.text
    anas = Message.objects.filter(to="ana@example.org").order_by("-id")[0]
    assert "Jo Walker has moved your appointment" in anas.text
    assert "SEQUENCE:1" in last.attachment


def test_it_is_asked_once_more_what_cancelling_will_cost(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    soon = next(
        start for start in free(session_of(ana), days=2) if start < timezone.now() + timedelta(days=2)
    )
    Appointment.objects.update(free_until=appointment.starts_at - timedelta(hours=72))
    asked = jo.post(page(appointment, "move"), {"start": str(int(soon.timestamp()))}).content.decode()
    assert "Move it to this time?" in asked
    assert "40 USD" in asked
    assert "free until" not in asked
    before = appointment.starts_at
    appointment.refresh_from_db()
    assert appointment.starts_at == before
    moved = jo.post(page(appointment, "move"), {"start": str(int(soon.timestamp())), "sure": "yes"})
    assert "It is moved." in words(jo, moved["Location"])


def test_what_is_cancelled_offers_no_times(appointment: Appointment, jo: Client) -> None:
    jo.post(page(appointment, "cancel"))
    assert jo.get(page(appointment, "move"))["Location"] == page(appointment)
    assert "This appointment is cancelled" in words(jo, page(appointment))
    assert "Over or cancelled" in words(jo, reverse("desk:appointments"))


def test_the_place_and_its_people_can_be_found_on_the_day(appointment: Appointment, jo: Client) -> None:
    shown = jo.get(page(appointment)).content.decode()
    letter = Message.objects.filter(to="jo@example.org").latest("id").text
    for text in (shown, letter):
        assert "ana@example.org" in text
        assert "https://www.openstreetmap.org/search?query=1+Main+Street%2C+Albany" in text
        assert reverse("search:practitioner", args=[appointment.practitioner.public_id]) in text


def test_who_has_an_appointment_sees_the_phone_and_nobody_else(ana: Practitioner, jo: Client) -> None:
    ana.phone = "+12125550142"
    ana.save()
    made = book(jo, session_of(ana), free(session_of(ana))[40], told=carried())
    shown = "+1 212-555-0142"
    assert shown in words(jo, page(made))
    assert shown in Message.objects.filter(to="jo@example.org").latest("pk").text
    profile = words(Client(), reverse("search:practitioner", args=[ana.public_id]))
    assert shown not in profile
    assert ana.phone not in profile
    actions.cancel(made, by=None, now=timezone.now(), by_practice=False)
    assert shown not in words(jo, page(made))


def test_the_clock_of_the_place_leads_where_one_has_to_be(appointment: Appointment, jo: Client) -> None:
    shown = words(jo, page(appointment))
    assert re.search(r"E[SD]T.*By your own clock:.*C[SD]T", shown)
    letter = Message.objects.filter(to="jo@example.org").latest("id").text
    assert re.search(
        r"\(E[SD]T, America/New York\)\nBy your own clock: .*\(C[SD]T, America/Chicago\)", letter
    )


def test_by_video_ones_own_clock_leads(jo: Client, ana: Practitioner) -> None:
    made = book(jo, call_of(ana), free(call_of(ana))[20])
    assert re.search(r"C[SD]T.*By the clock of Ana Ruiz:.*E[SD]T", words(jo, page(made)))


def test_the_terms_stay_those_that_were_agreed_on(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    Diary.objects.filter(practitioner=ana).update(cancel_free_hours=72, late_cancel_percent=100)
    other = free(session_of(ana))[60]
    jo.post(page(appointment, "move"), {"start": str(int(other.timestamp())), "sure": "yes"})
    appointment.refresh_from_db()
    assert appointment.free_until == other - timedelta(hours=24)
    assert appointment.late_fee_minor == 4000


def test_a_get_only_shows(appointment: Appointment) -> None:
    for name in ("move", "cancel"):
        Client().get(f"{page(appointment, name)}?key={key_of(appointment)}")
    appointment.refresh_from_db()
    assert (appointment.status, appointment.revision) == (Status.BOOKED, 0)


def test_a_time_that_is_taken_leaves_it_as_it_was(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    other = free(session_of(ana))[8]
    visit(ana, other, Contact(name="Quick"))
    answer = jo.post(page(appointment, "move"), {"start": str(int(other.timestamp())), "sure": "yes"})
    assert answer.status_code == 409
    assert "stands as it was" in answer.content.decode()
    before = appointment.starts_at
    appointment.refresh_from_db()
    assert appointment.starts_at == before
    assert TakenTime.objects.filter(appointment=appointment).exists()


def test_it_may_move_by_less_than_its_length(appointment: Appointment, jo: Client) -> None:
    by_half = appointment.starts_at + timedelta(minutes=30)
    jo.post(page(appointment, "move"), {"start": str(int(by_half.timestamp())), "sure": "yes"})
    appointment.refresh_from_db()
    assert appointment.starts_at == by_half


def test_pressed_twice_it_moves_once(appointment: Appointment, jo: Client, ana: Practitioner) -> None:
    before, other = Message.objects.count(), free(session_of(ana))[8]
    for _press in "12":
        moved = jo.post(page(appointment, "move"), {"start": str(int(other.timestamp())), "sure": "yes"})
        assert moved["Location"] == f"{page(appointment)}?moved=yes"
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.revision) == (other, 1)
    assert Message.objects.count() == before + 2


def test_it_is_screened_for_its_new_day(ana: Practitioner, jo: Client) -> None:
    """A week after an operation it can't be; some weeks later it can, and then not be moved back."""
    lately = {"events.surgery-since": "0 weeks", "events.surgery-place": "nowhere"}
    told = carried("events.surgery", answers=lately)
    record = read_record(told["drawing"], told["selection"], local_date(ana, timezone.now()))
    starts = free(session_of(ana), days=55)
    allowed = [start for start in starts if record.bookable(local_date(ana, start)).sessions]
    made = book(jo, session_of(ana), allowed[-1], told=told)
    refused = jo.post(page(made, "move"), {"start": str(int(starts[0].timestamp())), "sure": "yes"})
    assert refused.status_code == 409
    assert "it can&#x27;t be on that day" in refused.content.decode()
    made.refresh_from_db()
    assert (made.starts_at, made.person.screenings.count()) == (allowed[-1], 1)
    jo.post(page(made, "move"), {"start": str(int(allowed[0].timestamp())), "sure": "yes"})
    assert made.person.screenings.all()[0].for_day == local_date(ana, allowed[0])


def test_what_has_begun_cannot_be_moved_or_cancelled(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    begun, other = timezone.now() - timedelta(minutes=1), free(session_of(ana))[8]
    Appointment.objects.update(starts_at=begun)
    jo.post(page(appointment, "cancel"))
    jo.post(page(appointment, "move"), {"start": str(int(other.timestamp())), "sure": "yes"})
    appointment.refresh_from_db()
    assert (appointment.status, appointment.starts_at) == (Status.BOOKED, begun)


# Cancelling


def test_cancelled_twice_is_cancelled(appointment: Appointment, ana: Practitioner) -> None:
    url, key = page(appointment, "cancel"), {"key": key_of(appointment)}
    before = Message.objects.count()
    assert Client().post(url, key)["Location"].startswith(page(appointment))
    assert Client().post(url, key).status_code == 302
    appointment.refresh_from_db()
    assert appointment.status == Status.CANCELLED
    assert appointment.starts_at in free(session_of(ana))
    assert Message.objects.count() == before + 2
    assert "METHOD:CANCEL" in Message.objects.order_by("-id")[0].attachment


def test_what_it_costs_is_said_before(appointment: Appointment, jo: Client) -> None:
    assert "costs nothing" in words(jo, page(appointment, "cancel"))
    a_day_ago, now = timezone.now() - timedelta(days=1), timezone.now()
    Appointment.objects.update(free_until=now - timedelta(minutes=1), booked_at=a_day_ago)
    assert "costs 40 USD" in words(jo, page(appointment, "cancel"))
    assert "the time to cancel free of charge is over" in words(jo, page(appointment))


def test_what_was_booked_late_is_never_free(jo: Client, ana: Practitioner) -> None:
    Diary.objects.filter(practitioner=ana).update(cancel_free_hours=168)
    start = free(session_of(ana))[3]
    kept = reserve(jo, session_of(ana), start, **carried())
    assert "Cancelling costs 40 USD from the start." in words(jo, kept["Location"])
    made = book(jo, session_of(ana), start, told=carried())
    assert "Cancelling costs 40 USD from the start." in words(jo, page(made))
    assert "from the start." in Message.objects.filter(to="jo@example.org").latest("id").text


def is_late(made: Appointment) -> None:
    Appointment.objects.filter(pk=made.pk).update(free_until=timezone.now() - timedelta(minutes=1))


def test_what_is_owed_is_kept_and_said_to_both(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    is_late(appointment)
    jo.post(page(appointment, "cancel"))
    appointment.refresh_from_db()
    assert appointment.owed_minor == 4000
    assert timezone.now() - appointment.cancelled_at < timedelta(minutes=1)
    as_ana = Client()
    as_ana.force_login(ana.user)
    due = "40 USD is due"
    assert due in words(as_ana, page(appointment, "visit"))
    assert due in words(jo, page(appointment))
    for letter in Message.objects.order_by("-id")[:2]:
        assert "is cancelled" in letter.text
        assert due in letter.text


@pytest.mark.parametrize("by_practice", [True, False])
def test_nothing_is_owed_in_time_or_where_the_practice_cancels(
    appointment: Appointment, ana: Practitioner, *, by_practice: bool
) -> None:
    if by_practice:
        is_late(appointment)
    made = actions.cancel(appointment, by=ana.user, now=timezone.now(), by_practice=by_practice)
    assert made.owed_minor == 0
    assert made.cancelled_at
    assert not Message.objects.filter(text__contains="is due").exists()


def test_moving_late_doesnt_make_cancelling_free_again(
    appointment: Appointment, jo: Client, ana: Practitioner
) -> None:
    is_late(appointment)
    appointment.refresh_from_db()
    until = appointment.free_until
    assert "40 USD is due all the same" in words(jo, page(appointment, "move"))
    jo.post(
        page(appointment, "move"), {"start": str(int(free(session_of(ana))[-1].timestamp())), "sure": "yes"}
    )
    appointment.refresh_from_db()
    assert appointment.revision == 1
    assert appointment.free_until == until
    assert "costs 40 USD" in words(jo, page(appointment, "cancel"))


def test_moved_late_by_the_practice_it_is_free_again(appointment: Appointment, ana: Practitioner) -> None:
    Appointment.objects.update(starts_at=timezone.now() + timedelta(hours=2))
    Appointment.objects.update(free_until=timezone.now() - timedelta(hours=22))
    later = free(session_of(ana))[-1]
    made = actions.move(appointment, later, by=ana.user, now=timezone.now(), by_practice=True)
    assert made.free_until > timezone.now()


# Telling before one comes


def test_who_was_booked_by_phone_tells_by_the_letters_key(ana: Practitioner) -> None:
    made = visit(ana)
    jo = Client()
    url = f"{page(made)}?key={key_of(made)}"
    assert "Before you come" in words(jo, url)
    jo.post(page(made, "tell"), {"key": key_of(made)})
    agree = jo.post(reverse("booking:told"), carried())
    assert "I agree that this practice keeps" in agree.content.decode()
    lacking = jo.post(reverse("desk:told"), carried())
    assert lacking.status_code == 422
    assert not Intake.objects.exists()
    sent = jo.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert sent["Location"] == url
    made.refresh_from_db()
    assert made.intake == Intake.objects.get()
    assert Consent.objects.get().given_by == "Jo Walker"


def test_who_chooses_a_time_meanwhile_tells_for_that(ana: Practitioner) -> None:
    made, jo = visit(ana), Client()
    jo.post(page(made, "tell"), {"key": key_of(made)})
    kept = reserve(jo, session_of(ana), free(session_of(ana))[20])
    assert jo.post(reverse("booking:told"), carried())["Location"] == kept["Location"]


def test_the_page_says_whose_answers_they_are(ana: Practitioner) -> None:
    made, jo = visit(ana), Client()
    jo.post(page(made, "tell"), {"key": key_of(made)})
    assert "From Jo Walker to Ana Ruiz" in jo.post(reverse("booking:told"), carried()).content.decode()


def test_nobody_tells_for_anothers(ana: Practitioner) -> None:
    made = visit(ana)
    other = signed_in("other@example.org")
    assert other.post(page(made, "tell")).status_code == 404
    other.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert not Intake.objects.exists()
