from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client

from unknot.web.site.limits import at_most


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def assert_designed(response: HttpResponse, status: int, title: str) -> None:
    body = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in body
    assert response["X-Request-ID"] in body
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert re.search(r'<a class="button[^"]*" href="/', body), "says where to go"


def test_an_unknown_address(client: Client) -> None:
    assert_designed(client.get("/nothing/here/"), 404, "There is no page here")


def test_it_speaks_the_language_of_the_address(client: Client) -> None:
    assert_designed(client.get("/es/nothing/"), 404, "Aquí no hay ninguna página")


def test_a_foreign_host(client: Client) -> None:
    assert_designed(
        client.get("/library/", headers={"host": "evil.example"}), 400, "This request could not be read"
    )


@pytest.mark.parametrize("said", ["-1", "1e3", "lots"])
def test_a_length_that_is_no_number(client: Client, said: str) -> None:
    response = client.post("/library/", b"", content_type="text/plain", CONTENT_LENGTH=said)
    assert_designed(response, 400, "This request could not be read")


def test_a_form_that_is_too_large(client: Client, add_view: Callable[..., str]) -> None:
    place = add_view(lambda request: HttpResponse(request.POST["text"]))
    assert client.post(place, {"text": "a" * 1000}).status_code == 200
    assert_designed(client.post(place, {"text": "a" * 300_000}), 413, "That was more than we can take")


def test_a_form_with_too_many_fields(client: Client, add_view: Callable[..., str]) -> None:
    place = add_view(lambda request: HttpResponse(str(len(request.POST))))
    assert_designed(
        client.post(place, {f"f{i}": "" for i in range(2001)}), 413, "That was more than we can take"
    )


def test_a_file_that_is_too_large_is_refused_unread(client: Client, add_view: Callable[..., str]) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise AssertionError("the view was reached")

    response = client.post(add_view(view), b"", content_type="multipart/form-data", CONTENT_LENGTH="9999999")
    assert_designed(response, 413, "That was more than we can take")


def test_what_is_somebody_elses(client: Client, add_view: Callable[..., str]) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    assert_designed(client.get(add_view(view)), 403, "This page can't be opened from here")


def test_a_form_without_its_secret(add_view: Callable[..., str]) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(add_view(lambda _request: HttpResponse("done"), csrf=True))
    assert_designed(response, 403, "This page can't be opened from here")


def test_asking_too_often(client: Client, add_view: Callable[..., str]) -> None:
    place = add_view(at_most(2, per=timedelta(minutes=1))(lambda _request: HttpResponse("here")))
    assert [client.get(place).status_code for _ in range(2)] == [200, 200]
    response = client.get(place)
    assert_designed(response, 429, "One moment, please")
    assert 0 < int(response["Retry-After"]) <= 60


def test_a_fault_of_ours_needs_no_database(client: Client, add_view: Callable[..., str]) -> None:
    """No `django_db` here: a query would fail the test."""
    response = client.get(add_view(lambda _request: 1 / 0))
    assert_designed(response, 500, "Something broke on our side")
