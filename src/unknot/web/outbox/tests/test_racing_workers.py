"""Two workers at once: each letter leaves once."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from unknot.web.outbox import actions
from unknot.web.outbox.models import Message, State

LETTERS = 40


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_a_letter_twice(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    for number in range(LETTERS):
        actions.enqueue(to=f"{number}@example.org", subject="Hello", text="")
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        actions.deliver_due(timezone.now())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(m.to[0] for m in mail.outbox) == sorted(f"{n}@example.org" for n in range(LETTERS))
    assert Message.objects.filter(state=State.SENT).count() == LETTERS
