"""What `unknot check` says of the letters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from unknot.server.addresses import Address
from unknot.server.places import WEB
from unknot.web.outbox.actions import enqueue
from unknot.web.outbox.models import Message, State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mail(database_owner: Address) -> Callable[[], dict[str, object]]:
    """The line about mail, asked for as a person does."""

    def mail() -> dict[str, object]:
        said = subprocess.run(
            [sys.executable, "-m", "unknot.cli.main", "check", "--json"],
            env={"PATH": os.environ["PATH"], "DATABASE_URL": database_owner.as_user(WEB).url},
            check=False,
            capture_output=True,
            text=True,
        )
        (found,) = (check for check in json.loads(said.stdout)["checks"] if check["name"] == "mail")
        assert said.returncode == (0 if found["ok"] else 1)
        return found

    return mail


def test_letters_that_wait_are_counted(mail) -> None:
    enqueue(to="ana@example.org", subject="Hello", text="")
    assert mail() == {"name": "mail", "ok": True, "says": "letters waiting: 1"}


def test_letters_that_wait_too_long_are_a_fault(mail) -> None:
    letter = enqueue(to="ana@example.org", subject="Hello", text="")
    Message.objects.filter(pk=letter.pk).update(made_at=timezone.now() - timedelta(minutes=61))
    told = mail()
    assert not told["ok"]
    assert "UNKNOT_SMTP" in str(told["says"])


@pytest.mark.parametrize("state", [State.REFUSED, State.UNSURE])
def test_letters_in_trouble_are_a_fault(mail, state: State) -> None:
    letter = enqueue(to="ana@example.org", subject="Hello", text="")
    Message.objects.filter(pk=letter.pk).update(state=state, tried_at=timezone.now())
    assert mail() == {
        "name": "mail",
        "ok": False,
        "says": "letters refused, or perhaps never delivered: 1",
    }
