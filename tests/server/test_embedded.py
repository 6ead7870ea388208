from __future__ import annotations

import contextlib
import os
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from programs import alive, is_kept, naming, owner_of_a_server, place_in, soon, write_a_row

from unknot.errors import InputError
from unknot.server.embedded import Embedded, Interrupted, InUse, ServerError, running
from unknot.server.places import Place


@pytest.fixture
def server(home: Path) -> Iterator[Embedded]:
    made = Embedded(place_in(home))
    yield made
    made.stop()


def test_it_starts_stops_and_keeps_what_was_committed(empty_home: Path) -> None:
    server = Embedded(place_in(empty_home))
    server.start("a test")
    words = write_a_row(server.place)
    server.stop()
    assert naming(empty_home) == []
    with running(place_in(empty_home), "a test"):
        assert is_kept(server.place, words)


def test_only_its_owner_comes_near(server: Embedded, home: Path) -> None:
    server.start("a test")
    place = server.place
    closed = [place.cluster, place.sockets, place.sockets / ".s.PGSQL.5432"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in closed] == [0o700] * 3
    assert stat.S_IMODE(place.log.stat().st_mode) == 0o600
    with psycopg.connect(place.owner.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not _listens_on_tcp(server.process)


def _listens_on_tcp(process: int | None) -> bool:
    sockets = set()
    for number in os.listdir(f"/proc/{process}/fd"):  # noqa: PTH208 - one look; ours closes as we go
        with contextlib.suppress(FileNotFoundError):
            sockets.add(str(Path(f"/proc/{process}/fd/{number}").readlink()))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(f"socket:[{row[9]}]" in sockets for row in rows)


def test_the_check_for_tcp_can_fail() -> None:
    with socket.create_server(("127.0.0.1", 0)):
        assert _listens_on_tcp(os.getpid())


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT ROOT: what root does is untested in this run")
def test_as_root_it_runs_as_a_system_user_of_its_own(server: Embedded) -> None:
    server.start("a test")
    status = Path(f"/proc/{server.process}/status").read_text()
    uid = int(status.split("Uid:")[1].split()[0])
    assert uid not in {0, os.getuid()}
    assert server.place.cluster.stat().st_uid == uid


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT ROOT: what root does is untested in this run")
def test_as_root_a_closed_folder_is_named_and_left_as_it_is(empty_home: Path) -> None:
    closed = empty_home.parent
    closed.chmod(0o700)
    with pytest.raises(InputError, match=f"can't enter {closed}: set UNKNOT_DATA"):
        Embedded(place_in(empty_home)).start("a test")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_folder_with_a_space(empty_home: Path) -> None:
    server = Embedded(place_in(empty_home / "my own data's"))
    server.start("a test")
    try:
        write_a_row(server.place)
    finally:
        server.stop()


def test_the_second_program_is_told_who_has_the_folder(server: Embedded, home: Path) -> None:
    server.start("unknot serve")
    with pytest.raises(InUse, match=r"'unknot serve' \(process \d+\): stop it first, or set UNKNOT_DATA"):
        Embedded(server.place).start("unknot demo")
    assert server.alive


def test_a_short_command_shares_the_server_of_another_program(server: Embedded) -> None:
    server.start("unknot serve")
    words = write_a_row(server.place)
    with running(server.place, "unknot check"):
        assert is_kept(server.place, words)
    assert server.alive
    assert is_kept(server.place, words)


def test_a_short_command_alone_brings_its_own_and_leaves_nothing(home: Path) -> None:
    with running(place_in(home), "unknot check"):
        write_a_row(place_in(home))
    assert naming(home) == []


def test_after_kill_9_of_the_server_its_owner_starts_it_again(server: Embedded) -> None:
    server.start("a test")
    words = write_a_row(server.place)
    assert server.process
    os.kill(server.process, signal.SIGKILL)
    assert soon(lambda: not server.alive)
    server.restart()
    assert is_kept(server.place, words)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_however_its_owner_ends_nothing_is_left_or_lost(home: Path, number: signal.Signals) -> None:
    with owner_of_a_server(home) as (owner, process):
        words = write_a_row(place_in(home))
        owner.send_signal(number)
        owner.wait(10)
        assert soon(lambda: not alive(process))
    server = Embedded(place_in(home))
    server.start("a test")
    try:
        assert is_kept(server.place, words)
    finally:
        server.stop()


def test_after_kill_9_of_both_at_once_the_next_start_recovers(home: Path) -> None:
    with owner_of_a_server(home) as (owner, process):
        words = write_a_row(place_in(home))
        owner.send_signal(signal.SIGSTOP)  # so that it can't tidy up
        os.kill(process, signal.SIGKILL)
        owner.kill()
        owner.wait()
    with running(place_in(home), "a test"):
        assert is_kept(place_in(home), words)


def test_a_server_that_nobody_owns_is_ended_by_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a system whose kernel tells no child of its parent's death."""
    monkeypatch.setattr("unknot.server.processes._death_signal", lambda _number: None)
    monkeypatch.setattr("unknot.server.embedded.ORPHAN_S", 1.5)
    abandoned, server = Embedded(place_in(home)), Embedded(place_in(home))
    abandoned.start("a test")
    words = write_a_row(abandoned.place)
    abandoned._owner.let_go()  # what the kernel does when the owner is killed
    server.start("a test")
    try:
        assert not abandoned.alive
        assert is_kept(server.place, words)
    finally:
        server.stop()


def test_a_process_id_that_was_given_to_another_does_no_harm(server: Embedded) -> None:
    """After a restart of the machine the number that PostgreSQL wrote down may be anybody's: say, ours."""
    server.start("a test")
    words = write_a_row(server.place)
    written = (server.place.cluster / "postmaster.pid").read_text()
    assert server.process
    os.kill(server.process, signal.SIGKILL)
    assert soon(lambda: not server.alive)
    stale = written.replace(str(server.process), str(os.getppid()), 1)
    (server.place.cluster / "postmaster.pid").write_text(stale)
    server.restart()
    assert is_kept(server.place, words)
    assert alive(os.getppid())


def test_a_first_start_that_was_interrupted_is_begun_anew(empty_home: Path) -> None:
    place = place_in(empty_home)
    place.make()
    (empty_home / "pg18.new").mkdir()
    (empty_home / "pg18.new" / "PG_VERSION").touch()
    with running(place, "a test"):
        assert not (empty_home / "pg18.new").exists()


def test_a_server_that_cannot_start_says_why_and_gives_the_folder_up(home: Path) -> None:
    wrong = Embedded(place_in(home), settings={"shared_buffers": "nonsense"})
    with pytest.raises(ServerError, match=r"its log is .*: .*nonsense"):
        wrong.start("a test")
    with running(place_in(home), "a test"):
        write_a_row(place_in(home))


def test_whoever_is_asked_to_stop_waits_for_no_recovery(home: Path) -> None:
    server = Embedded(place_in(home), asked_to_stop=lambda: True)
    with pytest.raises(Interrupted):
        server.start("a test")
    assert not server.alive


@pytest.mark.parametrize("trap", ["open", "link", "file"])
def test_a_socket_folder_of_somebody_else_is_refused(home: Path, tmp_path: Path, trap: str) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(home / "run")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is not ours alone: remove it"):
        Embedded(Place(home, tmp_path / trap)).start("a test")


def test_what_a_person_typed_is_not_in_the_log(server: Embedded) -> None:
    server.start("a test")
    with psycopg.connect(server.place.owner.url, autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE email (it text UNIQUE)")
        connection.execute("INSERT INTO email VALUES ('alice@example.org')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO email VALUES ('alice@example.org')")
    log = server.place.log.read_text()
    assert "duplicate key" in log
    assert "alice" not in log
