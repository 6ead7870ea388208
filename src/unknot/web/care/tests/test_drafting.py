"""What a note is drafted from: what was told for this visit and the first, and what the base still knows."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from unknot.knowledge import load
from unknot.outcomes import score
from unknot.planning.result import ExerciseKind
from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import visit, words
from unknot.web.care import actions
from unknot.web.care.drafting import charted, drafted, home_care_line
from unknot.web.care.models import Finding, HomeCare, Note, Session, Way
from unknot.web.care.progress import ratings_of
from unknot.web.care.tests.clinic import (
    as_practitioner,
    begin,
    booked_now,
    brought_to,
    checked,
    note,
    opened,
    url,
    was_agreed_to,
    was_treated,
)
from unknot.web.care.today import today
from unknot.web.care.words import POSTURE
from unknot.web.directory.models import Practitioner

pytestmark = pytest.mark.django_db

CASES = sorted((Path(__file__).parents[5] / "tests" / "notes" / "cases").glob("*.json"))


@pytest.fixture
def two(ana: Practitioner) -> tuple[Appointment, Appointment]:
    """Two visits of one person, a week apart."""
    first, second = booked_now(ana), visit(ana, contact=None)
    Appointment.objects.filter(pk=second.pk).update(person=first.person, intake=first.intake)
    first = brought_to(first, timezone.now() - timedelta(days=7))
    return first, brought_to(second, timezone.now() - timedelta(minutes=5))


def tell(of: Appointment, pain: int, ability: int, changed: str = "") -> None:
    told = actions.Told(pain_last_week=pain, activities=[("driving", ability)], changed=changed)
    at = of.starts_at - timedelta(hours=1)
    actions.tell_before(of, told, on=at.date(), by=None, now=at)


def numbers(session: Session) -> tuple[object, ...]:
    """Pain of the week and its baseline, the activity now and its baseline."""
    said = charted(session)
    activity = said.activities[0]
    return said.pain_last_week, said.pain_baseline, activity.now, activity.baseline


def test_the_baseline_is_what_was_told_before_the_first_session(
    ana: Practitioner, two: tuple[Appointment, Appointment]
) -> None:
    first, second = two
    tell(first, 7, 3)
    one = begin(as_practitioner(ana), first)
    was_treated(one)
    tell(second, 4, 6)
    assert numbers(one) == (7, None, 3, None)
    assert numbers(begin(as_practitioner(ana), second)) == (4, 7, 6, 3)


def test_without_ratings_before_the_first_session_there_is_none(
    ana: Practitioner, two: tuple[Appointment, Appointment]
) -> None:
    first, second = two
    was_treated(begin(as_practitioner(ana), first))
    tell(second, 6, 5)
    assert numbers(begin(as_practitioner(ana), second)) == (6, None, 5, None)


def test_what_was_told_before_a_visit_that_treated_nothing_is_no_baseline(
    ana: Practitioner, two: tuple[Appointment, Appointment]
) -> None:
    first, second = two
    tell(first, 7, 3)
    actions.stop(begin(as_practitioner(ana), first), "Fever.", by=ana.user)
    tell(second, 4, 6)
    assert numbers(begin(as_practitioner(ana), second)) == (4, None, 6, None)


def test_note_and_plot_have_one_baseline(ana: Practitioner, two: tuple[Appointment, Appointment]) -> None:
    first, second = two
    tell(first, 7, 3)
    stopped = begin(as_practitioner(ana), first)
    actions.stop(stopped, "Fever.", by=ana.user)
    was_treated(begin(as_practitioner(ana), second))  # nothing was told for it
    third = visit(ana, contact=None)
    Appointment.objects.filter(pk=third.pk).update(person=first.person, intake=first.intake)
    third = brought_to(third, timezone.now() + timedelta(minutes=55))
    tell(third, 4, 6)
    assert numbers(begin(as_practitioner(ana), third)) == (4, 7, 6, 3)
    before = ratings_of(stopped.course, load()).before
    assert before
    assert before.scores["nprs"] == score("nprs", 7, load())


# Which session of the course it was


def signed_first_line(client: Client, session: Session) -> str:
    """What the note says of which session it was, signed as it was drafted."""
    checked(client, session)
    assert note(client, session, sign="yes").status_code == 302
    return Note.objects.get(session=session).subjective.splitlines()[0]


def test_where_nothing_was_treated_the_note_claims_no_number(
    ana: Practitioner, two: tuple[Appointment, Appointment]
) -> None:
    first, second = two
    client = as_practitioner(ana)
    assert signed_first_line(client, begin(client, first)).startswith("Session in person")
    session = begin(client, second)
    was_treated(session)
    assert signed_first_line(client, session).startswith("First session of the course")


def test_a_session_that_waits_to_be_charted_counts(
    ana: Practitioner, two: tuple[Appointment, Appointment]
) -> None:
    client = as_practitioner(ana)
    first, second = (begin(client, one) for one in two)
    was_treated(second)
    assert signed_first_line(client, second).startswith("Session 2 of the course")
    was_treated(first)
    assert signed_first_line(client, first).startswith("First session of the course")


def test_what_was_told_of_changes_is_drafted(ana: Practitioner, two: tuple[Appointment, Appointment]) -> None:
    first, _second = two
    tell(first, 7, 3, "A fall on Monday.")
    session = begin(as_practitioner(ana), first)
    assert "A fall on Monday" in drafted(session)["subjective"]
    was_agreed_to(session)
    actions.chart_session(session, {"changed": "No fall after all."}, by=ana.user)
    session.refresh_from_db()
    assert "A fall" not in drafted(session)["subjective"]


def test_home_care_is_charted_as_a_colleague_says_it(ana: Practitioner) -> None:
    _client, session = opened(ana)
    day = today(session)
    assert day
    actions.give_home_care(session, day.plan.home_care[:1], by=ana.user, now=timezone.now())
    plan = drafted(session)["plan"]
    assert plan.startswith("Home care: self-pressure (")
    assert "of 10, at most" in plan
    assert "you" not in plan


def test_a_note_tells_home_care_in_its_own_language(ana: Practitioner) -> None:
    _client, session = opened(ana)
    day = today(session)
    assert day
    actions.give_home_care(session, day.plan.home_care, by=ana.user, now=timezone.now())
    with override("es"):
        plan = drafted(session)["plan"]
    assert "30 segundos" in plan
    assert "seconds" not in plan
    assert "minutes" not in plan


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_cases_of_the_core_say_what_is_charted_here(case: Path) -> None:
    """The hand-made cases, which the documentation prints, are in the words that the product writes."""
    said = json.loads(case.read_text("utf-8"))
    kinds, sides, strengths = (
        [str(kind) for kind in get_args(ExerciseKind)],
        ("", "left", "right"),
        ([], [4, 6, 7]),
    )
    with override(case.stem.rpartition(".")[2]):
        muscles = {hold["muscle"] for hold in said.get("holds", ())} | {""}
        lines = {
            home_care_line(HomeCare(kind=kind, muscle=muscle, side=side, strength=strength))
            for kind, muscle, side, strength in product(kinds, muscles, sides, strengths)
            if bool(strength) == (kind == "self_hold")
        }
        assert lines.issuperset(said.get("home_care", ()))
        assert {str(sign) for sign in POSTURE.values()}.issuperset(said.get("posture", ()))
        assert {str(way.label) for way in Way} | {None} >= {said.get("decision")}


# What the knowledge base no longer has


def test_a_check_that_cannot_be_read_is_asked_again(ana: Practitioner) -> None:
    client, session = opened(ana)
    last = session.checks.get()
    last.pk = None
    last.answers["facts"]["symptoms"] = ["gone"]
    last.save()
    assert client.get(url("session", session))["Location"] == url("check", session)
    for name in ("treat", "note", "consent", "home-care", "stop", "check", "close"):
        assert client.get(url(name, session)).status_code in (200, 302), name


def test_an_area_that_is_gone_stays_readable(ana: Practitioner) -> None:
    client, session = opened(ana)
    session.areaconsents.create(area="upper_fin")
    assert "Upper fin" in words(client, url("consent", session))
    assert "upper fin" in words(client, url("note", session)).lower()


def test_a_muscle_that_is_gone_leaves_an_empty_draft_and_says_so(ana: Practitioner) -> None:
    client, session = opened(ana)
    Finding.objects.create(
        session=session, muscle="musculus_gone", side="left", trigger_point="TrP1", familiar=True
    )
    page = client.get(url("note", session))
    assert page.status_code == 200
    assert "Nothing could be drafted from the chart" in page.content.decode()
    assert page.context["form"].initial["objective"] == ""
