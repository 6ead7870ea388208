"""
A believable practice network for the demo: the same people every time, their dates relative to today.

Made through the apps' own actions, in a process of its own, once: ``python -m unknot.demo.network``.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unknot.web.accounts.models import User
    from unknot.web.directory.models import Practitioner

HOST = "demo.example"
ADMINISTRATOR = f"administrator@{HOST}"


@dataclass(frozen=True)
class City:
    """Where five of the network work."""

    name: str
    street: str
    postcode: str
    jurisdiction: str
    zone: str
    currency: str = "USD"


CITIES = (
    City("New York", "West 36th Street", "10018", "US-NY", "America/New_York"),
    City("Boston", "Boylston Street", "02116", "US-MA", "America/New_York"),
    City("Miami", "Biscayne Boulevard", "33132", "US-FL", "America/New_York"),
    City("Chicago", "North Wells Street", "60654", "US-IL", "America/Chicago"),
    City("Austin", "South Lamar Boulevard", "78704", "US-TX", "America/Chicago"),
    City("Topeka", "Kansas Avenue", "66603", "US-KS", "America/Chicago"),
    City("Denver", "Larimer Street", "80202", "US-CO", "America/Denver"),
    City("Portland", "Burnside Street", "97209", "US-OR", "America/Los_Angeles"),
    City("San Francisco", "Valencia Street", "94110", "US-CA", "America/Los_Angeles"),
    City("Honolulu", "King Street", "96814", "US-HI", "Pacific/Honolulu"),
    City("Toronto", "Queen Street West", "M5V 2A4", "CA-ON", "America/Toronto", "CAD"),
    City("London", "Marylebone Lane", "W1U 2QD", "GB", "Europe/London", "GBP"),
)
FIRST_NAMES = (
    "Ana", "Marcus", "Priya", "Tomás", "Grace", "Kenji", "Leila", "Owen", "Sofia", "Daniel", "Imani", "Peter",
    "Yuki", "Hannah", "Rafael", "Nora", "Samuel", "Mei", "Lucas", "Fatima",
)  # fmt: skip
LAST_NAMES = (
    "Ruiz", "Bennett", "Nair", "Okafor", "Sullivan", "Tanaka", "Haddad", "Kowalski", "Moreau", "Fischer",
    "Mensah", "Lindqvist", "Delgado", "Park", "Whitfield", "Castellanos-Montgomery", "Osei",
)  # fmt: skip
KINDS = (
    "massage_therapist", "massage_therapist", "physical_therapist", "massage_therapist", "chiropractor",
    "massage_therapist", "occupational_therapist", "massage_therapist", "athletic_trainer",
    "massage_therapist",
)  # fmt: skip
WORDS = (
    "I look for the points that send the pain, press them slowly, and show you what to do between sessions.",
    "Most who come to me sit all day. We begin with the neck and shoulders, and with how you work.",
    "I treat runners and dancers: calves, hips, feet. Expect a plan, not a promise.",
    "Quiet room, steady hands, and as much pressure as you want. You say stop at any time.",
)
FOCI = (
    ("neck", "shoulder"),
    ("head", "neck"),
    ("low_back_and_pelvis", "thigh_and_knee"),
    ("thigh_and_knee", "leg_and_foot"),
    ("arm", "hand"),
    (),
    ("upper_back", "shoulder", "chest"),
)
WORKING_DAYS = ((0, 1, 2, 3, 4), (0, 1, 3, 4, 5), (1, 2, 3, 4), (0, 2, 4, 5), (2, 3, 4, 5, 6))
WITH_COURSES = 2
"""So many practitioners have clients in mid-course."""
FATES = ("verified",) * 7 + ("waiting", "refused", "run out")
"""What becomes of what one in ten gives: every state of a credential is there to be seen."""


def furnish(now: datetime) -> None:
    """Make the network and its clients where there are none."""
    from unknot.demo.clients import invite
    from unknot.demo.courses import begin_courses
    from unknot.web.booking.models import Appointment
    from unknot.web.directory.models import Practitioner

    settle(now)
    if not Appointment.objects.exists():
        live = list(Practitioner.objects.filter(went_live_at__isnull=False).order_by("pk"))
        invite(live, now)
        for practitioner in live[:WITH_COURSES]:
            begin_courses(practitioner, now)


def settle(now: datetime) -> int:
    """Make the practitioners where there are none, and say how many there are."""
    from unknot.web.accounts.actions import add_administrator
    from unknot.web.directory.models import Practitioner

    if Practitioner.objects.exists():
        return Practitioner.objects.count()
    administrator = _with_factor(add_administrator(ADMINISTRATOR))
    people = [(city, number) for number in range(5) for city in CITIES]
    for index, (city, _number) in enumerate(people):
        _settle(index, city, administrator, now)
    return len(people)


def _settle(index: int, city: City, administrator: User, now: datetime) -> None:
    """One practitioner with profile, place, sessions and credentials; live where all is there."""
    from unknot.web.accounts.actions import account_of
    from unknot.web.directory import actions

    first, last = FIRST_NAMES[index % len(FIRST_NAMES)], LAST_NAMES[index * 5 % len(LAST_NAMES)]
    user = _with_factor(account_of(f"practitioner{index + 1}@{HOST}"))
    introduction = actions.Introduction(
        name=f"{first} {last}",
        kind=KINDS[index % len(KINDS)],
        jurisdiction=city.jurisdiction,
        zone=city.zone,
    )
    practitioner = actions.join(user, introduction)
    if index % 20 == 19:
        return  # has just begun
    practitioner.about = WORDS[index % len(WORDS)]
    practitioner.focus = list(FOCI[index % len(FOCI)])
    practitioner.meeting_link = f"https://meet.{HOST}/{index + 1}"
    if city.jurisdiction.startswith("US"):  # whose 555-01xx are nobody's
        practitioner.phone = f"+120255501{index:02}"
    actions.save(practitioner, by=user)
    _offer(practitioner, index, city)
    _open(practitioner, index, now)
    _give_credentials(practitioner, FATES[index % len(FATES)], administrator, now)
    with contextlib.suppress(actions.NotReady):  # as it is with some
        actions.go_live(practitioner, by=user, now=now)


def _offer(practitioner: Practitioner, index: int, city: City) -> None:
    """Sessions around 70 to 120 for an hour; most in person too."""
    from unknot.web.directory import actions
    from unknot.web.directory.models import Mode, Offer, Place, Service

    by = practitioner.user
    in_person = index % 6 != 5
    if in_person:
        street = f"{12 + index * 7} {city.street}"
        place = Place(
            practitioner=practitioner,
            street=street,
            city=city.name,
            postcode=city.postcode,
            jurisdiction=city.jurisdiction,
        )
        actions.save(place, by=by)
    hour = 7000 + index * 37 % 11 * 500
    offered = [(Offer.SINGLE, Mode.VIDEO, 30, hour * 6 // 10 // 100 * 100)]
    if in_person:
        offered += [
            (Offer.SINGLE, Mode.IN_PERSON, 60, hour),
            (Offer.SINGLE, Mode.IN_PERSON, 90, hour * 14 // 10),
        ]
        offered += [(Offer.COURSE, Mode.IN_PERSON, 75, hour * 12 // 10)]
    for offer, mode, minutes, price_minor in offered:
        service = Service(
            practitioner=practitioner,
            offer=offer,
            mode=mode,
            minutes=minutes,
            price_minor=price_minor // 100 * 100,
            currency=city.currency,
        )
        actions.save(service, by=by)


def _open(practitioner: Practitioner, index: int, now: datetime) -> None:
    """Hours of a few kinds, a day off soon, and a lunch with somebody."""
    from unknot.scheduling import TimeRange
    from unknot.web.booking import actions
    from unknot.web.directory import queries

    by = practitioner.user
    day = (TimeRange(9 * 60, 12 * 60 + 30), TimeRange(13 * 60 + 30, 18 * 60))
    late = (TimeRange(12 * 60, 20 * 60),)
    days = WORKING_DAYS[index % len(WORKING_DAYS)]
    actions.set_week(practitioner, {weekday: late if weekday in (2, 5) else day for weekday in days}, by=by)
    today = queries.local_date(practitioner, now)
    actions.set_date(practitioner, today + timedelta(days=9 + index % 12), (), by=by)
    begins = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=2 + index % 5)
    actions.block(practitioner, begins, begins + timedelta(hours=1), by=by)


def _give_credentials(practitioner: Practitioner, fate: str, administrator: User, now: datetime) -> None:
    """What the place asks for, and what became of it."""
    from unknot.web.directory import actions, jurisdictions
    from unknot.web.directory.models import Credential, CredentialKind

    number = f"{practitioner.pk:06d}"
    until = (now + timedelta(days=-12 if fate == "run out" else 90 + practitioner.pk * 13 % 600)).date()
    if jurisdictions.asks_for_licence(practitioner.kind, practitioner.jurisdiction):
        given = [Credential(kind=CredentialKind.LICENCE, issuer=practitioner.jurisdiction, number=number)]
    else:
        given = [
            Credential(kind=CredentialKind.CERTIFICATE, issuer="NCBTMB", number=f"B{number}"),
            Credential(kind=CredentialKind.INSURANCE, issuer="AMTA", number=f"P{number}"),
        ]
    for credential in given:
        credential.practitioner, credential.expires_on = practitioner, until
        actions.give_credential(credential, by=practitioner.user, now=now)
        if fate == "refused":
            reason = "The register knows this number under another name."
            actions.refuse(credential, reason=reason, by=administrator, now=now)
        elif fate != "waiting":
            actions.verify(credential, evidence="Invented for the demo.", by=administrator, now=now)


def _with_factor(user: User) -> User:
    """An authenticator app whose numbers `/demo/sign-in/` shows; its secret follows from the address."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    if not Authenticator.objects.filter(user=user).exists():
        secret = base64.b32encode(hashlib.sha256(user.email.encode()).digest()[:20]).decode()
        TOTP.activate(user, secret)
    return user


def main() -> None:
    """Furnish the database that the environment names."""
    from unknot.server.addresses import Address
    from unknot.server.migrations import configure_django

    configure_django(Address.parse(os.environ["DATABASE_URL"]))
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():  # all of it or nothing: half a network would never be completed
        furnish(timezone.now())


if __name__ == "__main__":
    main()
