"""The demo's network: believable, the same every time, made once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from unknot.demo.network import ADMINISTRATOR, CITIES, furnish, settle
from unknot.web.accounts.models import User
from unknot.web.accounts.views import IN_MID_COURSE
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.directory import queries
from unknot.web.directory.checklist import can_go_live
from unknot.web.directory.models import Credential, Kind, Offer, Practitioner, Service
from unknot.web.intake.models import ScreeningResult

pytestmark = pytest.mark.django_db


def test_it_is_made_once_and_the_same_every_time() -> None:
    now = timezone.now()
    assert settle(now) == 60
    first = list(Practitioner.objects.order_by("pk").values_list("name", "kind", "jurisdiction"))
    assert settle(now) == 60
    assert Practitioner.objects.count() == 60
    assert first[0] == ("Ana Ruiz", "massage_therapist", "US-NY")
    assert len(set(first)) == 60


def test_all_kinds_all_cities_and_every_state_of_a_credential() -> None:
    settle(timezone.now())
    assert set(Practitioner.objects.values_list("kind", flat=True)) == set(Kind.values)
    by_place = Counter(Practitioner.objects.values_list("jurisdiction", flat=True))
    assert by_place == {city.jurisdiction: 5 for city in CITIES}
    states = Counter(Credential.objects.values_list("state", flat=True))
    assert min(states[state] for state in ("waiting", "verified", "refused")) >= 5


def test_only_complete_profiles_are_live_and_some_are_not() -> None:
    now = timezone.now()
    settle(now)
    live = Practitioner.objects.exclude(went_live_at=None)
    assert 35 <= live.count() < 60
    assert all(can_go_live(p, queries.local_date(p, now)) for p in live)
    assert any(
        c.expires_on and c.expires_on < queries.local_date(c.practitioner, now)
        for c in Credential.objects.all()
    )


def test_prices_are_as_one_finds_them() -> None:
    settle(timezone.now())
    hours = Service.objects.filter(offer=Offer.SINGLE, minutes=60).values_list("price_minor", flat=True)
    assert len(hours) >= 40
    assert 7_000 <= min(hours) < max(hours) <= 15_000


def test_its_administrator_is_one() -> None:
    settle(datetime(2026, 11, 25, tzinfo=UTC))
    assert User.objects.get(is_superuser=True).email == ADMINISTRATOR


def test_clients_have_drawings_and_visits_gone_by_and_to_come() -> None:
    now = timezone.now()
    furnish(now)
    booked = Appointment.objects.count()
    furnish(now)
    assert Appointment.objects.count() == booked
    live = Practitioner.objects.exclude(went_live_at=None)
    assert all(p.appointments.exists() for p in live)
    first = Practitioner.objects.earliest("pk")
    assert first.appointments.filter(starts_at__gt=now, starts_at__lt=now + timedelta(days=9)).count() >= 8
    assert {a.status for a in Appointment.objects.all()} == {"booked", "arrived", "no_show"}
    assert Appointment.objects.filter(starts_at__gt=now).count() >= 60
    assert not Appointment.objects.filter(intake__isnull=True).exists()
    assert {r.decision for r in ScreeningResult.objects.all()} >= {"proceed", "local", "clearance"}
    assert not Reservation.objects.exists()
    for begins in IN_MID_COURSE:  # the page of the demo's people says what is to see with each
        assert User.objects.filter(email__startswith=f"{begins}.").exists()
