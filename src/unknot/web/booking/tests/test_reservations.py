"""A kept time: what was shown with it stays, whatever becomes of service and place meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Diary, Reservation, TakenTime
from unknot.web.booking.tests.office import (
    CONTACT,
    call_of,
    carried,
    free,
    open_office,
    reserve,
    session_of,
    signed_in,
    words,
)
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Mode, Practitioner, Service
from unknot.web.directory.tests.people import place, user
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Practitioner:
    return open_office()


def keep(of: Service) -> Reservation:
    told = carried()
    wish = actions.Wish(
        service=of, starts_at=free(of)[0], place=of.practitioner.places.first(), client_zone="UTC"
    )
    return actions.reserve(wish, actions.Brought(told["drawing"], told["selection"]), now=timezone.now())


JO = actions.Client(contact=Contact(name="Jo"), keeping="I agree.")


def remove(of: Practitioner, what: str) -> None:
    """The session, or the place of work, in whose stead there is another."""
    if what == "place":
        place(of)
    directory.remove(session_of(of) if what == "service" else of.places.order_by("pk")[0], by=of.user)


@pytest.mark.parametrize("what", ["service", "place"])
def test_what_is_removed_meanwhile_is_booked_as_shown_and_by_nobody_else(
    ana: Practitioner, what: str
) -> None:
    by_video, now = session_of(ana, Mode.VIDEO), timezone.now()
    kept = keep(session_of(ana))
    remove(ana, what)
    made = actions.book(kept, JO, by=user("jo@example.org"), now=now)
    assert (made.price_minor, made.address) == (8000, "1 Main Street, Albany")
    with pytest.raises(actions.TimeTaken):
        actions.book_for(by_video, made.starts_at, Contact(name="Kim"), place=None, by=ana.user, now=now)


def test_the_page_of_a_time_whose_service_is_gone_still_books_it(ana: Practitioner) -> None:
    client = signed_in()
    answer = reserve(client, session_of(ana), free(session_of(ana))[0], **carried())
    directory.remove(session_of(ana), by=ana.user)
    assert "80 USD" in words(client, answer["Location"])
    assert client.post(answer["Location"], CONTACT | {"keeping": "on"}).status_code == 302
    assert Appointment.objects.get().price_minor == 8000


def test_without_its_taken_time_it_is_no_appointment(ana: Practitioner) -> None:
    kept = keep(session_of(ana))
    TakenTime.objects.all().delete()
    with pytest.raises(actions.Expired):
        actions.book(kept, JO, by=user("jo@example.org"), now=timezone.now())


def test_what_was_shown_is_what_is_booked(ana: Practitioner) -> None:
    client = signed_in()
    answer = reserve(client, session_of(ana), free(session_of(ana))[-1], **carried())
    shown = words(client, answer["Location"])
    ana.services.filter(offer="single", mode="in_person").update(price_minor=15000, minutes=90)
    ana.places.update(street="9 River Road")
    Diary.objects.update(cancel_free_hours=72, late_cancel_percent=100)
    assert words(client, answer["Location"]) == shown
    assert "80 USD" in shown
    assert "after that it costs 40 USD" in shown
    client.post(answer["Location"], CONTACT | {"keeping": "on"})
    made = Appointment.objects.get()
    assert (made.price_minor, made.minutes, made.late_fee_minor) == (8000, 60, 4000)
    assert made.ends_at - made.starts_at == timedelta(minutes=made.minutes)
    assert made.free_until == made.starts_at - timedelta(hours=24)
    assert made.address == "1 Main Street, Albany"


@pytest.mark.parametrize("what", ["service", "place"])
def test_a_draft_never_outlives_its_quarter_of_an_hour(ana: Practitioner, client: Client, what: str) -> None:
    reserve(client, session_of(ana), free(session_of(ana))[0], **carried())
    remove(ana, what)
    actions.delete_expired(timezone.now() + timedelta(minutes=16))
    assert not Draft.objects.exists()


def test_a_draft_without_its_reservation_goes_when_its_time_is_up(ana: Practitioner) -> None:
    kept = keep(session_of(ana))
    Reservation.objects.all().delete()
    assert actions.delete_expired(kept.draft.made_at + timedelta(minutes=14)) == 0
    assert actions.delete_expired(kept.draft.made_at + timedelta(minutes=15)) == 1
    assert not Draft.objects.exists()


# Pressed twice


def test_a_first_press_whose_answer_never_arrived_is_found_again(ana: Practitioner) -> None:
    start, press = free(call_of(ana))[0], str(uuid4())
    first = reserve(Client(), call_of(ana), start, press=press)
    again = Client()
    second = reserve(again, call_of(ana), start, press=press)
    assert second["Location"] == first["Location"]
    assert again.get(second["Location"]).status_code == 200
    assert Reservation.objects.count() == 1


def test_another_form_or_another_time_is_another_press(ana: Practitioner) -> None:
    one, other = free(call_of(ana))[:5:4]
    press = str(uuid4())
    first = reserve(Client(), call_of(ana), one, press=press)
    assert reserve(Client(), call_of(ana), one, press=str(uuid4())).status_code == 409
    assert reserve(Client(), call_of(ana), one).status_code == 409
    assert reserve(Client(), call_of(ana), other, press=press)["Location"] != first["Location"]


def test_the_profile_gives_each_form_a_number_of_its_own(ana: Practitioner, client: Client) -> None:
    url = reverse("search:practitioner", args=[ana.public_id])
    found = [
        re.search(r'name="press" value="([0-9a-f-]{36})"', client.get(url).content.decode()) for _ in "12"
    ]
    assert found[0]
    assert found[1]
    assert found[0][1] != found[1][1]
