"""What permits a practitioner ends before a visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment
from unknot.web.booking.queries import nearest_free
from unknot.web.booking.tests.office import call_of, free, open_office, session_of, visit
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Credential, Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Practitioner:
    return open_office()


def ends_in(of: Practitioner, days: int) -> None:
    last_day = local_date(of, timezone.now()) + timedelta(days=days)
    Credential.objects.filter(practitioner=of).update(expires_on=last_day)


def told() -> list[str]:
    ends = Message.objects.filter(text__contains="ends")
    return sorted(ends.values_list("to", flat=True))


def test_all_three_are_told_once_and_the_client_may_leave_free_of_charge(ana: Practitioner) -> None:
    made = visit(ana, free(session_of(ana))[-1])
    ends_in(ana, 5)
    assert actions.tell_of_ending_licences(timezone.now()) == 1
    assert told() == ["administrator@example.org", "ana@example.org", "jo@example.org"]
    assert actions.tell_of_ending_licences(timezone.now()) == 0
    assert Appointment.objects.get(pk=made.pk).late_fee_minor == 0


@pytest.mark.parametrize("days", [20, 16])
def test_nobody_is_told_where_it_lasts_or_is_far(ana: Practitioner, days: int) -> None:
    visit(ana, free(session_of(ana))[-1])
    ends_in(ana, days)
    assert actions.tell_of_ending_licences(timezone.now()) == 0


def test_what_waits_to_be_checked_alarms_nobody(ana: Practitioner) -> None:
    """As when somebody has renewed a licence and gives its new last day."""
    visit(ana, free(session_of(ana))[-1])
    directory.give_credential(ana.credentials.get(), by=ana.user, now=timezone.now())
    assert actions.tell_of_ending_licences(timezone.now()) == 0


def test_where_nothing_permits_any_more_it_is_said_once(ana: Practitioner) -> None:
    visit(ana, free(session_of(ana))[-1])
    now, given = timezone.now(), ana.credentials.get()
    directory.give_credential(given, by=ana.user, now=now)
    directory.refuse(given, reason="Unknown number.", by=User.objects.get(is_superuser=True), now=now)
    assert [actions.tell_of_ending_licences(now + timedelta(days=n)) for n in (0, 1)] == [1, 0]
    said = Message.objects.filter(to="ana@example.org").latest("id").text
    assert "is verified any more" in said


def test_after_the_last_day_there_is_no_time_to_book(ana: Practitioner) -> None:
    ends_in(ana, 3)
    last = free(session_of(ana))[-1]
    assert local_date(ana, last) == local_date(ana, timezone.now()) + timedelta(days=3)
    ends_in(ana, -1)
    assert free(session_of(ana)) == []
    assert nearest_free(call_of(ana), last, now=timezone.now()) == ()
