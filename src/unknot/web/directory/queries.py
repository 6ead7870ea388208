"""What there is of practitioners, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from unknot.web.accounts.models import User
from unknot.web.directory import jurisdictions
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    CredentialState,
    Mode,
    Offer,
    Practitioner,
)


class Step(Enum):
    """A part of a profile that must be complete before it can go live."""

    ABOUT = "about"
    LINK = "link"
    CREDENTIALS = "credentials"
    SERVICES = "services"
    PLACE = "place"


class Progress(Enum):
    """How far a step is."""

    MISSING = "missing"
    WAITING = "waiting"  # for an administrator
    DONE = "done"


@dataclass(frozen=True)
class Standing:
    """What is asked for in one jurisdiction, and how far it is."""

    jurisdiction: str
    name: str
    asks_for_licence: bool
    progress: Progress


def practitioner_of(user: User) -> Practitioner | None:
    """Somebody's own profile."""
    return Practitioner.objects.select_related("practice").filter(user=user).first()


def today(practitioner: Practitioner, now: datetime) -> date:
    """The date by the practitioner's clock."""
    return now.astimezone(ZoneInfo(practitioner.zone)).date()


def waiting_credentials() -> QuerySet[Credential]:
    """What administrators have to look at, the longest waiting first."""
    return (
        Credential.objects.filter(state=CredentialState.WAITING)
        .select_related("practitioner__practice")
        .order_by("given_at", "id")
    )


def standings(practitioner: Practitioner, on: date) -> tuple[Standing, ...]:
    """The jurisdictions that a practitioner works in, and whether what each asks for is there."""
    codes = dict.fromkeys([practitioner.jurisdiction, *(p.jurisdiction for p in practitioner.places.all())])
    credentials = list(practitioner.credentials.all())
    return tuple(_standing(practitioner.kind, code, credentials, on) for code in codes)


def progress(practitioner: Practitioner, on: date) -> dict[Step, Progress]:
    """How far each part of the profile is, in the order in which it is filled in."""
    services = list(practitioner.services.all())
    sessions = [s for s in services if s.offer != Offer.DISCOVERY]
    in_person = any(s.mode == Mode.IN_PERSON for s in sessions)
    found = {
        Step.ABOUT: _done(bool(practitioner.about)),
        Step.LINK: _done(bool(practitioner.meeting_link)),
        Step.SERVICES: _done(bool(sessions)),
        Step.CREDENTIALS: _worst(s.progress for s in standings(practitioner, on)),
    }
    if in_person:
        found[Step.PLACE] = _done(practitioner.places.exists())
    return found


def can_go_live(practitioner: Practitioner, on: date) -> bool:
    """Whether nothing is missing any more."""
    return all(step is Progress.DONE for step in progress(practitioner, on).values())


def _standing(kind: str, code: str, credentials: list[Credential], on: date) -> Standing:
    licensed = jurisdictions.asks_for_licence(kind, code)
    if licensed:
        found = _best([c for c in credentials if c.kind == CredentialKind.LICENCE and c.issuer == code], on)
    else:
        found = _worst(
            _best([c for c in credentials if c.kind == asked], on)
            for asked in (CredentialKind.CERTIFICATE, CredentialKind.INSURANCE)
        )
    return Standing(code, jurisdictions.names().get(code, code), licensed, found)


def _best(credentials: list[Credential], on: date) -> Progress:
    if any(c.counts(on) for c in credentials):
        return Progress.DONE
    waiting = (c for c in credentials if c.state == CredentialState.WAITING)
    return Progress.WAITING if any(waiting) else Progress.MISSING


def _worst(found: Iterable[Progress]) -> Progress:
    steps = set(found)
    for step in (Progress.MISSING, Progress.WAITING):
        if step in steps:
            return step
    return Progress.DONE


def _done(is_there: bool) -> Progress:  # noqa: FBT001
    return Progress.DONE if is_there else Progress.MISSING
