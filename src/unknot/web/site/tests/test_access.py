"""Walks the whole URLconf as every role, with real requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from unknot.scheduling import TimeRange
from unknot.web.booking import actions as booking
from unknot.web.booking.tests.office import call_of, free
from unknot.web.care import actions as care
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import (
    complete,
    credential,
    place,
    practitioner,
    service,
    user,
    verified,
    with_factor,
)
from unknot.web.intake import actions as intake
from unknot.web.intake.actions import Contact
from unknot.web.site.access import Access, Answer, Role, as_markdown, public, table

REPOSITORY = Path(__file__).parents[5]


def routes(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern} has no name, so nobody can say who may enter"
            yield namespace + pattern.name


def test_the_table_names_every_route_and_no_other() -> None:
    assert sorted(table()) == sorted(routes(get_resolver().url_patterns))


def test_a_route_that_nobody_declared_would_be_noticed() -> None:
    declared = table()
    del declared["learn:muscle"]
    assert sorted(declared) != sorted(routes(get_resolver().url_patterns))


@pytest.fixture
def ana(db: None) -> Practitioner:
    return practitioner("ana@example.org")


@pytest.fixture
def as_role(ana: Practitioner, request: pytest.FixtureRequest) -> Client:
    client = Client()
    users = get_user_model().objects
    match request.param:
        case Role.ACCOUNT:
            client.force_login(users.create_user("somebody@example.org"))
        case Role.CLIENT:
            client.force_login(user("jo@example.org"))
        case Role.PRACTITIONER:
            client.force_login(ana.user)
        case Role.OTHER_PRACTITIONER:
            client.force_login(practitioner("bo@example.org").user)
        case Role.ADMINISTRATOR:
            client.force_login(with_factor(users.create_superuser("administrator@example.org")))
    return client


@pytest.fixture
def things(ana: Practitioner) -> dict[str, str]:
    """The public ids that an example's ``@credential`` and so on stand for."""
    day = timezone.now() + timedelta(days=1)
    override = booking.set_date(ana, day.date(), [], by=ana.user)
    blocked = booking.block(ana, day, day + timedelta(hours=1), by=ana.user)
    admin = with_factor(get_user_model().objects.create_superuser("admin2@example.org"))
    live = complete(practitioner("live@example.org"), admin)
    booking.set_week(live, {0: [TimeRange(540, 720)]}, by=live.user)
    directory.go_live(live, by=live.user, now=timezone.now())
    jo = get_user_model().objects.filter(email="jo@example.org").first() or user("jo@example.org")
    person = intake.client_of(ana.practice, jo, Contact(name="Jo"), guarded=False)
    verified(credential(ana, number="027-000001"), admin)
    session = service(ana, minutes=90)
    appointment = booking.book_for(
        session, day + timedelta(hours=3), person, place=None, by=ana.user, now=timezone.now()
    )
    monday = free(call_of(live), days=8)[0]
    kept = booking.reserve(
        booking.Wish(service=call_of(live), starts_at=monday, place=None, client_zone="UTC"),
        booking.Brought(),
        now=timezone.now(),
    )
    begun = booking.book_for(
        session, day + timedelta(hours=6), person, place=None, by=ana.user, now=timezone.now()
    )
    type(begun).objects.filter(pk=begun.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    chart = care.begin(begun, by=ana.user, now=timezone.now())
    return {"@live": str(live.public_id), "@begun": str(begun.public_id)} | {
        f"@{thing._meta.model_name}": str(thing.public_id)
        for thing in (place(ana), credential(ana), service(ana), override, blocked, appointment, kept, chart)
    }


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("as_role", Role, indirect=True, ids=lambda role: role.value)
def test_every_route_answers_as_the_table_says(
    as_role: Client, things: dict[str, str], language: str, request: pytest.FixtureRequest
) -> None:
    role = request.node.callspec.params["as_role"]
    wrong = []
    for name, access in table().items():
        with translation.override(language):
            path = reverse(name, kwargs={key: things.get(id_, id_) for key, id_ in access.example.items()})
        answered = (
            as_role.generic(access.method, path) if not access.form else as_role.post(path, access.form)
        )
        if answered.status_code != access.answer(role).status:
            wrong.append(f"{access.method} {path}: {answered.status_code}, not {access.answer(role)}")
    assert not wrong


def test_docs_hold_the_table() -> None:
    """Renew it with: unknot manage access > docs/access.md."""
    assert (REPOSITORY / "docs/access.md").read_text("utf-8") == as_markdown(table())


def test_the_table_reads_well() -> None:
    rows = as_markdown(
        {"a:b": public(), "c": Access(Answer.MOVED, Answer.HIDDEN, Answer.SHOWN, method="POST")}
    )
    assert rows.splitlines()[-2:] == [
        "| `a:b` | GET | shown | shown | shown | shown | shown | shown |",
        "| `c` | POST | sent on | not found | not found | not found | not found | shown |",
    ]
