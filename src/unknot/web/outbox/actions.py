"""
Messages: written in the transaction that is their reason, handed over by the worker, once at most.

A few messages at a time are marked as being handed over before they are, in a transaction of its own. Where
the mail server surely didn't take one, it waits for another try. Where nobody can know, it is marked as
unsure and never sent again by itself: `unknot check` lists those.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from unknot.web.outbox.models import Message, State
from unknot.web.site.prepared import insert

WAIT_AFTER_TRY = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
STUCK_AFTER = timedelta(minutes=10)
KEPT_AFTER_SENT = timedelta(days=30)
LONGEST_ERROR = 500
AT_ONCE = 10  # so many at most are unsure when the worker dies
PERMANENT = 500  # SMTP's replies from here on say: don't try again

_TAKE = """
    UPDATE outbox_message SET state = %s, tried_at = %s, tries = tries + 1
    WHERE id IN (
        SELECT id FROM outbox_message WHERE state = %s AND next_try_at <= %s
        ORDER BY next_try_at, id FOR UPDATE SKIP LOCKED LIMIT %s
    )
    RETURNING *
"""
SAID_NO = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: its name, its media type with parameters, its text."""

    name: str
    type: str
    text: str


def enqueue(*, to: str, subject: str, text: str, attachment: Attachment | None = None) -> None:
    """Write a message into the surrounding transaction; it leaves when that is committed."""
    message = Message(to=to, subject=subject, text=text)
    if attachment:
        message.attachment = attachment.text
        message.attachment_name, message.attachment_type = attachment.name, attachment.type
    insert(message)


def deliver_due(now: datetime) -> int:
    """Hand over every message that is due, and say how many were tried; without a transport all wait."""
    tried = 0
    if settings.MAIL_TRANSPORT is None:
        return tried
    while messages := _take(now):
        _hand_over(messages, now)
        tried += len(messages)
    return tried


def give_up_stuck(now: datetime) -> int:
    """Mark as unsure what a process that died was handing over, and say how many there were."""
    stuck = Message.objects.stuck(now - STUCK_AFTER)
    return stuck.update(state=State.UNSURE, error="the worker died meanwhile")


def forget_sent(now: datetime) -> int:
    """
    Delete what was handed over long ago, and say how many there were.

    Until then somebody can look up whether a letter went. It holds an address, and perhaps a link that opens
    an appointment.
    """
    deleted, _of_which = Message.objects.filter(state=State.SENT, tried_at__lt=now - KEPT_AFTER_SENT).delete()
    return deleted


def _take(now: datetime) -> list[Message]:
    """The next few that are due, marked; of several workers each takes others."""
    due = Message.objects.raw(_TAKE, [State.SENDING, now, State.WAITING, now, AT_ONCE])
    return sorted(due, key=lambda message: message.pk)


def _hand_over(messages: list[Message], now: datetime) -> None:
    connection: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    sent: list[int] = []
    try:
        for message in messages:
            if _is_sent(message, connection, now):
                sent.append(message.pk)  # noqa: PERF401 - kept whatever happens with the next
    finally:
        Message.objects.filter(pk__in=sent).update(state=State.SENT, error="")
        connection.close()


def _is_sent(message: Message, connection: BaseEmailBackend, now: datetime) -> bool:
    """Hand it over; where that fails, keep what is to become of it."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_later(message, now, error)
        return False
    try:
        connection.send_messages([_as_email(message, connection)])
    except SAID_NO as error:
        if _code(error) >= PERMANENT:
            _end(message, State.REFUSED, error)
        else:
            _try_later(message, now, error)
    except (OSError, smtplib.SMTPException) as error:
        _end(message, State.UNSURE, error)
    else:
        return True
    connection.close()  # what went wrong with one is not left to the next
    return False


def _code(error: smtplib.SMTPException) -> int:
    """The reply's number; of several recipients' the only one's, since each message has one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _reason in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else PERMANENT


def _try_later(message: Message, now: datetime, error: Exception) -> None:
    if message.tries > len(WAIT_AFTER_TRY):
        _end(message, State.REFUSED, error)
        return
    message.next_try_at = now + WAIT_AFTER_TRY[message.tries - 1]
    _end(message, State.WAITING, error)


def _end(message: Message, state: State, error: Exception) -> None:
    message.state, message.error = state, f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    message.save(update_fields=["state", "error", "next_try_at"])


def _as_email(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    email = EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        connection=connection,
        headers={
            "Message-ID": f"<{message.public_id}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.attachment:
        email.attach(message.attachment_name, message.attachment, message.attachment_type)
    return email
