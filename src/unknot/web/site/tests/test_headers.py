from __future__ import annotations

import pytest
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


@pytest.mark.parametrize("path", ["/library/", "/es/library/", "/nothing/", "/robots.txt"])
def test_every_answer_carries_them(client: Client, path: str) -> None:
    response = client.get(path)
    said = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert said == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


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
