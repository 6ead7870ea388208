"""The port that the web listens on: free, and ours from the moment we choose it."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket

from unknot.errors import InputError

DEFAULT_PORT = 8000


class PortTaken(InputError):  # noqa: N818 - it reads as what it is
    """Another program listens on this port."""

    def __init__(self, port: int) -> None:
        """Say which port, and what to do."""
        super().__init__(f"port {port} is taken by another program: choose another with --port")


class Reservation:
    """
    A port that no other program can take while we hold it, and our own web server can join.

    The web server shares its port among its workers (SO_REUSEPORT), so without this two of them,
    started at once by one user, would silently share the visitors.
    """

    def __init__(self, host: str, port: int) -> None:
        """Take ``port`` (0: any free one). Raises PortTaken, or InputError for a host that is not ours."""
        self.host = host
        self._sockets = [_bound(host, port)]
        self.port: int = self._sockets[0].getsockname()[1]
        if host == "127.0.0.1":
            # A browser asks `localhost` by IPv6 first: whoever listens there would be shown instead of us.
            try:
                self._sockets.append(_bound("::1", self.port))
            except PortTaken:
                self.close()
                raise
            except InputError:
                pass  # a machine without IPv6
        if hasattr(socket, "SO_REUSEPORT"):
            for held in self._sockets:
                held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
                held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)

    def close(self) -> None:
        """Let the port go."""
        for held in self._sockets:
            held.close()

    @property
    def url(self) -> str:
        """What a person opens in a browser on this machine."""
        local = self.host in {"127.0.0.1", "0.0.0.0", "::", "::1", "localhost"}  # noqa: S104 - compared only
        return f"http://{'localhost' if local else self.host}:{self.port}"


def reserve(host: str, port: int | None) -> Reservation:
    """The port asked for, or the default one, or else any that is free."""
    if port is not None:
        return Reservation(host, port)
    with contextlib.suppress(PortTaken):
        return Reservation(host, DEFAULT_PORT)
    return Reservation(host, 0)


def _bound(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
    except ValueError:
        raise InputError(f"--host {host!r} can't be used: give an IP address of this machine") from None
    made = socket.socket(family)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from None
        raise InputError(f"can't listen on {host}, port {port}: {error.strerror}") from None
    return made
