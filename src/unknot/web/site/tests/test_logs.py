from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from unknot.web.site.logs import LineFormatter


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What Django's logger writes, through the handler that the settings made."""
    (handler,) = (h for h in logging.getLogger("django").handlers if isinstance(h.formatter, LineFormatter))
    caught = io.StringIO()
    before = handler.setStream(caught)
    yield caught
    handler.setStream(before)


@pytest.fixture
def broken(add_view: Callable[..., str]) -> str:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            {}[request.POST["complaint"]]
        except KeyError as error:
            raise ValueError(f"{request.POST['complaint']} is no region") from error

    return add_view(view)


def test_a_fault_is_logged_with_the_id_of_its_request(lines: io.StringIO, broken: str) -> None:
    response = Client(raise_request_exception=False).post(f"{broken}?q=sacrum", {"complaint": "haemorrhoids"})
    logged = lines.getvalue()
    assert f"[{response['X-Request-ID']}]" in logged
    assert "builtins.ValueError" in logged
    assert "builtins.KeyError" in logged
    assert "test_logs.py" in logged


def test_neither_body_nor_query_is_logged(lines: io.StringIO, broken: str) -> None:
    Client(raise_request_exception=False).post(f"{broken}?q=sacrum", {"complaint": "haemorrhoids"})
    Client().get("/nothing/?q=sacrum")
    assert "/nothing/" in lines.getvalue()
    assert "haemorrhoids" not in lines.getvalue()
    assert "sacrum" not in lines.getvalue()


def test_what_was_not_found_is_logged_with_its_id_too(lines: io.StringIO) -> None:
    response = Client().get("/nothing/")
    assert f"[{response['X-Request-ID']}]: Not Found: /nothing/" in lines.getvalue()


def test_a_suppressed_context_is_left_out() -> None:
    try:
        try:
            {}["first"]
        except KeyError:
            raise ValueError("second") from None
    except ValueError as error:
        text = LineFormatter().formatException((type(error), error, error.__traceback__))
    assert "ValueError" in text
    assert "KeyError" not in text


def test_outside_of_a_request_there_is_a_dash(lines: io.StringIO) -> None:
    logging.getLogger("django").warning("starting")
    assert "[-]: starting" in lines.getvalue()
