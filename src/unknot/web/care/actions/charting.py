"""
What is found and done, charted as it happens or ticked afterwards.

All of these raise Signed and HandsOff.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction

from unknot.errors import UnknotError
from unknot.pressure import Reading
from unknot.web.accounts.models import User
from unknot.web.care.actions.signed import changed, unsigned
from unknot.web.care.models import Finding, Hold, Motion, Session, Trace


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """
    One hold as its form read it; ``public_id`` is the device's own.

    ``muscle``, ``side`` and ``trigger_point`` are ids; ``level`` 1-5; pain 0-10 or None where nobody said.
    """

    public_id: UUID
    muscle: str
    side: str
    trigger_point: str
    technique: str
    level: int
    seconds: int
    pain_during: int | None = None
    pain_after: int | None = None
    response: str = ""
    from_memory: bool = False


class OfAnotherSession(UnknotError):  # noqa: N818 - it reads as what it is
    """A hold's id is that of a hold in another session."""


class HandsOff(UnknotError):  # noqa: N818 - it reads as what it is
    """The visit was ended at the check, or the client's consent was taken back."""


def _chartable(session: Session) -> Session:
    """The session, locked: what ends it waits, or has been. Raises Signed, HandsOff."""
    found = unsigned(session)
    if found.stopped or found.consent_id is None:
        raise HandsOff
    return found


@transaction.atomic
def chart_hold(session: Session, pressed: Pressed, *, by: User) -> None:
    """
    Chart a hold; sent twice it is there once, and what was said of it later is added.

    What was taken back stays so, whatever of it arrives late. Raises OfAnotherSession.
    """
    found = _chartable(session)
    if _is_forgotten(pressed.public_id):
        return
    if Hold.objects.filter(public_id=pressed.public_id).exclude(session=found).exists():
        raise OfAnotherSession
    said = vars(pressed)
    hold, is_new = Hold.objects.get_or_create(
        public_id=pressed.public_id,
        session=found,
        defaults={k: v for k, v in said.items() if k != "public_id"},
    )
    later = {
        key: said[key]
        for key in ("pain_during", "pain_after", "response", "level", "seconds")
        if said[key] not in (None, "", getattr(hold, key))
    }
    if later and not is_new:
        for key, value in later.items():
            setattr(hold, key, value)
        hold.save(update_fields=list(later))
    if later or is_new:
        changed(found, Hold, by=by)


def _is_forgotten(public_id: UUID) -> bool:
    """Whether a hold of that id was there and was taken back: its history says so."""
    history = Hold.pgh_event_model.objects  # type: ignore[attr-defined]
    return bool(history.filter(public_id=public_id, pgh_label="delete").exists())


@transaction.atomic
def chart_holds(session: Session, pressed: Iterable[Pressed], *, by: User) -> None:
    """Several at once, ticked after the work."""
    for one in pressed:
        chart_hold(session, one, by=by)


@transaction.atomic
def forget_hold(session: Session, public_id: UUID, *, by: User) -> None:
    """Take back what was charted by mistake; its history is kept."""
    found = _chartable(session)
    gone, _each = Hold.objects.filter(session=found, public_id=public_id).delete()
    if gone:
        changed(found, Hold, by=by)


@transaction.atomic
def chart_finding(session: Session, finding: Finding, *, by: User) -> None:
    """Chart what palpation found at a point; said again it is as it was said last."""
    found = _chartable(session)
    where = {key: getattr(finding, key) for key in ("muscle", "side", "trigger_point")}
    what = {key: getattr(finding, key) for key in ("familiar", "tenderness", "taut_band", "twitch")}
    Finding.objects.update_or_create(session=found, **where, defaults=what)
    changed(found, Finding, by=by)


@transaction.atomic
def measure(session: Session, motion: Motion, *, by: User) -> None:
    """Chart a motion in degrees, before or after; measured again it is as it was measured last."""
    found = _chartable(session)
    degrees = {"before": motion.before, "after": motion.after}
    said = {key: value for key, value in degrees.items() if value is not None}
    Motion.objects.update_or_create(session=found, name=motion.name, side=motion.side, defaults=said)
    changed(found, Motion, by=by)


@transaction.atomic
def forget_motion(session: Session, key: int, *, by: User) -> None:
    """Take back a measurement."""
    found = _chartable(session)
    gone, _each = Motion.objects.filter(session=found, pk=key).delete()
    if gone:
        changed(found, Motion, by=by)


@transaction.atomic
def chart_session(session: Session, said: dict[str, object], *, by: User) -> None:
    """What holds for the session as a whole: pain before and after, posture, what else was done, reaction."""
    found = _chartable(session)
    for key, value in said.items():
        setattr(found, key, value)
    found.save(update_fields=list(said))
    changed(found, Session, by=by)


@transaction.atomic
def add_trace(session: Session, hold: Hold, content: str, reading: Reading, *, by: User) -> None:
    """Attach a sensor's force trace to a hold; another one takes its place."""
    found = _chartable(session)
    read = {"content": content, "reading": msgspec.to_builtins(reading)}
    Trace.objects.update_or_create(hold=hold, defaults=read)
    changed(found, Trace, by=by)


@transaction.atomic
def forget_trace(session: Session, public_id: UUID, *, by: User) -> None:
    """Take a hold's force trace off again; its history is kept."""
    found = _chartable(session)
    gone, _each = Trace.objects.filter(hold__session=found, hold__public_id=public_id).delete()
    if gone:
        changed(found, Trace, by=by)
