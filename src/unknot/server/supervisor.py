"""
`unknot serve`: the database, the web and the worker, kept running until somebody says stop.

A part that dies is started again; one that keeps dying ends the whole with an error. Everything ends
with us: in order when we are asked to, at the kernel's word when we are killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from unknot.errors import InputError, UnknotError
from unknot.server import web, worker
from unknot.server.databases import Database, embedded_in, named_by_environment
from unknot.server.embedded import Embedded, Interrupted, InUse
from unknot.server.ownership import Holder
from unknot.server.places import Place, place
from unknot.server.ports import Reservation, reserve
from unknot.server.prepare import NOT_AS_GIVEN
from unknot.server.processes import end, spawn
from unknot.server.static import collected_into

START_S = 120.0
WAIT_FOR_A_COMMAND_S = 10.0
LOOK_EVERY_S = 0.1
DEATHS, DEATHS_WITHIN_S = 5, 60.0  # a part that dies more often is given up


class ServeError(UnknotError):
    """A part of the whole can't be kept running."""


class Stopped(Exception):  # noqa: N818 - it reads as what it is
    """Somebody asked us to stop while we were starting."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """
    How to serve.

    ``port`` None: the usual one, or any free one where that is taken. ``furnish`` names a module that fills
    the database, as the web's role, before the first page is shown.
    """

    doing: str
    host: str
    port: int | None
    demo: bool
    furnish: str = ""


class Supervisor:
    """Starts the parts, watches them, stops them."""

    def __init__(self, options: Options, *, say: Callable[[str], None]) -> None:
        """``say`` is called once the page answers, with its address."""
        self._options, self._say = options, say
        self._stop = threading.Event()
        self._deaths: dict[str, deque[float]] = {}
        self._server: Embedded | None = None
        self._web: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._port: Reservation | None = None
        self._environment: dict[str, str] = {}

    def run(self) -> None:
        """Serve until a signal says stop. Raises InputError or ServeError where that can't be done."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            self._start()
            self._watch()
        except (Stopped, Interrupted):
            pass
        finally:
            self._end()

    def _start(self) -> None:
        own = place(demo=self._options.demo)
        own.make()
        database = self._open_database(own)
        self._port = reserve(self._options.host, self._options.port)
        files = collected_into(own.static)
        self._environment = self._environment_of_the_web(own, database, files)
        self._prepare(database, files)
        if self._options.furnish:
            self._run_to_its_end([sys.executable, "-m", self._options.furnish], self._environment)
        self._web = web.start(self._port, self._environment)
        self._await_the_page(self._port)
        self._worker = worker.start(self._environment)
        if self._server:
            self._server.announce(Holder(self._options.doing, os.getpid(), self._port.url))
        self._say(self._port.url)

    def _open_database(self, own: Place) -> Database:
        """The demo has a database of its own, always: its people must never stand beside real ones."""
        named = None if self._options.demo else named_by_environment()
        if named:
            return named
        server = Embedded(own, asked_to_stop=self._stop.is_set)
        deadline = time.monotonic() + WAIT_FOR_A_COMMAND_S
        while True:
            try:
                server.start(self._options.doing)
            except InUse as error:
                if error.holder and error.holder.url:
                    raise InputError(
                        f"{error.holder.doing} runs here already, at {error.holder.url}: open that, or end"
                        f" process {error.holder.pid} first, or set UNKNOT_DATA to another folder"
                    ) from None
                if time.monotonic() > deadline:  # a short command would have ended by now
                    raise InputError(str(error)) from None
                self._pause()
            else:
                self._server = server
                return embedded_in(own)

    def _environment_of_the_web(self, own: Place, database: Database, files: Path) -> dict[str, str]:
        """What the web's processes read; the owner's address is not among it."""
        anywhere = self._options.host in {"0.0.0.0", "::"}  # noqa: S104 - compared only
        hosts = ["*"] if anywhere else ["localhost", "127.0.0.1", "[::1]", self._options.host]
        defaults = {
            "UNKNOT_SECRET_KEY": own.secret(),
            "UNKNOT_HOSTS": ",".join(hosts),
            "UNKNOT_ORIGIN": self._port.url if self._port else "",
        }
        given = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        return {
            **defaults,
            **given,
            "DATABASE_URL": database.web.url,
            "UNKNOT_DEMO": "yes" if self._options.demo else "no",
            "UNKNOT_STATIC": str(files),
        }

    def _prepare(self, database: Database, files: Path) -> None:
        """Migrate and collect, in a process that alone knows the owner's address."""
        environment = {name: value for name, value in self._environment.items() if name != "UNKNOT_STATIC"}
        if database.owner:
            environment["DATABASE_OWNER_URL"] = database.owner.url
        command: list[str | Path] = [sys.executable, "-m", "unknot.server.prepare", files]
        self._run_to_its_end(command, environment)

    def _run_to_its_end(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """A child that does one thing. Raises ServeError where it couldn't."""
        child = spawn(command, on_our_death=signal.SIGTERM, environment=environment)
        try:
            while child.poll() is None:
                self._pause(0.02)
        finally:
            end(child, ways=[(signal.SIGTERM, 2.0)])
        if child.returncode == NOT_AS_GIVEN:
            raise SystemExit(NOT_AS_GIVEN)  # it said in its line what was wrong
        if child.returncode:
            raise ServeError("preparing the database and the files failed: the reason stands above")

    def _await_the_page(self, port: Reservation) -> None:
        """Until the process is healthy and the first page, which reads the knowledge, has been shown once."""
        deadline = time.monotonic() + START_S
        name = self._environment["UNKNOT_HOSTS"].split(",")[0].strip().lstrip(".").replace("*", "localhost")
        while web.answers(port, "/healthz", name=name) != 200 or web.answers(port, "/", name=name) is None:
            if self._web is None or self._web.poll() is not None:
                raise ServeError("the web's processes ended while starting: the reason stands above")
            if time.monotonic() > deadline:
                raise ServeError(f"the web doesn't answer on port {port.port}")
            self._pause(0.02)

    def _watch(self) -> None:
        """Start again what dies, until we are asked to stop."""
        while not self._stop.wait(LOOK_EVERY_S):
            if self._server and not self._server.alive:
                self._count_a_death("the database")
                self._server.restart()
            if self._web and self._port and self._web.poll() is not None:
                self._count_a_death("the web")
                end(self._web, ways=[])
                self._web = web.start(self._port, self._environment)
            if self._worker and self._worker.poll() is not None:
                self._count_a_death("the worker")
                self._worker = worker.start(self._environment)

    def _count_a_death(self, part: str) -> None:
        print(f"unknot: {part} died and is started again", file=sys.stderr, flush=True)  # noqa: T201
        deaths = self._deaths.setdefault(part, deque())
        deaths.append(time.monotonic())
        while deaths[0] < deaths[-1] - DEATHS_WITHIN_S:
            deaths.popleft()
        if len(deaths) > DEATHS:
            raise ServeError(f"{part} died {len(deaths)} times within {DEATHS_WITHIN_S:.0f} seconds")

    def _end(self) -> None:
        """The web first, so that what it was asked is still answered; the worker; then the database."""
        if self._worker:
            self._worker.terminate()  # it ends while the web does
        if self._web:
            end(self._web, ways=web.WAYS_TO_STOP)
        if self._worker:
            end(self._worker, ways=worker.WAYS_TO_STOP)
        if self._port:
            self._port.close()
        if self._server:
            self._server.stop()

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _pause(self, seconds: float = LOOK_EVERY_S) -> None:
        if self._stop.wait(seconds):
            raise Stopped
