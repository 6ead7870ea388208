"""
Messages: written in the transaction that is their reason, handed over by the worker, once at most.

A message is marked as being handed over before it is, in a transaction of its own. Where the mail server
surely didn't take it, it waits for another try. Where nobody can know, it is marked as unsure and never sent
again by itself: `unknot check` lists those.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from unknot.web.outbox.models import Message, State

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
PERMANENT = 500  # SMTP's replies from here on say: don't try again

SAID_NO = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: its name, its media type with parameters, its text."""

    name: str
    type: str
    text: str


def enqueue(*, to: str, subject: str, text: str, attachment: Attachment | None = None) -> Message:
    """Write a message into the surrounding transaction; it leaves when that is committed."""
    return Message.objects.create(
        to=to,
        subject=subject,
        text=text,
        attachment=attachment.text if attachment else "",
        attachment_name=attachment.name if attachment else "",
        attachment_type=attachment.type if attachment else "",
    )


def deliver_due(now: datetime) -> int:
    """Hand over every message that is due, and say how many were tried; without a transport all wait."""
    tried = 0
    if settings.MAIL_TRANSPORT is None:
        return tried
    while (message := _take(now)) is not None:
        _hand_over(message, now)
        tried += 1
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


@transaction.atomic
def _take(now: datetime) -> Message | None:
    message: Message | None = Message.objects.due(now).select_for_update(skip_locked=True).first()
    if message is not None:
        message.state, message.tried_at, message.tries = State.SENDING, now, message.tries + 1
        message.save(update_fields=["state", "tried_at", "tries"])
    return message


def _hand_over(message: Message, now: datetime) -> None:
    connection: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_later(message, now, error)
        return
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
        _end(message, State.SENT)
    finally:
        connection.close()


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


def _end(message: Message, state: State, error: Exception | None = None) -> None:
    message.state, message.error = state, f"{type(error).__name__}: {error}"[:LONGEST_ERROR] if error else ""
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
