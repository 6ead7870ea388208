"""People and their things for tests, made by the app's own actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from unknot.web.accounts.models import User
from unknot.web.directory import actions
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    Kind,
    Mode,
    Offer,
    Place,
    Practitioner,
    Service,
)


def user(email: str) -> User:
    made = User.objects.create_user(email)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def with_factor(made: User) -> User:
    TOTP.activate(made, generate_totp_secret())
    return made


def administrator(email: str = "administrator@example.org") -> User:
    return with_factor(User.objects.create_superuser(email))


def practitioner(
    email: str = "ana@example.org",
    *,
    name: str = "Ana Ruiz",
    kind: str = Kind.MASSAGE_THERAPIST,
    jurisdiction: str = "US-NY",
    zone: str = "America/New_York",
) -> Practitioner:
    told = actions.Introduction(name=name, kind=kind, jurisdiction=jurisdiction, zone=zone)
    return actions.join(with_factor(user(email)), told)


def place(of: Practitioner, **told: Any) -> Place:
    fields = {"street": "1 Main Street", "city": "Albany", "jurisdiction": of.jurisdiction, **told}
    made = Place(practitioner=of, **fields)
    actions.save(made, by=of.user)
    return made


def credential(
    of: Practitioner,
    kind: str = CredentialKind.LICENCE,
    *,
    issuer: str = "",
    number: str = "027-123456",
    expires_on: date | None = date(2099, 12, 31),
) -> Credential:
    made = Credential(
        practitioner=of, kind=kind, issuer=issuer or of.jurisdiction, number=number, expires_on=expires_on
    )
    actions.give_credential(made, by=of.user, now=timezone.now())
    return made


def verified(made: Credential, by: User, now: datetime | None = None) -> Credential:
    actions.verify(made, evidence="Register: active", by=by, now=now or timezone.now())
    made.refresh_from_db()
    return made


def service(
    of: Practitioner,
    offer: str = Offer.SINGLE,
    mode: str = Mode.VIDEO,
    *,
    minutes: int = 60,
    price_minor: int = 9500,
    currency: str = "USD",
) -> Service:
    made = Service(
        practitioner=of, offer=offer, mode=mode, minutes=minutes, price_minor=price_minor, currency=currency
    )
    actions.save(made, by=of.user)
    return made


def complete(of: Practitioner, by: User) -> Practitioner:
    """All that a massage therapist in a place with licences needs to go live by video, but hours."""
    of.about, of.meeting_link = "I work slowly.", "https://meet.example.org/ana"
    actions.save(of, by=of.user)
    service(of)
    verified(credential(of), by)
    return of
