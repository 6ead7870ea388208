"""What follows a session: home care, and after a re-evaluation the way on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from unknot.planning.result import Exercise
from unknot.web.accounts.models import User
from unknot.web.care.actions.signed import changed
from unknot.web.care.models import HomeCare, HomeCareDone, Reevaluation, Session


@transaction.atomic
def give_home_care(session: Session, chosen: Iterable[Exercise], *, by: User) -> None:
    """Choose what the client does at home until the next session; what stays chosen keeps what was done."""
    wanted = {_key(exercise): exercise for exercise in chosen}
    for given in session.home_care.all():
        if (given.kind, given.muscle, given.side, given.text) not in wanted:
            given.delete()
    for position, ((kind, muscle, side, text), exercise) in enumerate(wanted.items()):
        HomeCare.objects.update_or_create(
            session=session,
            kind=kind,
            muscle=muscle,
            side=side,
            text=text,
            defaults={
                "position": position,
                "dose": exercise.dose or "",
                "stop_rule": exercise.stop_rule or "",
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
def decide(decision: Reevaluation, *, by: User) -> Reevaluation:
    """What the practitioner decided after the rules' proposal; decided again it is as it was decided last."""
    decision.decided_by = by
    kept, _is_new = Reevaluation.objects.update_or_create(
        session=decision.session,
        defaults={
            key: getattr(decision, key) for key in ("proposed", "reasons", "decided", "words", "decided_by")
        },
    )
    changed(decision.session, Reevaluation, by=by)
    return kept


def _key(exercise: Exercise) -> tuple[str, str, str, str]:
    return exercise.kind, exercise.muscle or "", exercise.side or "", exercise.text
