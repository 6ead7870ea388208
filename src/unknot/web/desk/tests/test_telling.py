"""Answers for an appointment that is booked already: when they are asked for, and who agrees."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.audit.models import Did, Entry
from unknot.web.booking import actions
from unknot.web.booking.keys import key_of
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.tests.office import book, call_of, carried, free, signed_in, visit, words
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.intake.models import ActsFor, Clearance, Consent, Intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(ana: Practitioner) -> Client:
    client = Client()
    client.force_login(ana.user)
    return client


def page(of: Appointment, name: str = "appointment") -> str:
    return reverse(f"desk:{name}", args=[of.public_id])


def begin(made: Appointment) -> Client:
    """By the letter's key."""
    jo = Client()
    jo.post(page(made, "tell"), {"key": key_of(made)})
    return jo


# When


def half_told() -> dict[str, str]:
    """Age and sex, and no question answered."""
    told = carried()
    said = json.loads(told["selection"])
    return told | {"selection": json.dumps({name: said[name] for name in ("q-age", "q-sex")})}


def told_long_ago(made: Appointment) -> None:
    today = local_date(made.practitioner, timezone.now())
    old = Intake.objects.create(
        practice=made.practice,
        person=made.person,
        told_at=timezone.now() - timedelta(days=300),
        told_on=today - timedelta(days=300),
        **carried(),
    )
    Appointment.objects.filter(pk=made.pk).update(intake=old)


def unreadable(made: Appointment) -> None:
    told_long_ago(made)
    gone = Intake.objects.create(
        practice=made.practice,
        person=made.person,
        told_at=timezone.now(),
        told_on=local_date(made.practitioner, timezone.now()),
        drawing="{}",
        selection='{"q-age": ["40"], "q-item": ["conditions.long_gone"]}',
    )
    Appointment.objects.filter(pk=made.pk).update(intake=gone)


def held(made: Appointment) -> None:
    actions.tell(
        made,
        actions.Brought(**half_told()),
        actions.Agreement(keeping="I agree."),
        by=made.practitioner.user,
        now=timezone.now(),
        by_practice=True,
    )


@pytest.mark.parametrize("how", [held, told_long_ago, unreadable])
def test_what_is_open_can_be_asked_from_either_side(ana: Practitioner, as_ana: Client, how) -> None:
    client = signed_in()
    made = book(client, call_of(ana), free(call_of(ana))[0], told=carried())
    assert "Before you come" not in words(client, page(made))
    assert "Ask them together" not in words(as_ana, page(made, "visit"))
    how(made)
    assert "Before you come" in words(client, page(made))
    assert "Ask them together" in words(as_ana, page(made, "visit"))
    client.post(page(made, "tell"))
    client.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert "Ask them together" not in words(as_ana, page(made, "visit"))


@pytest.mark.parametrize("over", ["cancelled", "past"])
def test_nothing_is_taken_for_a_visit_that_will_not_be(ana: Practitioner, as_ana: Client, over: str) -> None:
    made = visit(ana)
    jo = begin(made)
    as_ana.post(page(made, "visit-tell"))
    if over == "cancelled":
        actions.cancel(made, by=ana.user, now=timezone.now(), by_practice=True)
    else:
        Appointment.objects.update(
            starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
        )
    for client in (jo, as_ana):
        client.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert not Intake.objects.exists()
    assert Client().post(page(made, "tell"), {"key": key_of(made)})["Location"].startswith(page(made))
    assert as_ana.post(page(made, "visit-tell"))["Location"] == page(made, "visit")
    for shown in (words(as_ana, page(made, "visit")), words(jo, f"{page(made)}?key={key_of(made)}")):
        assert "Ask them together" not in shown
        assert "Before you come" not in shown


def test_together_they_are_asked_until_it_is_over(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    now = timezone.now()
    Appointment.objects.update(
        starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=55), status=Status.ARRIVED
    )
    jo = begin(made)
    jo.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert not Intake.objects.exists()
    as_ana.post(page(made, "visit-tell"))
    as_ana.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert Intake.objects.exists()


# A minor's


@pytest.mark.parametrize("together", [True, False])
def test_a_minors_answers_are_a_guardians_to_give(
    ana: Practitioner, as_ana: Client, *, together: bool
) -> None:
    made = visit(ana)
    if together:
        client = as_ana
        client.post(page(made, "visit-tell"))
    else:
        client = begin(made)
    told = carried(age="15")
    agree = client.post(reverse("booking:told"), told)
    assert agree.status_code == 200
    assert "as parent or guardian" in agree.content.decode()
    lacking = client.post(reverse("desk:told"), told | {"keeping": "on", "guardian": "Pat Walker"})
    assert lacking.status_code == 422
    assert 'value="Pat Walker"' in lacking.content.decode()
    assert not Intake.objects.exists()
    client.post(reverse("desk:told"), told | {"keeping": "on", "guardian": "Pat Walker", "treating": "on"})
    assert {(c.to, c.given_by) for c in Consent.objects.all()} == {
        ("minor", "Pat Walker"),
        ("keeping", "Pat Walker"),
    }
    note = Clearance.objects.get()
    assert (note.rule, note.given_by) == ("minor", "Pat Walker")
    assert note.recorded_by == (ana.user if together else None)


# By whom


def test_who_tells_is_in_the_trail(ana: Practitioner) -> None:
    made = visit(ana)
    jo = begin(made)
    jo.post(reverse("booking:told"), carried())
    assert Entry.objects.get(did=Did.READ, what="intake.person").ids == [made.person.public_id]


def test_who_acts_for_them_no_more_is_refused(ana: Practitioner) -> None:
    client = signed_in()
    made = book(client, call_of(ana), free(call_of(ana))[0])
    client.post(page(made, "tell"))
    ActsFor.objects.all().delete()
    agree = client.post(reverse("booking:told"), carried())
    assert agree["Location"] == reverse("search:results")
    client.post(page(made, "tell"))
    client.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert not Intake.objects.exists()
    assert Entry.objects.filter(did=Did.REFUSED, ids=[made.public_id]).exists()


def test_what_cannot_be_read_is_asked_again(ana: Practitioner) -> None:
    jo = begin(visit(ana))
    assert jo.post(reverse("booking:told"), {"selection": "?"})["Location"] == reverse("intake:start")
