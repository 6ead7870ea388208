"""What follows a session: home care, and after a re-evaluation the way on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from unknot.planning.result import Exercise
from unknot.web.accounts.models import User
from unknot.web.care.actions.signed import changed
from unknot.web.care.models import HomeCare, HomeCareDone, Reevaluation, Session


@transaction.atomic
def give_home_care(session: Session, chosen: Iterable[Exercise], *, by: User, now: datetime) -> None:
    """
    Choose what the client does at home until the next session.

    What stays chosen, or is chosen again, keeps what was done; what no longer is ends and is kept.
    """
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    wanted = {exercise.key: exercise for exercise in chosen}
    written = {}
    for given in session.home_care.filter(ended_at__isnull=True):
        written[given.key] = given.text
        if given.key not in wanted:
            given.ended_at = now
            given.save(update_fields=["ended_at"])
    for position, (key, exercise) in enumerate(wanted.items()):
        HomeCare.objects.update_or_create(
            session=session,
            kind=exercise.kind,
            muscle=exercise.muscle or "",
            side=exercise.side or "",
            text=written.get(key, ""),
            defaults={
                "position": position,
                "strength": list(exercise.strength or ()),
                "factors": list(exercise.factors),
                "ended_at": None,
            },
        )
    changed(session, HomeCare, by=by)


@transaction.atomic
def do_home_care(given: HomeCare, on: date, *, done: bool, by: User | None) -> None:
    """The client did it on a day, or did not after all."""
    if done:
        HomeCareDone.objects.get_or_create(home_care=given, on=on)
    else:
        HomeCareDone.objects.filter(home_care=given, on=on).delete()
    changed(given.session, HomeCareDone, by=by)


@transaction.atomic
def decide(decision: Reevaluation, *, by: User, now: datetime) -> Reevaluation:
    """What the practitioner decided after the rules' proposal; decided again it is as it was decided last."""
    said = {key: getattr(decision, key) for key in ("proposed", "reasons", "decided", "words")}
    kept, _is_new = Reevaluation.objects.update_or_create(
        session=decision.session, defaults={**said, "decided_by": by, "decided_at": now}
    )
    changed(decision.session, Reevaluation, by=by)
    return kept
