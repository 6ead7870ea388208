"""
The embedded PostgreSQL: one server a place, with one owner, reached through a socket only.

Two locks tell what lives in a place. The owner's is held by the program that started the server. The
server's is inherited by every process of PostgreSQL, so while it is held, one of them lives, and once
it is free, none does: what a killed server left behind (its process id, its socket) may then be removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from unknot.errors import InputError, UnknotError
from unknot.server.binaries import Programs, programs
from unknot.server.ownership import Holder, Lock
from unknot.server.places import SUPERUSER, Place
from unknot.server.processes import end, spawn, until
from unknot.server.roles import make_roles_and_database

RECOVERY_S = 120.0
ORPHAN_S = 15.0
LOG_LIMIT = 5_000_000

# Fast (open transactions are rolled back), then immediate (the next start recovers).
WAYS_TO_STOP = ((signal.SIGINT, 4.0), (signal.SIGQUIT, 2.0))

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What a person typed is in statements and in the details of errors: neither is logged.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class ServerError(UnknotError):
    """The embedded PostgreSQL can't run; the message ends with what it said last."""


class InUse(UnknotError):  # noqa: N818 - it reads as what it is
    """Another program owns the server of this place; ``holder`` says which, if known."""

    def __init__(self, place: Place, holder: Holder | None) -> None:
        """Say who owns the place."""
        who = f"{holder.doing!r} (process {holder.pid})" if holder else "another program"
        super().__init__(
            f"{place.home} is in use by {who}: stop it first, or set UNKNOT_DATA to another folder"
        )
        self.holder = holder


class Interrupted(UnknotError):  # noqa: N818 - it reads as what it is
    """We were asked to stop while the server was starting or recovering."""


class Embedded:
    """The server of one place, owned by us from `start` to `stop`."""

    def __init__(
        self,
        place: Place,
        *,
        settings: dict[str, str] | None = None,
        asked_to_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Name the place; ``settings`` are PostgreSQL's, beside our own. Waiting ends when asked to stop."""
        self._asked_to_stop = asked_to_stop
        self.place = place
        self._settings = {**SETTINGS, "unix_socket_directories": str(place.sockets), **(settings or {})}
        self._owner = Lock(place.home / "owner.lock")
        self._server = Lock(place.home / "server.lock")
        self._child: subprocess.Popen[bytes] | None = None
        self._programs: Programs | None = None

    @property
    def alive(self) -> bool:
        """Whether the server's first process runs."""
        return self._child is not None and self._child.poll() is None

    @property
    def process(self) -> int | None:
        """The process id of the server's first process."""
        return self._child.pid if self._child else None

    def start(self, doing: str) -> None:
        """
        Own the place and start its server, making the database first if there is none.

        Raises InUse if another program owns it, ServerError if PostgreSQL won't start, Interrupted if
        asked to stop meanwhile, and InputError where this machine or folder can't have one.
        """
        self.place.make()
        if not self._owner.take():
            raise InUse(self.place, self._owner.holder())
        try:
            self.announce(Holder(doing, os.getpid()))
            self._programs = self._programs or programs()
            self._launch(self._programs)
        except BaseException:
            self.stop()
            raise

    def announce(self, holder: Holder) -> None:
        """Write down for others what we do here, and where it is to be seen."""
        self._owner.write(holder)

    def restart(self) -> None:
        """Start the server again after it died; we still own the place."""
        if self._programs is None:
            raise ServerError("the server was never started")
        self._end_child()
        self._launch(self._programs)

    def stop(self) -> None:
        """Stop the server and give the place up. Nothing of it is left afterwards."""
        self._end_child()
        self._server.let_go()
        self._owner.let_go()

    def _launch(self, found: Programs) -> None:
        self._await_the_end_of_the_last_one()
        _make_folders(self.place, found)
        if not (self.place.cluster / "PG_VERSION").exists():
            _make_cluster(self.place, found)
        (self.place.cluster / "postmaster.pid").unlink(missing_ok=True)
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with _log(self.place) as log:
            self._child = spawn(
                [found["postgres"], "-D", self.place.cluster, *options],
                on_our_death=signal.SIGINT,
                account=found.account,
                environment=_environment(),
                folder=Path("/"),
                output=log,
                keep=[self._server.fileno()],
            )
        self._server.let_go()  # the server holds it on
        self._await_connection()
        make_roles_and_database(self.place.owner.as_user(SUPERUSER))

    def _await_the_end_of_the_last_one(self) -> None:
        """A server whose owner was killed is ending by itself; help it if it doesn't."""
        if self._free_within(ORPHAN_S / 3):
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            orphan = _recorded_server(self.place)
            if orphan is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, number)
            if self._free_within(ORPHAN_S / 3):
                return
        raise ServerError(
            f"a server that nobody owns still runs in {self.place.home}: end it, then start again"
        )

    def _free_within(self, seconds: float) -> bool:
        def free_or_asked_to_stop() -> bool:
            return self._server.take() or self._asked_to_stop()

        waited = until(free_or_asked_to_stop, seconds=seconds)
        if self._asked_to_stop():
            raise Interrupted
        return waited

    def _await_connection(self) -> None:
        """Ready is a server that lets us in; after a crash it first recovers."""
        from psycopg import OperationalError, connect

        address = self.place.owner.as_user(SUPERUSER)
        deadline = time.monotonic() + RECOVERY_S
        while True:
            if self._asked_to_stop():
                raise Interrupted
            if not self.alive:
                raise ServerError(
                    f"PostgreSQL ended at once; its log is {self.place.log}: {_last_line(self.place)}"
                )
            try:
                connect(address.url, dbname="postgres", connect_timeout=5).close()
            except OperationalError:
                if time.monotonic() > deadline:
                    raise ServerError(f"PostgreSQL lets nobody in; its log is {self.place.log}") from None
                time.sleep(0.02)
            else:
                return

    def _end_child(self) -> None:
        if self._child is not None:
            end(self._child, ways=WAYS_TO_STOP)
            self._child = None


