"""From the visit to the first touch: begun, checked, agreed to; or ended at the check."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from unknot.knowledge import load
from unknot.web.audit.models import Did, Entry
from unknot.web.booking import actions as booking
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.tests.office import call_of, free, open_office, visit, words
from unknot.web.care.models import Course, Session
from unknot.web.care.tests.clinic import (
    agreed,
    as_practitioner,
    begin,
    booked_now,
    brought_to,
    checked,
    note,
    opened,
    pressed,
    url,
    was_treated,
)
from unknot.web.care.today import Today, today
from unknot.web.directory.models import Practitioner
from unknot.web.intake.models import Consent

pytestmark = pytest.mark.django_db


def visit_of(session: Session) -> str:
    return reverse("desk:visit", args=[session.appointment.public_id])


def test_the_whole_session(ana: Practitioner) -> None:
    client, session = opened(ana)
    assert pressed(client, session, pain_during=5, pain_after=3, response="softened").json() == {"kept": True}
    assert "upper trapezius" in words(client, url("note", session)).lower()
    assert note(client, session, sign="yes")["Location"] == url("close", session)
    assert "Signed by" in words(client, url("note", session))


def test_begun_twice_it_is_one_session(ana: Practitioner) -> None:
    client, appointment = as_practitioner(ana), booked_now(ana)
    assert begin(client, appointment) == begin(client, appointment)
    appointment.refresh_from_db()
    assert appointment.status == Status.ARRIVED


def test_two_visits_are_one_course(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    first = begin(client, booked_now(ana))
    was_treated(first)
    again = booked_now(ana, nth=5, for_whom=str(first.course.person.public_id))
    second = begin(client, again)
    assert (first.course, first.number, second.number) == (second.course, 1, 2)
    assert Course.objects.count() == 1


@pytest.mark.parametrize("how", ["signed", "stopped"])
def test_what_ended_without_treatment_is_no_session_of_the_course(ana: Practitioner, how: str) -> None:
    """The next one is the first, and nothing calls the other one so."""
    client, first = opened(ana)
    if how == "signed":
        note(client, first, sign="yes")
    else:
        checked(client, first, "symptoms.fever")
        client.post(url("stop", first))
    again = booked_now(ana, nth=5, for_whom=str(first.course.person.public_id))
    second = begin(client, again)
    for page in (url("note", first), url("close", first), visit_of(first)):
        shown = words(client, page)
        assert "Nothing was treated" in shown, page
        assert "Session 1" not in shown, page
    assert "Session 1" in words(client, visit_of(second))
    assert "The note of the last visit: nothing treated" in words(client, visit_of(second))
    checked(client, second)
    agreed(client, second)
    assert "The note of the last visit: nothing treated" in words(client, url("treat", second))
    was_treated(second)
    assert "First session" in words(client, url("note", second))


@pytest.mark.parametrize("hours", [3, 24 * 7])
def test_what_is_to_come_is_not_begun(ana: Practitioner, hours: int) -> None:
    client, appointment = as_practitioner(ana), booked_now(ana)
    brought_to(appointment, timezone.now() + timedelta(hours=hours))
    answer = client.post(reverse("care:begin", args=[appointment.public_id]))
    assert answer.status_code == 409
    opens = (timezone.now() + timedelta(hours=hours - 2)).astimezone(ZoneInfo(ana.zone))
    said = date_format(opens, "DAY_YEAR_TIME")
    assert "can be begun from two hours before" in answer.content.decode()
    assert f"<strong>{said}</strong>" in answer.content.decode()
    page = words(client, reverse("desk:visit", args=[appointment.public_id]))
    assert f"It can be begun from two hours before: {said}" in page
    assert "Begin the session" not in page
    assert not Session.objects.exists()


def test_who_changes_the_language_of_what_is_not_begun_is_led_to_the_visit(ana: Practitioner) -> None:
    client, appointment = as_practitioner(ana), booked_now(ana)
    path, visit = (reverse(name, args=[appointment.public_id]) for name in ("care:begin", "desk:visit"))
    assert client.get("/es" + path)["Location"] == "/es" + visit
    assert not Session.objects.exists()


def test_what_is_long_over_is_not_begun(ana: Practitioner) -> None:
    appointment = brought_to(booked_now(ana), timezone.now() - timedelta(days=40))
    answer = as_practitioner(ana).post(reverse("care:begin", args=[appointment.public_id]))
    assert answer.status_code == 409
    assert "for thirty days after" in answer.content.decode()


def test_a_call_is_no_session(ana: Practitioner) -> None:
    person, start = booked_now(ana).person, free(call_of(ana))[-1]
    call = booking.book_for(call_of(ana), start, person, place=None, by=ana.user, now=timezone.now())
    brought_to(call, timezone.now())
    answer = as_practitioner(ana).post(reverse("care:begin", args=[call.public_id]))
    assert "is a talk" in answer.content.decode()


def test_anothers_session_is_hidden_and_written_down(ana: Practitioner) -> None:
    session = begin(as_practitioner(ana), booked_now(ana))
    other = as_practitioner(open_office("bo@example.org"))
    for name in ("session", "check", "treat", "note", "close"):
        assert other.get(url(name, session)).status_code == 404
    assert pressed(other, session).status_code == 404
    assert Entry.objects.filter(did=Did.REFUSED, ids=[session.public_id]).count() == 6


def test_nothing_is_charted_before_check_and_consent(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    assert pressed(client, session).status_code == 409
    assert client.get(url("session", session))["Location"] == url("check", session)
    checked(client, session)
    assert pressed(client, session).status_code == 409
    assert not session.holds.exists()


def test_consent_alone_opens_nothing(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    assert agreed(client, session)["Location"] == url("session", session) + "?first"
    assert client.get(url("session", session))["Location"] == url("check", session)
    assert pressed(client, session).status_code == 409
    session.refresh_from_db()
    assert session.consent is None


def test_a_check_of_another_time_counts_no_more(ana: Practitioner) -> None:
    client, session = opened(ana)
    brought_to(session.appointment, timezone.now() + timedelta(days=4))
    assert pressed(client, session).status_code == 409
    assert client.get(url("session", session))["Location"] == url("check", session)


def test_a_visit_with_a_session_is_neither_marked_nor_moved_nor_cancelled(ana: Practitioner) -> None:
    _client, session = opened(ana)
    appointment, now = session.appointment, timezone.now()
    with pytest.raises(booking.TooLate):
        booking.mark(appointment, Status.NO_SHOW, by=ana.user, now=now)
    with pytest.raises(booking.TooLate):
        booking.mark(appointment, Status.BOOKED, by=ana.user, now=now)
    with pytest.raises(booking.TooLate):
        booking.cancel(appointment, by=ana.user, now=now - timedelta(hours=1), by_practice=True)
    page = words(as_practitioner(ana), reverse("desk:visit", args=[appointment.public_id]))
    assert "Not arrived after all" not in page
    assert "Did not come" not in page


def test_for_a_minor_a_guardian_agrees(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    guardian = {"guardian": "Pat Walker", "treating": "on"}
    session = begin(client, booked_now(ana, age="15", **guardian))
    checked(client, session)
    form = client.get(url("consent", session)).context["form"]
    assert form.initial["given_by"] == "Pat Walker"
    answer = agreed(client, session)
    assert answer.status_code == 422
    assert "not the young person" in answer.content.decode()
    assert agreed(client, session, given_by="Pat Walker")["Location"] == url("treat", session)


def test_what_was_agreed_to_can_be_taken_back(ana: Practitioner) -> None:
    client, session = opened(ana)
    client.post(url("withdraw", session))
    session.refresh_from_db()
    assert session.consent is None
    assert pressed(client, session).status_code == 409
    assert not session.areaconsents.exclude(consent=None).exists()
    assert Consent.objects.filter(to=Consent.To.PLAN).count() == 1


def test_agreed_after_signing_changes_nothing(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    note(client, session, sign="yes")
    answer = client.post(
        url("consent", session), {"plan": "on", "given_by": "Jo Walker", "goals": "Something else"}
    )
    assert answer["Location"] == url("note", session)
    session.course.refresh_from_db()
    assert session.course.goals == "Turn my head again"


def test_an_ended_visit_goes_on_when_the_check_was_wrong(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    checked(client, session, "symptoms.fever")
    client.post(url("stop", session))
    again = f"{url('check', session)}?again=yes"
    assert again in client.get(url("note", session)).content.decode()
    assert client.get(again).status_code == 200
    checked(client, session)
    agreed(client, session)
    assert pressed(client, session).json() == {"kept": True}


STEPS = ("check", "consent", "treat", "examine", "tick", "trace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["signed", "stopped"])
def test_once_it_is_over_a_step_leads_to_the_note(ana: Practitioner, step: str, how: str) -> None:
    """As the browser's way back does, and a bookmark."""
    client, session = opened(ana)
    if how == "signed":
        pressed(client, session)
        note(client, session, sign="yes")
    else:
        checked(client, session, "symptoms.fever")
        client.post(url("stop", session))
    assert client.get(url(step, session))["Location"] == url("note", session)
    if step == "check":
        assert client.get(url("stop", session))["Location"] == url("note", session)


