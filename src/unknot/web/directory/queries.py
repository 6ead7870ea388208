"""What there is of practitioners, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from unknot.web.accounts.models import User
from unknot.web.directory import jurisdictions
from unknot.web.directory.checklist import Item, Progress, register
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    CredentialState,
    Mode,
    Offer,
    Practitioner,
)


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


@register
def about_item(practitioner: Practitioner, _on: date) -> Item:
    """Words about oneself."""
    return Item("about", _("Words about you"), _done(bool(practitioner.about)))


@register
def link_item(practitioner: Practitioner, _on: date) -> Item:
    """The discovery call is by video, so everybody needs a room."""
    return Item("link", _("A link to your video room"), _done(bool(practitioner.meeting_link)))


@register
def services_item(practitioner: Practitioner, _on: date) -> Item:
    """Something to book beside the free call."""
    there = practitioner.services.exclude(offer=Offer.DISCOVERY).exists()
    return Item("services", _("At least one session with its price"), _done(there))


@register
def credentials_item(practitioner: Practitioner, on: date) -> Item:
    """What each jurisdiction asks for."""
    says = _("What your place asks for: licence, or certificate and insurance")
    return Item("credentials", says, _worst(s.progress for s in standings(practitioner, on)))


@register
def place_item(practitioner: Practitioner, _on: date) -> Item | None:
    """Asked for with sessions in person only."""
    if not practitioner.services.filter(mode=Mode.IN_PERSON).exists():
        return None
    return Item("place", _("A place, for sessions in person"), _done(practitioner.places.exists()))


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
