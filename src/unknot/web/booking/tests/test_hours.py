"""A practitioner's hours, from the form to what could be booked of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.scheduling import TimeRange
from unknot.web.audit.models import Entry
from unknot.web.booking import actions, queries
from unknot.web.booking.forms.hours import BlockForm
from unknot.web.booking.models import Diary, Override, TakenTime, WeeklyHours
from unknot.web.directory.checklist import Progress, checklist
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import practitioner, service

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 8)
NOW = datetime(2026, 6, 7, 12, tzinfo=UTC)
NINE_TO_NOON = {0: [TimeRange(9 * 60, 12 * 60)]}


@pytest.fixture
def ana() -> Practitioner:
    return practitioner()


@pytest.fixture
def as_ana(ana: Practitioner, client: Client) -> Client:
    client.force_login(ana.user)
    return client


def free(of: Practitioner, day: date = MONDAY, minutes: int = 60) -> str:
    """The local starts of a day."""
    starts = queries.slots_of(of, minutes, now=NOW, first=day, last=day)
    return " ".join(f"{datetime.fromtimestamp(t, ZoneInfo(of.zone)):%H:%M}" for t in starts)


def week(**times: str) -> dict[str, str]:
    """The form of the week: ``week(d0="09:00-12:00,13:00-17:00")``."""
    told = {}
    for day, ranges in times.items():
        for number, hours in enumerate(ranges.split(",")):
            start, end = hours.split("-")
            told |= {f"{day[1:]}-{number}-from": start, f"{day[1:]}-{number}-to": end}
    return told


# The week


def test_the_week_is_written_and_read_back(as_ana: Client, ana: Practitioner) -> None:
    told = week(d0="09:00-12:00,13:00-17:30", d4="20:00-00:00")
    assert as_ana.post(reverse("booking:week"), told).headers["Location"] == reverse("booking:hours")
    found = [(h.weekday, h.start, h.end) for h in WeeklyHours.objects.all()]
    assert found == [(0, 540, 720), (0, 780, 1050), (4, 1200, 1440)]
    page = as_ana.get(reverse("booking:week")).content.decode()
    assert 'value="13:00"' in page
    shown = as_ana.get(reverse("booking:hours")).content.decode()
    assert "13:00\N{EN DASH}17:30" in shown
    assert "20:00\N{EN DASH}24:00" in shown
    as_ana.post(reverse("booking:week"), week(d1="10:00-11:00"))
    assert WeeklyHours.objects.get().weekday == 1


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ("12:00-09:00", "ends before it begins"),
        ("09:00-09:00", "ends before it begins"),
        ("22:00-02:00", "Hours over midnight are two"),
        ("09:00-", "Give both times"),
        ("-12:00", "Give both times"),
        ("09:00-12:00,11:00-14:00", "The second begins before the first ends"),
        ("nine-12:00", "valid time"),
        ("09:00-25:00", "valid time"),
    ],
)
def test_hours_that_are_wrong_are_told_and_kept(
    as_ana: Client, ana: Practitioner, times: str, says: str
) -> None:
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    answer = as_ana.post(reverse("booking:week"), week(d2=times, d3="08:15-10:00"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert 'value="08:15"' in page
    assert WeeklyHours.objects.get().weekday == 0


def test_without_hours_a_profile_is_not_complete(ana: Practitioner) -> None:
    def state() -> Progress:
        return {item.key: item.progress for item in checklist(ana, MONDAY)}["hours"]

    assert state() is Progress.MISSING
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    assert state() is Progress.DONE
    actions.set_week(ana, {}, by=ana.user)
    assert state() is Progress.MISSING


def test_the_database_takes_no_hours_that_end_before_they_begin(ana: Practitioner) -> None:
    diary = Diary.objects.create(practitioner=ana)
    for start, end in ((600, 600), (600, 540), (600, 1441)):
        with pytest.raises(DatabaseError), transaction.atomic():
            WeeklyHours.objects.create(diary=diary, weekday=0, start=start, end=end)


# What is free


def test_free_is_what_the_hours_leave_by_the_practitioners_clock(ana: Practitioner) -> None:
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    assert free(ana) == "09:00 09:30 10:00 10:30 11:00"
    assert free(ana, MONDAY + timedelta(days=1)) == ""


def test_without_hours_nothing_is_free(ana: Practitioner) -> None:
    assert free(ana) == ""


def test_blocked_time_is_not_free_and_is_given_back(ana: Practitioner) -> None:
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    ten = datetime(2026, 6, 8, 14, tzinfo=UTC)
    taken = actions.block(ana, ten, ten + timedelta(minutes=30), by=ana.user)
    assert free(ana) == "10:30 11:00"  # with the usual quarter of an hour after each
    actions.unblock(taken, by=ana.user)
    assert free(ana) == "09:00 09:30 10:00 10:30 11:00"


def test_another_practitioners_time_changes_nothing(ana: Practitioner) -> None:
    bo = practitioner("bo@example.org")
    for person in (ana, bo):
        actions.set_week(person, NINE_TO_NOON, by=person.user)
    ten = datetime(2026, 6, 8, 14, tzinfo=UTC)
    actions.block(bo, ten, ten + timedelta(hours=2), by=bo.user)
    assert free(ana) == "09:00 09:30 10:00 10:30 11:00"


def test_a_date_of_its_own_replaces_the_week(as_ana: Client, ana: Practitioner) -> None:
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    told = {"on": "2026-06-08", "hours-0-from": "15:00", "hours-0-to": "16:00"}
    as_ana.post(reverse("booking:date-add"), told)
    assert free(ana) == "15:00"
    as_ana.post(reverse("booking:date-add"), {"on": "2026-06-08"})
    assert free(ana) == ""
    override = Override.objects.get()
    as_ana.post(reverse("booking:date-remove", args=[override.public_id]))
    assert free(ana) == "09:00 09:30 10:00 10:30 11:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""},
        {"on": "8.6.2026"},
        {"on": "2026-06-08", "hours-0-from": "15:00"},
        {"on": "2026-06-08", "hours-0-from": "15:00", "hours-0-to": "14:00"},
    ],
    ids=str,
)
def test_a_date_that_is_wrong_is_told(as_ana: Client, wrong: dict[str, str]) -> None:
    assert as_ana.post(reverse("booking:date-add"), wrong).status_code == 422
    assert not Override.objects.exists()


def test_limits_are_kept(as_ana: Client, ana: Practitioner) -> None:
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    told = {
        "grid_minutes": "60",
        "minimum_notice_minutes": "1560",  # 26 hours from noon on Sunday: ten on Monday, in New York
        "horizon_days": "30",
        "buffer_before_minutes": "0",
        "buffer_after_minutes": "0",
        "cancel_free_hours": "48",
        "late_cancel_percent": "30",
    }
    assert as_ana.post(reverse("booking:limits"), told).status_code == 302
    assert free(Practitioner.objects.get()) == "10:00 11:00"
    for wrong in (
        {"grid_minutes": "7"},
        {"horizon_days": "0"},
        {"buffer_after_minutes": "121"},
        {"late_cancel_percent": "101"},
    ):
        assert as_ana.post(reverse("booking:limits"), told | wrong).status_code == 422


# Blocked time


def blocked(**changed: str) -> dict[str, str]:
    tomorrow = timezone.now().date() + timedelta(days=2)
    return {"on": f"{tomorrow}", "start": "10:00", "end": "11:00", **changed}


def test_time_is_blocked_by_the_practitioners_clock(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("booking:block"), blocked(end="00:00"))
    taken = TakenTime.objects.get()
    zone = ZoneInfo("America/New_York")
    assert f"{taken.during.lower.astimezone(zone):%H:%M}" == "10:00"
    assert f"{taken.during.upper.astimezone(zone):%H:%M}" == "00:00"
    assert taken.during.upper - taken.during.lower == timedelta(hours=14)
    assert "Free it" in as_ana.get(reverse("booking:hours")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"end": "09:00"}, {"end": "10:00"}, {"on": "2020-01-01"}, {"on": ""}, {"start": ""}, {"end": "x"}],
    ids=str,
)
def test_a_block_that_is_wrong_is_told(as_ana: Client, wrong: dict[str, str]) -> None:
    answer = as_ana.post(reverse("booking:block"), blocked(**wrong))
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not TakenTime.objects.exists()


def test_a_block_that_the_clock_turns_round_is_told(ana: Practitioner) -> None:
    """On 14 March 2027 New York's clocks go from 02:00 to 03:00: half past two comes after three."""
    told = {"on": "2027-03-14", "start": "02:30", "end": "03:00"}
    form = BlockForm(told, zone=ana.zone, now=NOW)
    assert not form.is_valid()
    assert "ends before it begins" in str(form.errors["end"])


