"""A practitioner whom one can book, and people who book, for tests."""

from __future__ import annotations

import itertools
import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.scheduling import TimeRange
from unknot.web.accounts.models import User
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Reservation
from unknot.web.booking.queries import free_starts
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Mode, Offer, Practitioner, Service
from unknot.web.directory.queries import local_date
from unknot.web.directory.tests.people import administrator, complete, place, practitioner, service, user
from unknot.web.intake.actions import Contact
from unknot.web.intake.tests.visitor import drawn, told

NINE_TO_FIVE = TimeRange(540, 1020)
ADDRESSES = itertools.count(1)
CONTACT = {"name": "Jo Walker", "phone": "212 555 0142"}


def open_office(email: str = "ana@example.org", **about: str) -> Practitioner:
    """Live, every day from nine to five, in person and by video."""
    admin = User.objects.filter(is_superuser=True).first() or administrator()
    made = complete(practitioner(email, **about), admin)
    service(made, mode=Mode.IN_PERSON, price_minor=8000)
    place(made)
    actions.set_week(made, {weekday: [NINE_TO_FIVE] for weekday in range(7)}, by=made.user)
    directory.go_live(made, by=made.user, now=timezone.now())
    return made


def call_of(of: Practitioner) -> Service:
    return of.services.select_related("practitioner__practice").get(offer=Offer.DISCOVERY)


def session_of(of: Practitioner, mode: str = Mode.IN_PERSON) -> Service:
    return of.services.select_related("practitioner__practice").get(offer=Offer.SINGLE, mode=mode)


def free(of: Service, *, days: int = 14, now: datetime | None = None) -> list[datetime]:
    """The free starts from tomorrow on."""
    at = now or timezone.now()
    first = local_date(of.practitioner, at) + timedelta(days=1)
    return list(free_starts(of, now=at, first=first, last=first + timedelta(days=days)))


def carried(*items: str, **answers: Any) -> dict[str, str]:
    """The hidden fields of somebody who drew and answered; healthy where no item is ticked."""
    fields = told(*items, **answers)
    drawing = str(fields.pop("drawing"))
    listed = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    selection = {name: value for name, value in listed.items() if name.startswith("q-") and any(value)}
    return {"drawing": drawing or drawn(), "selection": json.dumps(selection)}


def reserve(client: Client, of: Service, start: datetime, **more: str) -> HttpResponse:
    """Choose a time as the profile's form does."""
    fields = {"service": str(of.public_id), "start": str(int(start.timestamp())), "zone": "America/Chicago"}
    address = f"2001:db8::{next(ADDRESSES):x}"  # each from their own, since one may not keep many
    return client.post(reverse("booking:reserve"), fields | more, REMOTE_ADDR=address)  # type: ignore[return-value]


def user_of(email: str) -> User:
    """The account of an address."""
    return User.objects.filter(email=email).first() or user(email)


def signed_in(email: str = "jo@example.org") -> Client:
    client = Client()
    client.force_login(user_of(email))
    return client


def book(
    client: Client, of: Service, start: datetime, *, told: dict[str, str] | None = None, **typed: str
) -> Appointment:
    """The whole way of somebody who is signed in."""
    kept = reserve(client, of, start, **(told or {}))
    assert kept.status_code == 302, kept.content.decode()
    agreed = {"keeping": "on"} if told else {}
    booked = client.post(kept["Location"], CONTACT | agreed | typed)
    assert booked.status_code == 302, booked.content.decode()
    return Appointment.objects.get(public_id=booked["Location"].rstrip("/").split("/")[-1])


def words(client: Client, url: str) -> str:
    """What a page says."""
    return words_of(client.get(url))


def words_of(answer: HttpResponse) -> str:
    """What an answer says to who reads it."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def visit(of: Practitioner, start: datetime | None = None, contact: Contact | None = None) -> Appointment:
    """Somebody whom the practice booked."""
    service_ = session_of(of)
    return actions.book_for(
        service_,
        start or free(service_)[0],
        contact or Contact(name="Jo Walker", email="jo@example.org"),
        place=of.places.first(),
        by=of.user,
        now=timezone.now(),
    )


def kept() -> Reservation:
    return Reservation.objects.select_related("draft").get()
