from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


PAGES = [
    "/library/",
    "/es/library/",
    "/nothing/",
    "/robots.txt",
    "/sitemap.xml",
    "/library",
    "/check/answer/",
]


def assert_guarded(response: HttpResponse) -> None:
    said = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert said == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=(self)" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_them(client: Client, path: str) -> None:
    assert_guarded(client.get(path))


def test_a_static_file_carries_them_and_is_for_our_pages_only(client: Client) -> None:
    response: Any = client.get("/static/site/favicon.svg")
    assert b"<svg" in b"".join(response.streaming_content)
    assert_guarded(response)
    assert "Access-Control-Allow-Origin" not in response


def test_a_refusal_carries_them(client: Client) -> None:
    assert_guarded(client.get("/", headers={"host": "evil.example"}))
    assert_guarded(client.post("/check/answer/", b"", content_type="text/plain", CONTENT_LENGTH="9999999"))


@pytest.mark.parametrize("path", PAGES)
def test_neither_cookies_nor_preferred_languages_change_what_is_shown(client: Client, path: str) -> None:
    """So a cache on the way keeps one copy of each page."""
    response = client.get(path, headers={"accept-language": "es"})
    varies = {name.strip() for name in response.get("Vary", "").split(",")}
    assert not varies & {"Accept-Language", "Cookie"}
    assert response["Content-Language"] == ("es" if path.startswith("/es/") else "en")


def test_reading_leaves_no_cookie(client: Client) -> None:
    assert not client.get("/library/").cookies


def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    ids = {client.get("/robots.txt")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


def test_an_id_from_outside_is_not_taken(client: Client) -> None:
    given = client.get("/robots.txt", headers={"x-request-id": "forged"})["X-Request-ID"]
    assert given != "forged"
    assert len(given) == 32


def test_no_strict_transport_without_tls(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/library/")