@pytest.mark.parametrize("how", ["signed", "stopped"])
def test_what_is_posted_too_late_is_refused_in_words(ana: Practitioner, how: str) -> None:
    client, session = opened(ana)
    pressed(client, session)
    if how == "signed":
        note(client, session, sign="yes")
    else:
        Session.objects.update(stopped="Fever: see a doctor.")
    for step in ("examine", "tick", "hold", "finding"):
        answer = client.post(url(step, session), {"changed": "Slept better."})
        assert answer.status_code == 409, step
        page = answer.content.decode()
        assert ("addendum" if how == "signed" else "ended at the check") in page
        assert "Slept better." in page


def test_an_ended_course_makes_room_for_another(ana: Practitioner) -> None:
    client, session = opened(ana)
    client.post(url("end-course", session))
    again = booked_now(ana, nth=5, for_whom=str(session.course.person.public_id))
    following = begin(client, again)
    assert following.course != session.course
    assert following.number == 1


def test_the_check_asks_again_for_what_was_left_out(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    answer = client.post(url("check", session), {"q-none": ["today"]})
    assert answer.status_code == 422
    assert "A few answers are missing" in answer.content.decode()
    assert 'value="today" checked' in answer.content.decode()
    assert not session.checks.exists()


def test_an_emergency_ends_the_visit_whatever_else_is_open(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    answer = client.post(url("check", session), {"q-item": ["gate.stroke", "symptoms.face_droop"]})
    assert answer["Location"] == url("stop", session)
    assert "An emergency" in words(client, url("stop", session))
    page = client.get(url("stop", session)).content.decode()
    for number in load().screening_meta.emergency_numbers.values():
        assert f'href="tel:{number}"' in page
    assert "Why, and ending the visit" in words(client, url("check", session))


def test_what_to_keep_to_is_shown_before_the_first_touch(ana: Practitioner) -> None:
    client, session = opened(ana)
    assert "Keep to this today" not in words(client, url("treat", session))
    client, session = opened(ana, "conditions.fibromyalgia", nth=6)
    assert "Keep to this today" in words(client, url("treat", session))


def test_open_questions_hold_the_session(ana: Practitioner) -> None:
    """What is left open a second time is no "no"."""
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    answer = client.post(url("check", session), {"asked": "yes"})
    assert answer["Location"] == url("stop", session)
    assert "Still open" in words(client, url("stop", session))


def test_fever_ends_the_visit(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    assert checked(client, session, "symptoms.fever")["Location"] == url("stop", session)
    page = words(client, url("stop", session))
    assert "Nothing was treated, so nothing is charged" in page
    assert "Still open" not in page
    assert client.post(url("stop", session))["Location"] == url("note", session)
    page = words(client, url("note", session))
    assert "no treatment was given" in page
    assert pressed(client, session).status_code == 409
    assert not session.holds.exists()


def test_a_mistaken_tick_can_be_answered_again(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    checked(client, session, "symptoms.fever")
    assert checked(client, session)["Location"] == url("consent", session)
    assert session.checks.count() == 2


def test_who_told_nothing_is_asked_first(ana: Practitioner) -> None:
    client, appointment = as_practitioner(ana), brought_to(visit(ana), timezone.now())
    session = begin(client, appointment)
    answer = client.get(url("check", session))
    assert answer["Location"] == reverse("desk:visit", args=[appointment.public_id])


def test_treatment_begins_with_agreement(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    checked(client, session)
    answer = client.post(url("consent", session), {"given_by": "Jo Walker"})
    assert answer.status_code == 422
    assert "Treatment begins with the client" in answer.content.decode()
    agreed(client, session)
    session.refresh_from_db()
    assert session.consent.to == Consent.To.PLAN
    assert session.consent.given_by == "Jo Walker"
    assert session.course.goals == "Turn my head again"


def test_areas_are_agreed_to_one_by_one(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    checked(client, session)
    page = client.post(url("consent", session), {"ask": "yes", "area": ["chest_upper", "nonsense"]})
    assert page.status_code == 200
    assert list(page.context["form"].areas)[-1] == "chest_upper"
    assert 'name="area" value="chest_upper"' in page.content.decode()
    assert not page.context["form"].errors
    answer = client.post(url("consent", session), {"area": "chest_upper", "area-chest_upper": "yes"})
    assert answer.status_code == 422
    assert list(answer.context["form"].areas)[-1] == "chest_upper"
    client.post(
        url("consent", session),
        {"plan": "on", "given_by": "Jo Walker", "area": "chest_upper", "area-chest_upper": "yes"},
    )
    asked = session.areaconsents.get(area="chest_upper")
    assert asked.consent.to == Consent.To.AREA
    assert pressed(client, session, point="pectoralis_minor:left:upper").json() == {"kept": True}


def test_a_visit_stopped_after_some_treatment_is_not_called_untreated(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    checked(client, session, "symptoms.fever")
    page = words(client, url("stop", session))
    assert "Nothing was treated" not in page
    assert "with what was done before" in page


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("draft-again", "note"), ("add", "note"), ("end-course", "close"), ("withdraw", "session"),
        ("hold", "session"), ("forget-hold", "session"), ("finding", "session"), ("forget-motion", "session"),
        ("forget-trace", "trace"),
    ],
)  # fmt: skip
def test_who_reads_where_one_posts_is_led_back(ana: Practitioner, name: str, back: str) -> None:
    """As by changing the language of what was shown there."""
    client, session = opened(ana)
    assert client.get(url(name, session))["Location"] == url(back, session)
    session.course.refresh_from_db()
    assert session.course.ended_at is None


def test_no_address_says_where(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    checked(client, session)
    page = client.get(url("consent", session) + "?area=chest_upper")
    assert "chest_upper" not in page.context["form"].areas


def test_a_missed_appointment_is_not_begun(ana: Practitioner) -> None:
    appointment = booked_now(ana)
    Appointment.objects.filter(pk=appointment.pk).update(status=Status.NO_SHOW)
    answer = as_practitioner(ana).post(reverse("care:begin", args=[appointment.public_id]))
    assert answer.status_code == 409


def test_after_a_check_that_stops_treating_leads_to_why(ana: Practitioner) -> None:
    client, session = opened(ana)
    checked(client, session, "symptoms.fever")
    answer = client.get(url("treat", session), follow=True)
    assert answer.redirect_chain[-1][0].startswith(url("stop", session))


def test_who_wants_to_treat_too_early_reads_what_comes_first(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    for too_early in ("consent", "treat"):
        page = client.get(url(too_early, session), follow=True).content.decode()
        assert "The check of the day comes first." in page
    assert "comes first" not in client.get(url("check", session)).content.decode()
    checked(client, session)
    page = client.get(url("treat", session), follow=True).content.decode()
    assert "agreement comes first" in page
    assert "agreement comes first" not in client.get(url("consent", session)).content.decode()


def test_what_stays_closed_since_nobody_asked_is_said_with_the_way_back(
    ana: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was declined isn't brought up again; its row in the plan alone leads there."""
    monkeypatch.setattr(Today, "wants_consent", lambda _self, muscle, _point: muscle.id == "upper_trapezius")
    client, session = opened(ana)
    day = today(session)
    assert day is not None
    areas = day.areas_asked()
    assert areas
    back = f'href="{url("consent", session)}">Ask for consent</a>'
    for said, is_noted, is_closed in (("", True, True), ("no", False, True), ("yes", False, False)):
        agreed(client, session, **{f"area-{area}": said for area in areas})
        page = client.get(url("treat", session)).content.decode()
        assert ("Closed, since the client wasn't asked" in page) == is_noted
        assert (page.count(back) > is_noted) == is_closed
