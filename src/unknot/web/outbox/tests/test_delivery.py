"""A letter leaves once at most, and none is lost without somebody being told."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from unknot.web.outbox import actions
from unknot.web.outbox.backend import OutboxBackend
from unknot.web.outbox.models import Message, State

pytestmark = pytest.mark.django_db


class Server(EmailBackend):
    """A mail server in memory that may fail at the door or at the letter."""

    at_the_door: Exception | None = None
    at_the_letter: Exception | None = None

    def open(self) -> bool:
        if self.at_the_door:
            raise self.at_the_door
        return True

    def send_messages(self, messages: Any) -> int:
        if self.at_the_letter:
            raise self.at_the_letter
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[type[Server]]:
    settings.MAIL_TRANSPORT = f"{__name__}.Server"
    yield Server
    Server.at_the_door = Server.at_the_letter = None


@pytest.fixture
def now() -> datetime:
    return timezone.now() + timedelta(seconds=1)


@pytest.fixture
def letter() -> Message:
    actions.enqueue(to="ana@example.org", subject="Appointment with Sam", text="On Monday.")
    return Message.objects.get()


def test_a_letter_is_handed_over_once(letter: Message, now: datetime) -> None:
    assert actions.deliver_due(now) == 1
    assert actions.deliver_due(now) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == (State.SENT, 1, "")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ana@example.org"], "Appointment with Sam", "On Monday.")
    assert str(letter.public_id) in sent.extra_headers["Message-ID"]


def test_it_carries_its_attachment(now: datetime) -> None:
    actions.enqueue(
        to="ana@example.org",
        subject="Appointment with Sam",
        text="On Monday.",
        attachment=actions.Attachment("appointment.ics", "text/calendar", "BEGIN:VCALENDAR"),
    )
    actions.deliver_due(now)
    assert mail.outbox[0].attachments[0][:2] == ("appointment.ics", "BEGIN:VCALENDAR")


def test_a_letter_whose_reason_is_undone_never_was(now: datetime) -> None:
    with transaction.atomic():
        actions.enqueue(to="ana@example.org", subject="Never", text="")
        transaction.set_rollback(True)
    assert actions.deliver_due(now) == 0


def test_without_a_transport_it_waits(letter: Message, now: datetime, settings: Settings) -> None:
    settings.MAIL_TRANSPORT = None
    assert actions.deliver_due(now) == 0
    letter.refresh_from_db()
    assert letter.state == State.WAITING


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("at_the_door", ConnectionRefusedError("nobody there")),
        ("at_the_door", smtplib.SMTPAuthenticationError(535, b"who are you")),
        ("at_the_letter", smtplib.SMTPDataError(451, b"try again later")),
        ("at_the_letter", smtplib.SMTPRecipientsRefused({"ana@example.org": (450, b"busy")})),
    ],
)
def test_what_was_surely_not_taken_is_tried_later(
    letter: Message, now: datetime, server: type[Server], where: str, error: Exception
) -> None:
    setattr(server, where, error)
    assert actions.deliver_due(now) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.WAITING, 1)
    assert letter.error
    assert actions.deliver_due(now + timedelta(seconds=59)) == 0
    setattr(server, where, None)
    assert actions.deliver_due(now + timedelta(seconds=60)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (State.SENT, "")


def test_it_is_not_tried_for_ever(letter: Message, now: datetime, server: type[Server]) -> None:
    server.at_the_door = TimeoutError("slow")
    tries = sum(actions.deliver_due(now + timedelta(days=day)) for day in range(30))
    letter.refresh_from_db()
    assert tries == len(actions.WAIT_AFTER_TRY) + 1
    assert letter.state == State.REFUSED
    assert letter in Message.objects.troubled()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPDataError(550, b"no such person"),
        smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no such person")}),
        smtplib.SMTPSenderRefused(553, b"not from you", "unknot@example.org"),
    ],
)
def test_what_the_server_refuses_is_not_tried_again(
    letter: Message, now: datetime, server: type[Server], error: Exception
) -> None:
    server.at_the_letter = error
    actions.deliver_due(now)
    letter.refresh_from_db()
    assert letter.state == State.REFUSED
    assert letter in Message.objects.troubled()


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("slow")])
def test_what_nobody_can_know_is_never_sent_again(
    letter: Message, now: datetime, server: type[Server], error: Exception
) -> None:
    server.at_the_letter = error
    actions.deliver_due(now)
    server.at_the_letter = None
    assert actions.deliver_due(now + timedelta(days=9)) == 0
    assert Message.objects.get().state == State.UNSURE
    assert letter in Message.objects.troubled()
    assert mail.outbox == []


def test_what_a_worker_that_died_left_is_unsure_after_a_while(letter: Message, now: datetime) -> None:
    assert actions._take(now) == [letter]  # and the worker dies here
    assert actions.deliver_due(now + timedelta(minutes=1)) == 0
    assert actions.give_up_stuck(now + timedelta(minutes=9)) == 0
    assert actions.give_up_stuck(now + timedelta(minutes=11)) == 1
    assert Message.objects.get().state == State.UNSURE


def test_many_leave_the_oldest_first(now: datetime) -> None:
    for number in range(actions.AT_ONCE + 1):
        actions.enqueue(to=f"{number}@example.org", subject="Hello", text="")
    assert actions.deliver_due(now) == actions.AT_ONCE + 1
    assert [m.to for m in mail.outbox] == [[f"{n}@example.org"] for n in range(actions.AT_ONCE + 1)]
    assert {(m.state, m.tries) for m in Message.objects.all()} == {(State.SENT, 1)}


def test_one_trouble_does_not_keep_the_next_letter(
    letter: Message, now: datetime, server: type[Server]
) -> None:
    server.at_the_letter = smtplib.SMTPDataError(550, b"no")
    actions.enqueue(to="bo@example.org", subject="Hello", text="")
    assert actions.deliver_due(now) == 2
    assert {m.to for m in Message.objects.troubled()} == {letter.to, "bo@example.org"}


@pytest.mark.parametrize("subject", ["", "two\nlines", "two\rlines"])
def test_a_subject_is_one_line(subject: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.enqueue(to="ana@example.org", subject=subject, text="")


def test_a_librarys_letter_becomes_a_row_for_each_recipient(now: datetime) -> None:
    email = mail.EmailMessage("Your code", "123456", to=["ana@example.org"], bcc=["bo@example.org"])
    assert OutboxBackend().send_messages([email]) == 1
    assert {m.to for m in Message.objects.due(now)} == {"ana@example.org", "bo@example.org"}
    assert {m.text for m in Message.objects.all()} == {"123456"}


def test_what_was_sent_is_forgotten_after_a_month_and_nothing_else() -> None:
    now = timezone.now()
    for state in State.values:
        actions.enqueue(to="ana@example.org", subject=state, text="https://example.org/?key=k")
        Message.objects.filter(subject=state).update(state=state, tried_at=now)
    assert actions.forget_sent(now + timedelta(days=29)) == 0
    assert actions.forget_sent(now + timedelta(days=31)) == 1
    assert set(Message.objects.values_list("state", flat=True)) == {*State.values} - {State.SENT}
