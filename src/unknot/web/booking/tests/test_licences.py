"""What permits a practitioner ends before a visit."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.actions import notices
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.queries import nearest_free
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
    visit,
)
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Credential, CredentialKind, Mode, Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.directory.tests.people import credential, verified
from unknot.web.intake.actions import Contact
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


# Whose law counts


@pytest.fixture
def from_new_jersey(ana: Practitioner) -> Appointment:
    """Treated by video, where another licence counts too; in two weeks."""
    verified(credential(ana, issuer="US-NJ", number="nj1"), User.objects.get(is_superuser=True))
    by_video, client = session_of(ana, Mode.VIDEO), signed_in()
    kept = reserve(client, by_video, free(by_video)[-1], client_in="US-NJ", **carried())
    client.post(kept["Location"], CONTACT | {"keeping": "on"})
    return Appointment.objects.get()


def new_jersey_ends_in(days: int, of: Practitioner) -> None:
    last_day = local_date(of, timezone.now()) + timedelta(days=days)
    Credential.objects.filter(issuer="US-NJ").update(expires_on=last_day)


def test_a_visit_by_video_is_told_of_when_the_licence_where_the_client_is_ends(
    ana: Practitioner, from_new_jersey: Appointment
) -> None:
    visit(ana, free(session_of(ana))[-1])  # in person: New York's, which lasts
    new_jersey_ends_in(3, ana)
    assert actions.tell_of_ending_licences(timezone.now()) == 1
    assert from_new_jersey.licence_notices.count() == 1


@pytest.mark.parametrize(
    ("kind", "issuer", "told"),
    [
        (CredentialKind.CERTIFICATE, "School", 1),
        (CredentialKind.LICENCE, "US-NJ", 1),
        (CredentialKind.LICENCE, "US-NY", 0),
    ],
)
def test_only_what_is_asked_for_waits_in_the_place_of_what_was_refused(
    ana: Practitioner, kind: str, issuer: str, told: int
) -> None:
    visit(ana, free(session_of(ana))[-1])
    now, given = timezone.now(), ana.credentials.get()
    directory.give_credential(given, by=ana.user, now=now)
    directory.refuse(given, reason="Unknown number.", by=User.objects.get(is_superuser=True), now=now)
    credential(ana, kind, issuer=issuer, number="c1")
    assert actions.tell_of_ending_licences(now) == told


@pytest.mark.parametrize("change", ["cancelled", "moved"])
def test_what_is_cancelled_or_moved_in_the_same_instant_gets_no_letter(
    ana: Practitioner, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    made, now, ends_before = visit(ana, free(session_of(ana))[-1]), timezone.now(), notices._ends_before
    ends_in(ana, 5)

    def meanwhile(of: Appointment, at: object) -> object:
        found = ends_before(of, at)
        if change == "cancelled":
            actions.cancel(made, by=ana.user, now=now, by_practice=True)
        else:
            actions.move(made, free(session_of(ana))[0], by=ana.user, now=now, by_practice=True)
        monkeypatch.setattr(notices, "_ends_before", ends_before)
        return found

    monkeypatch.setattr(notices, "_ends_before", meanwhile)
    assert actions.tell_of_ending_licences(now) == 0
    assert told() == []


# Nothing is booked or moved past it


def test_the_practice_can_book_and_move_no_treatment_past_it(ana: Practitioner) -> None:
    now, session = timezone.now(), session_of(ana)
    made, late = visit(ana), free(session)[-1]
    ends_in(ana, 5)
    with pytest.raises(actions.NotPermitted):
        visit(ana, late, Contact(name="Kim"))
    with pytest.raises(actions.NotPermitted):
        actions.move(made, late, by=ana.user, now=now, by_practice=True)
    call = actions.book_for(call_of(ana), late, Contact(name="Kim"), place=None, by=ana.user, now=now)
    assert call.starts_at == late  # a talk is no treatment


def test_a_time_kept_before_it_ended_is_not_booked(ana: Practitioner) -> None:
    client = signed_in()
    kept = reserve(client, session_of(ana), free(session_of(ana))[0], **carried())
    ends_in(ana, -1)
    refused = client.post(kept["Location"], CONTACT | {"keeping": "on", "name": "Jo W. Walker"})
    assert refused.status_code == 422
    assert "has ended, or ends before that day" in refused.content.decode()
    assert 'value="Jo W. Walker"' in refused.content.decode()
    assert Reservation.objects.exists()
    assert not Appointment.objects.exists()


def test_a_call_kept_before_it_ended_is_booked(ana: Practitioner) -> None:
    client = signed_in()
    kept = reserve(client, call_of(ana), free(call_of(ana))[0])
    ends_in(ana, -1)
    assert client.post(kept["Location"], CONTACT).status_code == 302


def test_a_visit_by_video_moves_no_further_than_the_licence_where_the_client_is(
    ana: Practitioner, from_new_jersey: Appointment
) -> None:
    new_jersey_ends_in(4, ana)
    client, now = signed_in(), timezone.now()
    url = reverse("desk:move", args=[from_new_jersey.public_id])
    offered = re.findall(r'name="start" value="(\d+)"', client.get(url).content.decode())
    last = max(datetime.fromtimestamp(int(start), UTC) for start in offered)
    assert local_date(ana, last) == local_date(ana, now) + timedelta(days=4)
    far = [start for start in free(session_of(ana, Mode.VIDEO)) if start > last][-5]
    refused = client.post(url, {"start": str(int(far.timestamp())), "sure": "yes"})
    assert refused.status_code == 409
    assert "ends before that day" in refused.content.decode()
    with pytest.raises(actions.NotPermitted):
        actions.move(from_new_jersey, far, by=ana.user, now=now, by_practice=True)
    assert client.post(url, {"start": str(int(last.timestamp())), "sure": "yes"}).status_code == 302


def test_a_call_from_anywhere_moves_anywhere(ana: Practitioner) -> None:
    client, starts = signed_in(), free(call_of(ana))
    made = book(client, call_of(ana), starts[0])
    Appointment.objects.update(client_in="US-TX")
    url = reverse("desk:move", args=[made.public_id])
    assert client.post(url, {"start": str(int(starts[-1].timestamp())), "sure": "yes"}).status_code == 302
