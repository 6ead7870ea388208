"""An address that was typed and never confirmed leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from unknot.web.accounts.actions import account_of, account_to_confirm, add_administrator, forget_unconfirmed
from unknot.web.accounts.models import User

pytestmark = pytest.mark.django_db


def test_after_a_day_it_is_forgotten_and_nobody_else() -> None:
    now = timezone.now()
    account_to_confirm("typo@example.org")
    account_of("confirmed@example.org")
    add_administrator("owner@example.org")
    assert forget_unconfirmed(now + timedelta(hours=23)) == 0
    assert forget_unconfirmed(now + timedelta(hours=25)) == 1
    assert sorted(User.objects.values_list("email", flat=True)) == [
        "confirmed@example.org",
        "owner@example.org",
    ]
