"""Running Unknot's programs in processes of their own, as its owner, as root, or as an ordinary user."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg

from unknot.server.places import Place
from unknot.server.processes import until

NOBODY = 65534

OWNER_OF_A_SERVER = """
import sys, time
from pathlib import Path
from unknot.server.embedded import Embedded
from unknot.server.places import Place
home = Path(sys.argv[1])
server = Embedded(Place(home, home / "run"))
server.start("a test")
print(server.process, flush=True)
sys.stdin.read()
server.stop()
"""


def place_in(home: Path) -> Place:
    return Place(home, home / "run")


@contextlib.contextmanager
def owner_of_a_server(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another program that owns a server, and the process id of that server; killed at the end."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER_OF_A_SERVER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout
    assert owner.stdin
    try:
        yield owner, int(owner.stdout.readline())
    finally:
        owner.kill()
        owner.wait()
        owner.stdin.close()
        owner.stdout.close()


@contextlib.contextmanager
def unknot(
    *arguments: str, environment: Mapping[str, str], python: str = sys.executable, user: int | None = None
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """`unknot …` in a process group of its own, and the file of its output; ended at the end."""
    output = Path(environment["OUTPUT"])
    with output.open("wb") as sink:
        program = subprocess.Popen(
            [python, "-c", "from unknot.cli.main import main; main()", *arguments],
            env={"PATH": os.environ["PATH"], **environment},
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            cwd="/",
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    try:
        yield program, output
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGTERM)
        program.wait(15)


def address_in(program: subprocess.Popen[str], output: Path) -> str:
    """The address that the program prints, once it does."""

    def addresses() -> list[str]:
        return [line for line in output.read_text().split("\n")[:-1] if line.startswith("http://")]

    soon(lambda: bool(addresses()) or program.poll() is not None, seconds=120)
    assert addresses(), output.read_text()
    return addresses()[0]


def alive(process: int) -> bool:
    """Whether a process runs; one that is dead and only waits to be noticed does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def naming(folder: Path) -> list[int]:
    """The processes whose command line or environment names a folder: all that belongs to its program."""
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if os.fsencode(folder) in told and alive(int(process.name)):
                found.append(int(process.name))
    return found


def soon(true: Callable[[], bool], *, seconds: float = 10.0) -> bool:
    return until(true, seconds=seconds, every=0.05)


def write_a_row(place: Place) -> str:
    """Commit some words that were never there before, and return them."""
    words = secrets.token_hex()
    with psycopg.connect(place.owner.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (words text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [words])
    return words


def is_kept(place: Place, words: str) -> bool:
    with psycopg.connect(place.owner.url) as connection:
        return connection.execute("SELECT 1 FROM kept WHERE words = %s", [words]).fetchone() is not None
