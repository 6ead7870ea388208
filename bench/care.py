"""The pages of a session, through HTTP on the demo: a visit opened, the guide opened, a hold charted."""

from __future__ import annotations

import uuid
from http.client import HTTPConnection
from urllib.parse import urlencode

from booking import inside
from pages import demo
from rows import Row, of_times, timed

TIMES = 60
TOKEN = "b" * 32


def run() -> list[Row]:
    """What a practitioner waits for."""
    with demo() as served:
        of = inside("care", served.folder)
        connection = HTTPConnection(served.host, served.port, timeout=30)
        cookie = {"Cookie": f"sessionid={of['session']}; csrftoken={TOKEN}"}

        def ask(path: str) -> None:
            connection.request("GET", path, headers=cookie)
            _read(connection, path)

        def chart() -> None:
            hold = {"csrfmiddlewaretoken": TOKEN, "public_id": str(uuid.uuid4()), "point": of["point"]}
            body = urlencode({**hold, "level": of["level"], "seconds": 12})
            form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
            connection.request("POST", of["holds"], body, cookie | form)
            _read(connection, of["holds"])

        rows: list[Row] = []
        for name, call in (
            ("a visit's page through HTTP", lambda: ask(of["visit"])),
            ("the session guide through HTTP", lambda: ask(of["treat"])),
            ("a hold charted through HTTP", chart),
        ):
            for _ in range(5):
                call()
            rows.append(of_times(name, [timed(call) for _ in range(TIMES)]))
        return [rows[0], *(row.beside_row(rows[0]) for row in rows[1:])]


def _read(connection: HTTPConnection, path: str) -> None:
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
