from __future__ import annotations

import pytest
from django.test import Client


def found(client: Client, query: str) -> str:
    response = client.get("/library/search/", {"q": query})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_it_works_without_scripts(client: Client) -> None:
    assert 'href="/library/muscles/masseter/"' in found(client, "masseter")


def test_what_was_typed_stays_and_is_escaped(client: Client) -> None:
    body = found(client, '"><script>')
    assert "<script>" not in body
    assert "&quot;&gt;&lt;script&gt;" in body


def test_nothing_found_shows_the_way_on(client: Client) -> None:
    assert 'href="/library/regions/"' in found(client, "qqqq")


def test_the_field_alone_asks_for_nothing(client: Client) -> None:
    assert "Nothing by that name" not in found(client, "")


def test_it_is_in_the_readers_language(client: Client) -> None:
    body = client.get("/es/library/search/", {"q": "masseter"}).content.decode()
    assert 'href="/es/library/muscles/masseter/"' in body


def test_a_flood_is_stopped(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.PROXIES = 1
    there = {"x-forwarded-for": "203.0.113.7"}
    statuses = [client.get("/library/search/", headers=there).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    assert client.get("/library/search/", headers={"x-forwarded-for": "203.0.113.8"}).status_code == 200
