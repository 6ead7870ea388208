"""Nothing that a visitor gives is kept: in no URL, cookie, session, log, cache or row."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from unknot.web.intake.tests.visitor import Visitor, drawn, told

MARK = "zebrafinch"
ROUTES = ("drawing", "motions", "safety", "answer", "letter")
EVERY_FIELD = {
    "drawing": drawn({"temple:left": "7", MARK: MARK}, aims=[MARK], worse=[MARK], words=MARK),
    "selection": json.dumps({"q-age": [MARK], f"q-{MARK}": [MARK]}),
    "pain-temple:left": MARK,
    f"pain-{MARK}": "5",
    "aim": MARK,
    "worse": MARK,
    "words": MARK,
    "q-age": MARK,
    "q-item": MARK,
    "q-conditions.eczema-place": MARK,
    MARK: MARK,
}
GOOD = {
    "answer": told("conditions.asthma", drawing=drawn(words=MARK)),
    "held": told("gate.stroke", asked="yes", drawing=drawn(words=MARK)),
    "emergency": told("gate.stroke", "symptoms.face_droop", drawing=drawn(words=MARK)),
    "letter": told("conditions.aneurysm", drawing=drawn(words=MARK)),
    "asked again": told(silent=["medicines"], drawing=drawn(words=MARK)),
    "wrong place": told("conditions.eczema", answers={"conditions.eczema-place": MARK}),
    "unreadable": {"drawing": "{" + MARK, "words": MARK, "step": "motions"},
}
BAD = {step: {**EVERY_FIELD, "step": step} for step in ("drawing", "motions", "safety", MARK)}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Whatever anybody logs, however quietly."""
    caplog.set_level(logging.DEBUG)
    loggers = [
        logging.getLogger(name) for name in ("django", "django.request", "django.db.backends", "unknot")
    ]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.propagate = True
    yield caplog
    for logger, (level, propagate) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.propagate = propagate


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fields", [*GOOD.values(), *BAD.values()], ids=[*GOOD, *BAD])
def test_nothing_of_it_leaves_but_in_the_page(
    route: str, fields: dict[str, object], logged: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor()
    page = visitor.post(route, fields)
    assert page.status in {200, 400, 422}
    assert not visitor.client.cookies
    assert page.response["Cache-Control"] == "no-store, private"
    assert MARK not in str(page.response.headers).lower()
    assert not [link for link in page.links if MARK in link]
    assert not [button for button in page.buttons if MARK in button.action]
    assert MARK not in logged.text


def test_the_page_itself_does_hold_it() -> None:
    """Else the test above would prove nothing."""
    assert MARK in Visitor().post("answer", GOOD["answer"]).html


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_no_page_asks_the_database(route: str, django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        Visitor().post(route, GOOD["answer"])


@pytest.mark.django_db
def test_no_row_and_no_session_is_made() -> None:
    before = rows()
    for fields in (*GOOD.values(), *BAD.values()):
        for route in ROUTES:
            Visitor().post(route, fields)
    assert rows() == before
    assert before["django_session"] == 0


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_nothing_is_cached() -> None:
    for fields in (*GOOD.values(), *BAD.values()):
        Visitor().post("answer", fields)
    assert rows()["cache"] == 0
    assert caches["pages"]._cache == {}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_whoever_does_not_post_is_told_nothing_but_the_way_to_the_start(
    route: str, language: str, method: str
) -> None:
    with translation.override(language):
        path, start = reverse(f"intake:{route}"), reverse("intake:start")
    response = Client().generic(method, f"{path}?words={MARK}")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")
    assert MARK.encode() not in response.content
    assert method == "HEAD" or f'data-start="{start}"'.encode() in response.content
    assert not response.cookies


@pytest.mark.parametrize("route", ROUTES)
def test_no_token_and_so_no_cookie_is_needed(route: str) -> None:
    """There is nothing that a forged request could change; see decision 7."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        reverse(f"intake:{route}"), {"drawing": drawn()}, headers={"origin": "https://elsewhere.test"}
    )
    assert response.status_code in {200, 422}
    assert not client.cookies


def test_the_start_sets_no_cookie_either() -> None:
    visitor = Visitor()
    assert "Set-Cookie" not in visitor.start().response.headers
    assert not visitor.client.cookies


@pytest.mark.parametrize("route", ROUTES)
def test_no_search_engine_is_to_keep_it(route: str) -> None:
    page = Visitor().post(route, GOOD["letter"])
    assert '<meta name="robots" content="noindex">' in page.html or route == "drawing"


def test_forms_are_sent_by_post_only() -> None:
    for route in ROUTES:
        page = Visitor().post(route, GOOD["letter"])
        assert page.main.count("<form") == page.main.count('method="post"') == 1
