"""What `unknot check` says of letters, licences and appointments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from unknot.server.addresses import Address
from unknot.server.places import WEB
from unknot.web.accounts.models import User
from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import open_office, visit
from unknot.web.directory.models import Credential, CredentialKind, Place, Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.directory.tests.people import credential, verified
from unknot.web.outbox.actions import enqueue
from unknot.web.outbox.models import Message, State
from unknot.web.search.actions import index

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line(database_owner: Address) -> Callable[[str], dict[str, object]]:
    """The line about one thing, asked for as a person does."""

    def line(about: str) -> dict[str, object]:
        said = subprocess.run(
            [sys.executable, "-m", "unknot.cli.main", "check", "--json"],
            env={"PATH": os.environ["PATH"], "DATABASE_URL": database_owner.as_user(WEB).url},
            check=False,
            capture_output=True,
            text=True,
        )
        (found,) = (check for check in json.loads(said.stdout)["checks"] if check["name"] == about)
        assert said.returncode == (0 if found["ok"] else 1)
        return found

    return line


@pytest.fixture
def mail(line: Callable[[str], dict[str, object]]) -> Callable[[], dict[str, object]]:
    return lambda: line("mail")


def test_letters_that_wait_are_counted(mail) -> None:
    enqueue(to="ana@example.org", subject="Hello", text="")
    assert mail() == {"name": "mail", "ok": True, "says": "letters waiting: 1"}


def test_letters_that_wait_too_long_are_a_fault(mail) -> None:
    enqueue(to="ana@example.org", subject="Hello", text="")
    Message.objects.update(made_at=timezone.now() - timedelta(minutes=61))
    told = mail()
    assert not told["ok"]
    assert "UNKNOT_SMTP" in str(told["says"])


@pytest.mark.parametrize("state", [State.REFUSED, State.UNSURE])
def test_letters_in_trouble_are_a_fault(mail, state: State) -> None:
    enqueue(to="ana@example.org", subject="Hello", text="")
    Message.objects.update(state=state, tried_at=timezone.now())
    assert mail() == {
        "name": "mail",
        "ok": False,
        "says": "letters refused, or perhaps never delivered: 1",
    }


def test_an_appointment_whose_local_time_has_moved_is_a_fault(line) -> None:
    made = visit(open_office())
    assert line("appointments")["ok"]
    Appointment.objects.filter(pk=made.pk).update(local_start="2027-01-01T03:00")
    told = line("appointments")
    assert not told["ok"]
    assert str(made.public_id) in str(told["says"])


def test_licences_that_end_are_named_and_ended_ones_a_fault(line) -> None:
    ana = open_office()
    assert line("licences")["says"] == "none ends within 30 days"
    for days, is_well in ((10, True), (-2, False)):
        last_day = local_date(ana, timezone.now()) + timedelta(days=days)
        Credential.objects.filter(practitioner=ana).update(expires_on=last_day)
        index(ana)
        told = line("licences")
        assert told["ok"] is is_well
        assert f"Ana Ruiz on {last_day}" in str(told["says"])


def test_what_no_place_of_work_asks_for_may_end(line) -> None:
    ana, admin = open_office(), User.objects.get(is_superuser=True)
    long_ago = timezone.now().date() - timedelta(days=400)
    for kind, issuer in ((CredentialKind.INSURANCE, "Old Insurer"), (CredentialKind.LICENCE, "US-NJ")):
        verified(credential(ana, kind, issuer=issuer, number="1", expires_on=long_ago), admin)
    assert line("licences") == {"name": "licences", "ok": True, "says": "none ends within 30 days"}


def test_a_certificate_that_stands_for_a_licence_may_not(line) -> None:
    ana, admin = open_office(), User.objects.get(is_superuser=True)
    Practitioner.objects.update(jurisdiction="US-WY")
    Place.objects.update(jurisdiction="US-WY")
    ana.refresh_from_db()
    verified(credential(ana, CredentialKind.INSURANCE, issuer="Insurer", number="1"), admin)
    ended = local_date(ana, timezone.now()) - timedelta(days=2)
    verified(credential(ana, CredentialKind.CERTIFICATE, issuer="Board", expires_on=ended), admin)
    told = line("licences")
    assert not told["ok"]
    assert told["says"] == f"ended: Ana Ruiz on {ended}"