def test_what_is_taken_cannot_be_taken_again(as_ana: Client) -> None:
    assert as_ana.post(reverse("booking:block"), blocked()).status_code == 302
    answer = as_ana.post(reverse("booking:block"), blocked(start="10:30", end="12:00"))
    assert answer.status_code == 422
    assert "taken already" in answer.content.decode()
    assert 'value="10:30"' in answer.content.decode()
    assert as_ana.post(reverse("booking:block"), blocked(start="11:00", end="12:00")).status_code == 302
    assert TakenTime.objects.count() == 2


def test_two_practitioners_block_the_same_time_through_the_form(as_ana: Client) -> None:
    other = Client()
    other.force_login(practitioner("bo@example.org").user)
    assert as_ana.post(reverse("booking:block"), blocked()).status_code == 302
    assert other.post(reverse("booking:block"), blocked()).status_code == 302


def test_the_page_shows_times_by_the_practitioners_clock(as_ana: Client, ana: Practitioner) -> None:
    actions.set_week(ana, {weekday: [TimeRange(540, 600)] for weekday in range(7)}, by=ana.user)
    as_ana.post(reverse("booking:block"), blocked(start="07:00", end="08:00"))
    page = as_ana.get(reverse("booking:hours")).content.decode()
    shown = set(re.findall(r'<span class="times">([^<]*)</span>', page))
    assert {"09:00", "09:00\N{EN DASH}10:00"} <= shown
    assert any(text.endswith("07:00\N{EN DASH}08:00") for text in shown)
    assert not {text for text in shown if text.startswith(("13:", "14:"))}


