"""Django's way of sending mail, for libraries that use it: each letter becomes a row of the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from unknot.web.outbox import actions


class OutboxBackend(BaseEmailBackend):
    """Writes what is sent into the outbox, one message a recipient; the worker hands it over."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Enqueue; the number of letters taken."""
        for email in email_messages:
            for to in email.recipients():
                actions.enqueue(to=to, subject=str(email.subject), text=str(email.body))
        return len(email_messages)
