"""What there is of practitioners, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise
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
    found = Practitioner.objects.select_related("practice").filter(user=user).first()
    if found:
        user.practitioner = found  # the header shows the way to their day, and need not ask again
    return found


def local_date(practitioner: Practitioner, now: datetime) -> date:
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
    credentials = list(practitioner.credentials.all())
    return tuple(_standing(practitioner.kind, code, credentials, on) for code in _jurisdictions(practitioner))


@dataclass(frozen=True)
class Permitted:
    """Until when a practitioner may be shown; without a last day where nothing verified ends."""

    last_day: date | None


def permitted_until(practitioner: Practitioner, client_in: str = "") -> Permitted | None:
    """
    Until when what each jurisdiction asks for is there, by what is verified; None where something isn't.

    With ``client_in`` that one too. A day that has passed is still an answer: the search leaves out what has
    ended.
    """
    asked = _all_asked(practitioner, client_in)
    verified = [c for c in practitioner.credentials.all() if c.state == CredentialState.VERIFIED]
    ends = [_last_day(verified, kind, issuer) for kind, issuer in asked]
    if not all(ends):
        return None
    return Permitted(min((end.last_day for end in ends if end and end.last_day), default=None))


def permitted_in(practitioner: Practitioner, jurisdiction: str, on: date) -> bool:
    """Whether what a jurisdiction asks for is verified and counts on a day, as for a client who is there."""
    counting = [c for c in practitioner.credentials.all() if c.counts(on)]
    asked = asked_in(practitioner.kind, jurisdiction)
    return all(_last_day(counting, kind, issuer) is not None for kind, issuer in asked)


def is_being_checked(practitioner: Practitioner, client_in: str = "") -> bool:
    """Whether all that is asked for and not verified has been given, and waits to be checked."""
    given = list(practitioner.credentials.all())
    verified = [c for c in given if c.state == CredentialState.VERIFIED]
    waiting = [c for c in given if c.state == CredentialState.WAITING]
    return all(
        _last_day(verified, kind, issuer) or _last_day(waiting, kind, issuer)
        for kind, issuer in _all_asked(practitioner, client_in)
    )


def _all_asked(practitioner: Practitioner, client_in: str) -> list[tuple[CredentialKind, str | None]]:
    codes = [*_jurisdictions(practitioner), *([client_in] if client_in else [])]
    return [each for code in codes for each in asked_in(practitioner.kind, code)]


def _jurisdictions(practitioner: Practitioner) -> list[str]:
    return list(
        dict.fromkeys([practitioner.jurisdiction, *(p.jurisdiction for p in practitioner.places.all())])
    )


def asked_in(kind: str, code: str) -> list[tuple[CredentialKind, str | None]]:
    """The kinds of credential that a jurisdiction asks for, a licence with who gives it."""
    if jurisdictions.asks_for_licence(kind, code):
        return [(CredentialKind.LICENCE, code)]
    return [(CredentialKind.CERTIFICATE, None), (CredentialKind.INSURANCE, None)]


def _last_day(verified: list[Credential], kind: CredentialKind, issuer: str | None) -> Permitted | None:
    """The latest end among those that fit; None where none does."""
    fits = [c.expires_on for c in verified if c.kind == kind and issuer in (None, c.issuer)]
    if not fits:
        return None
    return Permitted(None if None in fits else max(day for day in fits if day))


@register
def about_item(practitioner: Practitioner, _on: date) -> Item:
    """Words about oneself."""
    return Item("about", _("Words about you"), _done(bool(practitioner.about)), "directory:profile")


@register
def link_item(practitioner: Practitioner, _on: date) -> Item:
    """The discovery call is by video, so everybody needs a room."""
    return Item(
        "link", _("A link to your video room"), _done(bool(practitioner.meeting_link)), "directory:profile"
    )


@register
def services_item(practitioner: Practitioner, _on: date) -> Item:
    """Something to book beside the free call."""
    there = practitioner.services.exclude(offer=Offer.DISCOVERY).exists()
    return Item("services", _("At least one session with its price"), _done(there), "directory:service-add")


@register
def credentials_item(practitioner: Practitioner, on: date) -> Item:
    """What each jurisdiction asks for."""
    says = _("What your place asks for: licence, or certificate and insurance")
    found = _worst(s.progress for s in standings(practitioner, on))
    return Item("credentials", says, found, "directory:credential-add")


@register
def place_item(practitioner: Practitioner, _on: date) -> Item | None:
    """Asked for with sessions in person only."""
    if not practitioner.services.filter(mode=Mode.IN_PERSON).exists():
        return None
    there = _done(practitioner.places.exists())
    return Item("place", _("A place, for sessions in person"), there, "directory:place-add")


def missing_for_bookings(practitioner: Practitioner) -> dict[str, str | Promise]:
    """
    Key → words of what a booking rests on and isn't there.

    Of credentials the search takes care, of hours the free times: without them nothing can be chosen.
    """
    rests_on = (about_item, link_item, services_item, place_item)
    items = (item(practitioner, date.min) for item in rests_on)  # none of them depends on the day
    return {item.key: item.says for item in items if item and item.progress is not Progress.DONE}


def _standing(kind: str, code: str, credentials: list[Credential], on: date) -> Standing:
    found = _worst(
        _best([c for c in credentials if c.kind == asked and issuer in (None, c.issuer)], on)
        for asked, issuer in asked_in(kind, code)
    )
    name = jurisdictions.names().get(code, code)
    return Standing(code, name, jurisdictions.asks_for_licence(kind, code), found)


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