# Another's


def test_anothers_is_not_found_and_the_trail_says_who_asked(as_ana: Client, ana: Practitioner) -> None:
    bo = practitioner("bo@example.org")
    override = actions.set_date(bo, MONDAY, [], by=bo.user)
    now = timezone.now()
    taken = actions.block(bo, now + timedelta(hours=1), now + timedelta(hours=2), by=bo.user)
    for name, thing in (("date-remove", override), ("unblock", taken)):
        assert as_ana.post(reverse(f"booking:{name}", args=[thing.public_id])).status_code == 404
        refused = Entry.objects.filter(did="refused", ids=[thing.public_id]).get()
        assert (refused.actor, refused.practice) == (ana.user.public_id, bo.practice.public_id)
        thing.refresh_from_db()


def test_every_change_leaves_a_line_in_the_trail(ana: Practitioner) -> None:
    before = Entry.objects.count()
    actions.set_week(ana, NINE_TO_NOON, by=ana.user)
    override = actions.set_date(ana, MONDAY, [], by=ana.user)
    actions.forget_date(override, by=ana.user)
    lines = Entry.objects.order_by("id")[before:]
    assert [e.what for e in lines] == ["booking.diary", "booking.override", "booking.override"]
    assert {(e.did, e.practice) for e in lines} == {("changed", ana.practice.public_id)}


def test_the_first_free_time_of_many_is_that_of_each(ana: Practitioner) -> None:
    """Two ways to the same: for a page of many the rows are read without their objects."""
    now = datetime(2026, 6, 5, 16, tzinfo=UTC)
    bo = practitioner("bo@example.org", zone="Europe/London")
    for person, shift in ((ana, 0), (bo, 60)):
        service(person)
        actions.set_week(person, {0: [TimeRange(540 + shift, 720)], 3: [TimeRange(600, 660)]}, by=person.user)
        actions.set_date(person, date(2026, 6, 8), [], by=person.user)
        actions.set_date(person, date(2026, 6, 9), [TimeRange(480 + shift, 600)], by=person.user)
    actions.block(
        ana, datetime(2026, 6, 9, 12, tzinfo=UTC), datetime(2026, 6, 9, 12, 30, tzinfo=UTC), by=ana.user
    )
    services = [s for person in (ana, bo) for s in person.services.all()]
    found = queries.next_free(services, dict.fromkeys((ana.pk, bo.pk)), now)
    for each in services:
        starts = queries.slots_of(
            each.practitioner, each.minutes, now=now, first=date(2026, 6, 5), last=date(2026, 6, 18)
        )
        assert found[each.pk].timestamp() == starts[0]
