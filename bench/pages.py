"""
How many pages a second the web serves, and how long a visitor waits, with all that `unknot demo` starts.

The demo runs with a database and a folder of its own. Visitors are threads, each with one connection that
it keeps, as browsers do; they share the cores with the server, so a machine apart would serve more.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from rows import Row, of_times

from unknot.knowledge import load
from unknot.screening.questionnaire import questionnaire

VISITORS = 4  # as many as the server has threads
ROUNDS = 4
ROUND_S, ROUND_REQUESTS = 0.8, 4_000
STOP_S = 20

HEALTH, LIBRARY, ANSWER = "health: /healthz", "a library page: a muscle", "the way: the answer"
PAINS = {"temple:left": "7", "neck_side:left": "5"}

Fields = str | list[str]


@dataclass(frozen=True)
class Page:
    """What to ask for; with ``form`` it is posted."""

    path: str
    form: Mapping[str, Fields] | None = None


@dataclass
class Served:
    """What came back in all rounds: seconds of each request, pages a second of each round, bytes."""

    seconds: list[float] = field(default_factory=list)
    a_second: list[float] = field(default_factory=list)
    size: int = 0


def run() -> list[Row]:
    """Each page in turn, several rounds."""
    pages = _pages()
    served = {name: Served() for name in pages}
    with demo() as served_at:
        host, port = served_at.host, served_at.port
        for name, page in pages.items():
            served[name].size = len(_ask(HTTPConnection(host, port, timeout=30), page))
        for _ in range(ROUNDS):
            for name, page in pages.items():
                _drive(host, port, page, served[name])
    rows = {name: _row(name, one) for name, one in served.items()}
    beside = dict.fromkeys(rows, LIBRARY) | {LIBRARY: HEALTH}
    return [row if name == HEALTH else row.beside_row(rows[beside[name]]) for name, row in rows.items()]


def _pages() -> dict[str, Page]:
    drawing = {"pains": PAINS, "aims": [], "worse": [], "words": ""}
    carried: dict[str, Fields] = {"drawing": json.dumps(drawing)}
    none_of = [group.id for group in questionnaire(load(), lang="en").groups]
    pains: dict[str, Fields] = {f"pain-{place}": number for place, number in PAINS.items()}
    healthy: dict[str, Fields] = {"step": "safety", "q-age": "30", "q-sex": "female", "q-none": none_of}
    return {
        HEALTH: Page("/healthz"),
        LIBRARY: Page("/library/muscles/infraspinatus/"),
        "the library's list of muscles": Page("/library/muscles/"),
        "the way: where it hurts": Page("/"),
        "the way: what makes it worse": Page("/check/motions/", {"step": "drawing", **pains}),
        "the way: is it safe": Page("/check/safety/", {"step": "motions", "words": "driving", **carried}),
        ANSWER: Page("/check/answer/", {**healthy, **carried}),
    }


def _row(name: str, served: Served) -> Row:
    row = of_times(f"{name}, {served.size / 1000:.0f} kB", served.seconds)
    return replace(row, a_second=median(served.a_second))


# ---- the visitors


def _drive(host: str, port: int, page: Page, served: Served) -> None:
    """One round of all visitors, bounded in time and number."""
    start = perf_counter()
    with ThreadPoolExecutor(VISITORS) as visitors:
        rounds = [visitors.submit(_visit, host, port, page, start + ROUND_S) for _ in range(VISITORS)]
        seconds = [second for visit in rounds for second in visit.result()]
    served.seconds += seconds
    served.a_second.append(len(seconds) / (perf_counter() - start))


def _visit(host: str, port: int, page: Page, until: float) -> list[float]:
    connection = HTTPConnection(host, port, timeout=30)
    seconds: list[float] = []
    while (start := perf_counter()) < until and len(seconds) < ROUND_REQUESTS // VISITORS:
        _ask(connection, page)
        seconds.append(perf_counter() - start)
    connection.close()
    return seconds


def _ask(connection: HTTPConnection, page: Page) -> bytes:
    headers = {"Accept-Encoding": "gzip"}
    if page.form is None:
        connection.request("GET", page.path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", page.path, urlencode(page.form, doseq=True), headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{page.path} answered {response.status}, so there is nothing to measure")
    return body


# ---- the server


@dataclass(frozen=True)
class Demo:
    """Where it answers, and the folder of its data."""

    host: str
    port: int
    folder: Path


@contextmanager
def demo() -> Iterator[Demo]:
    """`unknot demo` in a folder of its own, until all is measured."""
    folder = Path(tempfile.mkdtemp(prefix="unknot-bench-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # PostgreSQL runs as a user of its own, who must come through
    unknot = Path(sys.executable).with_name("unknot")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    with subprocess.Popen(
        [unknot, "demo"], env={**environment, "UNKNOT_DATA": str(folder)}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            address = urlsplit(process.stdout.readline().strip())
            if not address.port:
                raise SystemExit("unknot demo did not start: the reason stands above")
            yield Demo(address.hostname or "localhost", address.port, folder)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_S)
            shutil.rmtree(folder)