@contextlib.contextmanager
def running(place: Place, doing: str) -> Iterator[None]:
    """
    A server in ``place`` for a short command: the one that another program runs there, or our own.

    Raises ServerError if the other's can't be reached within the time that recovery may take.
    """
    server = Embedded(place)
    deadline = time.monotonic() + RECOVERY_S
    while True:
        try:
            server.start(doing)
        except InUse:
            if _reachable(place):
                yield
                return
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            break
    try:
        yield
    finally:
        server.stop()


def remove_data(place: Place) -> None:
    """Remove the cluster of a place in which nothing runs. Raises InUse where something does."""
    place.make()
    with Lock(place.home / "owner.lock") as owner, Lock(place.home / "server.lock") as server:
        if not (owner.take() and server.take()):
            raise InUse(place, owner.holder())
        shutil.rmtree(place.cluster, ignore_errors=True)


def _reachable(place: Place) -> bool:
    from psycopg import OperationalError, connect

    try:
        connect(place.web.url, connect_timeout=5).close()
    except OperationalError:
        return False
    return True


def _make_folders(place: Place, found: Programs) -> None:
    """The socket's folder, for its user alone; refuse one that somebody else has put there."""
    uid = found.account.uid if found.account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        place.sockets.mkdir(mode=0o700)
        _hand_over(place.sockets, found)
    kind = place.sockets.lstat()
    if not stat.S_ISDIR(kind.st_mode) or kind.st_uid != uid or stat.S_IMODE(kind.st_mode) != 0o700:
        raise InputError(f"{place.sockets} is not ours alone: remove it, then start again")
    for leftover in place.sockets.glob(".s.PGSQL.*"):
        leftover.unlink()
    closed = [
        folder for folder in (*place.home.parents, *place.sockets.parents) if not _passable(folder, uid)
    ]
    if found.account and closed:
        raise InputError(
            f"PostgreSQL's own user can't enter {closed[0]}: set UNKNOT_DATA to a folder that it can"
        )


def _passable(folder: Path, uid: int) -> bool:
    kind = folder.stat()
    return bool(kind.st_mode & 0o001) or (kind.st_uid == uid and bool(kind.st_mode & 0o100))


def _make_cluster(place: Place, found: Programs) -> None:
    """A new cluster, put in its place in one step: an interrupted one is never used."""
    draft = place.home / "pg18.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _hand_over(draft, found)
    command: list[str | Path] = [
        *(found["initdb"], "-D", draft, "-U", SUPERUSER, "-A", "trust", "--no-instructions"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
    ]
    with _log(place) as log:
        child = spawn(
            command,
            on_our_death=signal.SIGKILL,
            account=found.account,
            environment=_environment(),
            folder=Path("/"),
            output=log,
        )
        try:
            failed = child.wait()
        finally:
            end(child, ways=[(signal.SIGTERM, 2.0)])
    if failed:
        raise ServerError(f"initdb failed; its log is {place.log}: {_last_line(place)}")
    draft.rename(place.cluster)


def _hand_over(folder: Path, found: Programs) -> None:
    if found.account:
        os.chown(folder, found.account.uid, found.account.gid)


def _environment() -> dict[str, str]:
    """Nothing of ours: a stray PGDATA or PGPORT would lead the programs astray."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C"}


@contextlib.contextmanager
def _log(place: Place) -> Iterator[BinaryIO]:
    """PostgreSQL's log, begun anew when it has grown long."""
    grown = place.log.exists() and place.log.stat().st_size > LOG_LIMIT
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if grown else os.O_APPEND)
    with os.fdopen(os.open(place.log, flags, 0o600), "wb") as log:
        yield log


def _last_line(place: Place) -> str:
    lines = place.log.read_text(errors="replace").split("\n") if place.log.exists() else []
    return next((line for line in reversed(lines) if line.strip()), "it said nothing")


def _recorded_server(place: Place) -> int | None:
    """
    The process that runs this cluster, as PostgreSQL wrote it down.

    The server's lock is held, so one of its processes lives; where the kernel shows commands, the
    number is believed only if it is PostgreSQL on this very folder.
    """
    try:
        number = int((place.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    command = Path(f"/proc/{number}/cmdline")
    if Path("/proc/self").exists():
        try:
            return number if os.fsencode(place.cluster) in command.read_bytes() else None
        except OSError:
            return None
    return number
