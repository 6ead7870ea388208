from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from unknot.errors import InputError
from unknot.server import ports
from unknot.server.ports import PortTaken, Reservation, reserve

HERE = "127.0.0.1"


def listening(port: int, *, shared: bool = False) -> socket.socket:
    """A server as granian opens it, or another's that shares nothing."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shared))
    made.bind((HERE, port))
    made.listen()
    return made


@pytest.fixture
def reserved() -> Iterator[Reservation]:
    with closing(Reservation(HERE, 0)) as made:
        yield made


def test_our_workers_join_a_reserved_port(reserved: Reservation) -> None:
    with listening(reserved.port, shared=True), listening(reserved.port, shared=True):
        for _ in range(10):  # every visitor reaches a worker, none the reservation
            socket.create_connection((HERE, reserved.port), timeout=5).close()


def test_two_programs_that_start_at_once_get_two_ports(reserved: Reservation) -> None:
    with pytest.raises(PortTaken, match="choose another with --port"):
        Reservation(HERE, reserved.port)


@pytest.mark.parametrize("shared", [True, False])
def test_a_port_on_which_somebody_listens_is_taken(*, shared: bool) -> None:
    with listening(0, shared=shared) as theirs, pytest.raises(PortTaken):
        Reservation(HERE, theirs.getsockname()[1])


def test_a_port_is_ours_again_right_after_we_served_on_it() -> None:
    """A connection that we closed lingers in the kernel for a minute; that must not matter."""
    with listening(0) as ours:
        port = ours.getsockname()[1]
        with socket.create_connection((HERE, port)) as visitor:
            ours.accept()[0].close()
            visitor.recv(1)
    Reservation(HERE, port).close()


def test_what_a_browser_would_ask_first_must_be_free_too() -> None:
    try:
        theirs = ports._bound("::1", 0)
    except InputError:
        pytest.skip("this machine has no IPv6")
    with theirs:
        theirs.listen()
        with pytest.raises(PortTaken):
            Reservation(HERE, theirs.getsockname()[1])


def test_the_default_is_left_for_a_free_one(monkeypatch: pytest.MonkeyPatch, reserved: Reservation) -> None:
    monkeypatch.setattr(ports, "DEFAULT_PORT", reserved.port)
    with closing(reserve(HERE, None)) as other:
        assert other.port != reserved.port
    with pytest.raises(PortTaken):
        reserve(HERE, reserved.port)


def test_the_address_is_what_a_browser_here_opens(reserved: Reservation) -> None:
    assert reserved.url == f"http://localhost:{reserved.port}"


@pytest.mark.parametrize("host", ["example.org", "203.0.113.7"])
def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(InputError, match=r"--host|can't listen on"):
        Reservation(host, 0)
