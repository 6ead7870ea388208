"""What nobody means, but somebody sends: each gets a page of ours and breaks nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.booking import actions
from unknot.web.booking.keys import key_of
from unknot.web.booking.models import Diary
from unknot.web.booking.queries import diary_of
from unknot.web.booking.tests.office import (
    CONTACT,
    NINE_TO_FIVE,
    book,
    call_of,
    carried,
    free,
    kept,
    reserve,
    session_of,
    signed_in,
    visit,
)
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake import actions as intake
from unknot.web.intake.models import Clearance
from unknot.web.outbox.models import Message

ENDS_OF_THE_CALENDAR = ("9999-12-31", "0001-01-01")


@pytest.fixture
def as_ana(ana: Practitioner) -> Client:
    client = Client()
    client.force_login(ana.user)
    return client


@pytest.mark.parametrize("on", ENDS_OF_THE_CALENDAR)
@pytest.mark.parametrize("name", ["day", "week", "book-for"])
def test_a_day_at_the_end_of_the_calendar_is_as_if_it_were_not_said(
    ana: Practitioner, as_ana: Client, name: str, on: str
) -> None:
    page = as_ana.get(reverse(f"desk:{name}"), {"on": on})
    assert page.status_code == 200
    assert on not in page.content.decode()


def test_a_visit_of_years_ago_is_still_found_by_its_day(ana: Practitioner, as_ana: Client) -> None:
    long_ago = local_date(ana, timezone.now()) - timedelta(days=3000)
    page = as_ana.get(reverse("desk:day"), {"on": f"{long_ago}"}).content.decode()
    assert f"on={long_ago - timedelta(days=1)}" in page


@pytest.mark.parametrize("on", ENDS_OF_THE_CALENDAR)
def test_a_client_looks_for_another_time_there(ana: Practitioner, client: Client, on: str) -> None:
    made = visit(ana)
    move = reverse("desk:move", args=[made.public_id])
    assert client.get(move, {"on": on, "key": key_of(made)}).status_code == 200


@pytest.mark.parametrize("first", ENDS_OF_THE_CALENDAR)
def test_a_visitor_looks_at_a_profile_there(ana: Practitioner, client: Client, first: str) -> None:
    page = client.get(reverse("search:practitioner", args=[ana.public_id]), {"first": first})
    assert page.status_code == 200


@pytest.mark.parametrize("on", ENDS_OF_THE_CALENDAR)
def test_nothing_is_planned_there(ana: Practitioner, as_ana: Client, on: str) -> None:
    called = {"service": str(session_of(ana).pk), "on": on, "start": "23:30", "name": "Jo"}
    move = reverse("desk:visit-move", args=[visit(ana).public_id])
    for page, told in (
        (reverse("desk:book-for"), called),
        (move, {"on": on, "start": "23:30"}),
        (reverse("booking:block"), {"on": on, "start": "10:00", "end": "00:00"}),
        (reverse("booking:date-add"), {"on": on}),
    ):
        refused = as_ana.post(page, told)
        assert refused.status_code == 422, page
        assert "Give a day within two years from today." in refused.content.decode()
        assert on in refused.content.decode(), "what was typed stays"


def test_a_nul_in_what_was_typed_is_left_out(ana: Practitioner, client: Client) -> None:
    assert reserve(client, call_of(ana), free(call_of(ana))[0], name="Jo\0 Walker").status_code == 302
    assert kept().draft.typed == {"name": "Jo Walker"}


def test_a_nul_that_is_typed_later_is_told(ana: Practitioner) -> None:
    client = signed_in()
    page = reserve(client, call_of(ana), free(call_of(ana))[0])["Location"]
    assert client.post(page, CONTACT | {"name": "Jo\0 Walker"}).status_code == 422


def test_a_places_name_is_in_no_letter_and_no_calendar(ana: Practitioner) -> None:
    place = ana.places.get()
    place.name = "Back Pain Clinic"
    directory.save(place, by=ana.user)
    visit(ana)
    sent = Message.objects.filter(to__in=("jo@example.org", "ana@example.org"), attachment__gt="")
    assert sent.count() == 2
    for letter in sent:
        assert "1 Main Street, Albany" in letter.text
        assert "Pain" not in letter.text + letter.attachment.replace("\r\n ", "")


def test_limits_go_into_a_diary_that_was_made_meanwhile(ana: Practitioner) -> None:
    Diary.objects.all().delete()
    form_of_before = diary_of(ana)
    actions.set_week(ana, {0: [NINE_TO_FIVE]}, by=ana.user)
    form_of_before.grid_minutes = 15
    actions.set_limits(form_of_before, by=ana.user)
    diary = Diary.objects.get()
    assert diary.grid_minutes == 15
    assert diary.weekly.count() == 1


def test_a_note_that_clears_a_rule_of_before_is_still_shown(ana: Practitioner, as_ana: Client) -> None:
    made = book(signed_in(), call_of(ana), free(call_of(ana))[0], told=carried())
    note = Clearance(
        person=made.person,
        rule="rule_of_before",
        by_whom="physician",
        given_by="Dr. Li",
        given_on=local_date(ana, timezone.now()),
    )
    intake.record_clearance(note, by=ana.user)
    page = as_ana.get(reverse("desk:visit", args=[made.public_id]))
    assert "rule_of_before: Dr. Li" in page.content.decode()
