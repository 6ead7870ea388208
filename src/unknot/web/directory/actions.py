"""
What practitioners and administrators do: one function each, in one transaction, with its line in the trail.

Whose things may be changed was decided by the caller, who got them from `access`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from unknot.errors import UnknotError
from unknot.web.accounts.models import Membership, Practice, User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.directory import checklist, queries, watchers
from unknot.web.directory.models import (
    Credential,
    CredentialState,
    Mode,
    Offer,
    Owned,
    Practitioner,
    Service,
)
from unknot.web.outbox.actions import enqueue
from unknot.web.site.database import EXCLUDED, NOT_UNIQUE, refused_as

DISCOVERY_MINUTES = 15


class NotReady(UnknotError):  # noqa: N818 - it reads as what it is
    """Something is missing before a profile may go live."""


class AlreadyThere(UnknotError):  # noqa: N818 - it reads as what it is
    """The same thing stands there already."""


class OtherCurrency(UnknotError):  # noqa: N818 - it reads as what it is
    """The practitioner's other sessions are paid in another currency."""


class AlreadyDecided(UnknotError):  # noqa: N818 - it reads as what it is
    """Another administrator decided meanwhile, or the practitioner gave it anew."""


class StillNeeded(UnknotError):  # noqa: N818 - it reads as what it is
    """A profile that is live can't be without it; ``what`` would be missing, in words."""

    def __init__(self, what: str) -> None:
        """Keep what would be missing."""
        super().__init__(f"still needed: {what}")
        self.what = what


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What somebody says of themselves when they join."""

    name: str
    kind: str
    jurisdiction: str
    zone: str


@transaction.atomic
def join(user: User, introduction: Introduction) -> Practitioner:
    """
    Make a practice with one practitioner in it, who offers the free discovery call from the start.

    Who has joined already, perhaps by pressing twice, gets the profile that is there.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if there := queries.practitioner_of(user):
        return there
    practice = Practice.objects.create(name=introduction.name)
    Membership.objects.create(practice=practice, user=user)
    practitioner = Practitioner.objects.create(
        user=user,
        practice=practice,
        name=introduction.name,
        kind=introduction.kind,
        jurisdiction=introduction.jurisdiction,
        zone=introduction.zone,
    )
    Service.objects.create(
        practitioner=practitioner,
        offer=Offer.DISCOVERY,
        mode=Mode.VIDEO,
        minutes=DISCOVERY_MINUTES,
        price_minor=0,
        currency="USD",
    )
    _changed(practitioner, [practitioner.public_id], practitioner, by=user)
    return practitioner


@transaction.atomic
def save(thing: Practitioner | Owned, *, by: User) -> None:
    """
    Write a profile, a place, a credential or a service of one's own, as its form checked it.

    Raises AlreadyThere where the same was written since, as by pressing twice, OtherCurrency where a price
    is not in that of the others, and StillNeeded where a live profile would lose what bookings rest on.
    """
    owner = thing if isinstance(thing, Practitioner) else thing.practitioner
    with _keeping_what_bookings_need(owner):
        try:
            with transaction.atomic():
                thing.save()
        except IntegrityError as error:
            if refused_as(error, NOT_UNIQUE):
                raise AlreadyThere from None
            if refused_as(error, EXCLUDED):
                raise OtherCurrency from None
            raise
    _changed(thing, [thing.public_id], owner, by=by)


@transaction.atomic
def give_credential(credential: Credential, *, by: User, now: datetime) -> None:
    """Add or change a credential of one's own; either way it waits to be checked, and administrators know."""
    is_news = credential.pk is None or credential.state != CredentialState.WAITING
    credential.state, credential.given_at = CredentialState.WAITING, now
    credential.decided_at = credential.decided_by = None
    credential.evidence = credential.reason = ""
    save(credential, by=by)
    if is_news:
        _tell_administrators(credential)


@transaction.atomic
def remove(thing: Owned, *, by: User) -> None:
    """Remove a place, a credential or a service of one's own. Raises StillNeeded as `save` does."""
    with _keeping_what_bookings_need(thing.practitioner):
        thing.delete()
    _changed(thing, [thing.public_id], thing.practitioner, by=by)


