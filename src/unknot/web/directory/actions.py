"""
What practitioners and administrators do: one function each, in one transaction, with its line in the trail.

Whose things may be changed was decided by the caller, who got them from `access`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

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

DISCOVERY_MINUTES = 15
NOT_UNIQUE = "23505"  # PostgreSQL's code for what a unique constraint refuses


class NotReady(UnknotError):  # noqa: N818 - it reads as what it is
    """Something is missing before a profile may go live."""


class AlreadyThere(UnknotError):  # noqa: N818 - it reads as what it is
    """The same thing stands there already."""


class AlreadyDecided(UnknotError):  # noqa: N818 - it reads as what it is
    """Another administrator decided meanwhile."""


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

    Raises AlreadyThere where the same was written since, as by pressing twice.
    """
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) == NOT_UNIQUE:
            raise AlreadyThere from None
        raise
    owner = thing if isinstance(thing, Practitioner) else thing.practitioner
    _changed(thing, [thing.public_id], owner, by=by)


@transaction.atomic
def give_credential(credential: Credential, *, by: User, now: datetime) -> None:
    """Add or change a credential of one's own; either way it waits to be checked."""
    credential.state, credential.given_at = CredentialState.WAITING, now
    credential.decided_at = credential.decided_by = None
    credential.evidence = credential.reason = ""
    save(credential, by=by)


@transaction.atomic
def remove(thing: Owned, *, by: User) -> None:
    """Remove a place, a credential or a service of one's own."""
    # As all who take the practitioner's time do, and before them the index: else two wait for each other.
    Practitioner.objects.select_for_update(no_key=True).get(pk=thing.practitioner_id)
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
    """Confirm a credential against evidence. Raises AlreadyDecided where somebody was quicker."""
    _decide(credential, by=by, state=CredentialState.VERIFIED, evidence=evidence, decided_at=now)
    _tell(credential, _accepted(credential))


@transaction.atomic
def refuse(credential: Credential, *, reason: str, by: User, now: datetime) -> None:
    """Don't accept a credential, and say why. Raises AlreadyDecided where somebody was quicker."""
    _decide(credential, by=by, state=CredentialState.REFUSED, reason=reason, decided_at=now)
    _tell(credential, _not_accepted(credential, reason))


def _decide(credential: Credential, *, by: User, **fields: object) -> None:
    waiting = Credential.objects.filter(pk=credential.pk, state=CredentialState.WAITING)
    if not waiting.update(decided_by=by, **fields):
        raise AlreadyDecided
    _changed(credential, [credential.public_id], credential.practitioner, by=by)


def _accepted(credential: Credential) -> str:
    return _("We have checked and accepted: %(what)s.") % {"what": credential}


def _not_accepted(credential: Credential, reason: str) -> str:
    said = _("We could not accept: %(what)s. The reason: %(reason)s You can change it on your profile.")
    return said % {"what": credential, "reason": reason}


def _tell(credential: Credential, text: str) -> None:
    enqueue(to=credential.practitioner.user.email, subject=_("Your credentials at Unknot"), text=text)


def _set_live(practitioner: Practitioner, at: datetime | None, *, by: User) -> None:
    practitioner.went_live_at = at
    practitioner.save(update_fields=["went_live_at"])
    _changed(practitioner, [practitioner.public_id], practitioner, by=by)


def _changed(thing: models.Model, ids: list[UUID], of: Practitioner, *, by: User) -> None:
    record(Did.CHANGED, thing._meta.label_lower, ids, by=by, practice=of.practice.public_id)
    watchers.tell(of)
