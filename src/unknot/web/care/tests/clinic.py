"""A client in the room: an appointment that was booked with drawing and answers, now; and what is posted."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import book, carried, free, session_of, signed_in, visit
from unknot.web.care import actions
from unknot.web.care.models import Session
from unknot.web.directory.models import Practitioner

POINT = "upper_trapezius:right:TrP1"
NONE_OF = ("new_signs", "today", "last_days", "seen", "agreed")
ALL_NO = {"q-none": list(NONE_OF)}


def booked_now(
    of: Practitioner,
    *items: str,
    nth: int = 0,
    answers: dict[str, str] | None = None,
    age: str = "34",
    **typed: str,
) -> Appointment:
    """Somebody who told, drew and booked; their time has come."""
    made = book(
        signed_in(),
        session_of(of),
        free(session_of(of))[nth],
        told=carried(*items, answers=answers, age=age),
        **typed,
    )
    return brought_to(made, timezone.now() - timedelta(minutes=5))


def brought_to(appointment: Appointment, start: Any) -> Appointment:
    """Let an appointment be at another time, as the years do."""
    Appointment.objects.filter(pk=appointment.pk).update(
        starts_at=start, ends_at=start + timedelta(minutes=appointment.minutes)
    )
    appointment.refresh_from_db()
    return appointment


def after_three_sessions(of: Practitioner) -> Appointment:
    """The fourth visit of somebody who gets better by more than noise, a week after the third."""
    now = timezone.now()
    told = ((7, 3, None), (6, 4, 1), (5, 6, 2), (3, 8, 4))
    first = booked_now(of)
    for week, (pain, ability, change) in enumerate(told):
        appointment = first if week == 0 else visit(of, contact=None)
        Appointment.objects.filter(pk=appointment.pk).update(person=first.person, intake=first.intake)
        appointment = brought_to(appointment, now - timedelta(days=7 * (3 - week), minutes=week))
        rated = actions.Told(pain_last_week=pain, activities=[("turning my head", ability)], change=change)
        on = (now - timedelta(days=7 * (3 - week))).date()
        told_at = appointment.starts_at - timedelta(hours=1)
        actions.tell_before(appointment, rated, on=on, by=None, now=told_at)
        if week < 3:
            was_treated(begin(as_practitioner(of), appointment))
        appointment.taken.all().delete()
    return appointment


def was_agreed_to(session: Session) -> None:
    """The client's word, whatever the check says."""
    by, goals = session.course.practitioner.user, session.course.goals
    agreement = actions.Agreement(plan="The plan of today.", given_by="Jo Walker", goals=goals, areas={})
    actions.agree(session, agreement, by=by, now=timezone.now())


def was_treated(session: Session) -> None:
    """Something was agreed to and pressed."""
    was_agreed_to(session)
    muscle, side, point = POINT.split(":")
    held = actions.Pressed(
        public_id=uuid.uuid4(), muscle=muscle, side=side, trigger_point=point,
        technique="stepped_compression", level=2, seconds=15,
    )  # fmt: skip
    actions.chart_hold(session, held, by=session.course.practitioner.user)


def as_practitioner(of: Practitioner) -> Client:
    client = Client()
    client.force_login(of.user)
    return client


def url(name: str, session: Session) -> str:
    return reverse(f"care:{name}", args=[session.public_id])


def begin(client: Client, appointment: Appointment) -> Session:
    answer = client.post(reverse("care:begin", args=[appointment.public_id]))
    assert answer.status_code == 302, answer.content.decode()
    return Session.objects.get(appointment=appointment)


def checked(client: Client, session: Session, *ticked: str, **more: str) -> HttpResponse:
    """The check of the day: nothing new, but for what is ticked."""
    fields: dict[str, Any] = {**ALL_NO, "asked": "yes", **more}
    if ticked:
        fields = {"q-item": list(ticked), "asked": "yes", **more}
    return client.post(url("check", session), fields)  # type: ignore[return-value]


def agreed(client: Client, session: Session, **areas: str) -> HttpResponse:
    said = {"plan": "on", "given_by": "Jo Walker", "goals": "Turn my head again"}
    return client.post(url("consent", session), {**said, **areas})  # type: ignore[return-value]


def opened(of: Practitioner, *items: str, **more: Any) -> tuple[Client, Session]:
    """A session that may be charted."""
    client = as_practitioner(of)
    session = begin(client, booked_now(of, *items, **more))
    assert checked(client, session)["Location"] == url("consent", session)
    assert agreed(client, session)["Location"] == url("treat", session)
    session.refresh_from_db()
    return client, session


def pressed(client: Client, session: Session, **said: Any) -> HttpResponse:
    """One hold, as the session guide sends it."""
    fields = {"public_id": str(uuid.uuid4()), "point": POINT, "level": 2, "seconds": 15}
    return client.post(url("hold", session), fields | said, headers={"accept": "application/json"})  # type: ignore[return-value]


def note(client: Client, session: Session, **said: Any) -> HttpResponse:
    """Save or sign the note as it was drafted."""
    form = client.get(url("note", session)).context["form"]
    drafted = {
        key: form.initial[key] for key in ("revision", "subjective", "objective", "assessment", "plan")
    }
    return client.post(url("note", session), drafted | said)  # type: ignore[return-value]