@transaction.atomic
def go_live(practitioner: Practitioner, *, by: User, now: datetime) -> None:
    """Show the profile to everybody. Raises NotReady where something is missing."""
    if not checklist.can_go_live(practitioner, queries.local_date(practitioner, now)):
        raise NotReady
    _set_live(practitioner, now, by=by)


@transaction.atomic
def pause(practitioner: Practitioner, *, by: User) -> None:
    """Show the profile to nobody until it goes live again."""
    _set_live(practitioner, None, by=by)


@transaction.atomic
def verify(credential: Credential, *, evidence: str, by: User, now: datetime) -> None:
    """
    Confirm a credential against evidence.

    Raises AlreadyDecided where somebody was quicker, and where it isn't any more as it was given at its
    ``given_at``.
    """
    _decide(credential, by=by, state=CredentialState.VERIFIED, evidence=evidence, decided_at=now)
    _tell(credential, _accepted(credential, queries.local_date(credential.practitioner, now)))


@transaction.atomic
def refuse(credential: Credential, *, reason: str, by: User, now: datetime) -> None:
    """Don't accept a credential, and say why. Raises AlreadyDecided as `verify` does."""
    _decide(credential, by=by, state=CredentialState.REFUSED, reason=reason, decided_at=now)
    _tell(credential, _not_accepted(credential, reason))


def _decide(credential: Credential, *, by: User, **fields: object) -> None:
    """As it was given when it was looked at: what was changed since nobody has checked."""
    waiting = Credential.objects.filter(
        pk=credential.pk, state=CredentialState.WAITING, given_at=credential.given_at
    )
    if not waiting.update(decided_by=by, **fields):
        raise AlreadyDecided
    _changed(credential, [credential.public_id], credential.practitioner, by=by)


@contextmanager
def _keeping_what_bookings_need(owner: Practitioner) -> Iterator[None]:
    """Look before and after a change, while nobody else changes the same profile."""
    stored = Practitioner.objects.select_for_update(no_key=True).get(pk=owner.pk)
    before = queries.missing_for_bookings(stored)
    yield
    stored.refresh_from_db()
    missing = queries.missing_for_bookings(stored)
    if stored.went_live_at and (lost := missing.keys() - before.keys()):
        raise StillNeeded(", ".join(str(missing[key]) for key in sorted(lost)))


def _accepted(credential: Credential, on: date) -> str:
    practitioner = credential.practitioner
    said = _("We have checked and accepted: %(what)s.") % {"what": credential}
    if practitioner.went_live_at:
        return said
    if checklist.can_go_live(practitioner, on):
        return f"{said}\n\n{_('Everything is there. Go live now, and clients can find you:')}"
    return f"{said}\n\n{_('What is still missing before you can go live stands here:')}"


def _not_accepted(credential: Credential, reason: str) -> str:
    said = _("We could not accept: %(what)s. The reason: %(reason)s You can change it on your profile.")
    return said % {"what": credential, "reason": reason}


def _tell(credential: Credential, text: str) -> None:
    enqueue(
        to=credential.practitioner.user.email,
        subject=_("Your credentials at Unknot"),
        text=f"{text}\n{_link('directory:home')}\n",
    )


def _tell_administrators(credential: Credential) -> None:
    """That something waits; what it is stands behind the sign-in only."""
    page = _link("directory:decide", public_id=credential.public_id)
    with override(settings.LANGUAGE_CODE):
        subject, says = _("A credential waits to be checked"), _("It is %(name)s's. Look at it here:")
        text = f"{says % {'name': credential.practitioner.name}}\n{page}\n"
        for administrator in User.objects.filter(is_superuser=True):
            enqueue(to=administrator.email, subject=subject, text=text)


def _link(page: str, **of: object) -> str:
    return settings.ORIGIN + reverse(page, kwargs=of)


def _set_live(practitioner: Practitioner, at: datetime | None, *, by: User) -> None:
    practitioner.went_live_at = at
    practitioner.save(update_fields=["went_live_at"])
    _changed(practitioner, [practitioner.public_id], practitioner, by=by)


def _changed(thing: models.Model, ids: list[UUID], of: Practitioner, *, by: User) -> None:
    record(Did.CHANGED, thing._meta.label_lower, ids, by=by, practice=of.practice.public_id)
    watchers.tell(of)
