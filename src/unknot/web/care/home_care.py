"""What a client does at home between the sessions: what was chosen, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from msgspec.structs import replace

from unknot.knowledge import KnowledgeBase, load
from unknot.planning.at_home import at_home
from unknot.planning.result import Exercise
from unknot.planning.words import Speaker
from unknot.web.booking.models import Appointment
from unknot.web.care.models import HomeCare, Session
from unknot.web.care.queries import course_of, session_before
from unknot.web.intake.adaptations import side_words
from unknot.web.intake.course import MUSCLES_SAY, care_titles
from unknot.web.learn.references import Mark, References
from unknot.web.site.languages import language

FIRST_CHOSEN = 3
"""More at once isn't done at home."""
WRITTEN = ("text", "dose", "stop_rule")
SECONDS = re.compile(r"(\d+) (?:s|seconds?|segundos?)\b")
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Given:
    """
    A thing to do at home, and whether it was done today.

    ``steps`` are those of a muscle's exercise, of everything else there is one; ``seconds`` is 0 where none
    are named, ``mark`` None where somebody wrote it themselves.
    """

    care: HomeCare
    title: str
    muscle: str
    steps: list[str]
    dose: str
    stop_rule: str
    mark: Mark | None
    seconds: int
    done_today: bool
    days_done: int
    is_english: bool


def given_after(session: Session) -> QuerySet[HomeCare]:
    """What the client does at home after a session, without what was ended."""
    return session.home_care.filter(ended_at__isnull=True)


def chosen_for(session: Session, offered: Sequence[Exercise]) -> list[Exercise]:
    """Which of the offered are chosen; before any were, those of the session before, else the first few."""
    if session.home_care.exists():
        return _among(offered, given_after(session))
    before = session_before(session)
    return _among(offered, given_after(before) if before else ()) or list(offered[:FIRST_CHOSEN])


def _among(offered: Sequence[Exercise], chosen: Iterable[HomeCare]) -> list[Exercise]:
    keys = {care.key for care in chosen}
    return [exercise for exercise in offered if exercise.key in keys]


def as_read(care: HomeCare) -> Exercise:
    """What to do at home in the reader's language; what was written stays as it is, and cites nothing."""
    which = msgspec.convert(
        {
            "kind": care.kind,
            "text": _("How this is done is no longer described here. Ask your practitioner."),
            "muscle": care.muscle or None,
            "side": care.side or None,
            "strength": care.strength or None,
            "factors": care.factors,
        },
        Exercise,
    )
    kb = load()
    told = at_home(which, kb, Speaker(kb, language())) or which
    written = {part: said for part in WRITTEN if (said := getattr(care, part))}
    return replace(told, **written, sources=() if care.text else told.sources)


def given_at_home(appointment: Appointment, on: date, refs: References) -> list[Given]:
    """
    What the client does at home after an appointment's session, or now, before the next one.

    Nothing once the latest session was stopped: what was given before it no longer fits.
    """
    sessions = _sessions_by_last(appointment)
    if not sessions or sessions[0].stopped:
        return []
    given = [s for s in sessions if given_after(s).exists()]
    own = [s for s in given if s.appointment_id == appointment.pk]
    kb = load()
    return [
        _given(care, on, refs, kb)
        for session in (own or given)[:1]
        for care in given_after(session).prefetch_related("done")
    ]


def waits_at_home(appointment: Appointment) -> bool:
    """Whether home care was given and then a session was stopped, so that it waits."""
    sessions = _sessions_by_last(appointment)
    return bool(sessions and sessions[0].stopped) and any(given_after(s).exists() for s in sessions)


def _sessions_by_last(appointment: Appointment) -> list[Session]:
    course = course_of(appointment)
    return list(course.sessions.order_by("-position")) if course else []


def _given(care: HomeCare, on: date, refs: References, kb: KnowledgeBase) -> Given:
    done = [one.on for one in care.done.all()]
    muscle = kb.muscles[care.muscle].name if care.muscle in kb.muscles else ""
    side = f", {side_words('left' if care.side == 'left' else 'right')}" if care.side else ""
    named = f"{muscle}{side}" if muscle else ""
    told = as_read(care)
    has_steps = care.kind in MUSCLES_SAY
    return Given(
        care=care,
        title=care_titles()[care.kind],
        muscle=named,
        steps=SENTENCE_ENDS.split(told.text) if has_steps else [told.text],
        dose=told.dose or "",
        stop_rule=told.stop_rule or "",
        mark=refs.mark(told.sources) if told.sources else None,
        seconds=_seconds(told),
        done_today=on in done,
        days_done=len(done),
        is_english=has_steps,
    )


def _seconds(told: Exercise) -> int:
    """How long it is held at most, as the dose or else the text says."""
    named = SECONDS.search(told.dose or "") or SECONDS.search(told.text)
    return int(named[1]) if named else 0
