"""The web's processes: granian with a few workers of a few threads each."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
from collections.abc import Mapping

from unknot.server.ports import Reservation
from unknot.server.processes import spawn

WORKERS = 2
THREADS = 2  # each holds a connection to PostgreSQL; granian's own default would exhaust it

# Finish what was asked, then leave; a worker that doesn't is killed by its parent, and all of them by us.
WAYS_TO_STOP = ((signal.SIGTERM, 7.0),)
KILL_A_WORKER_AFTER_S = 6  # a busy machine needs more than two for a request that is on its way


def start(port: Reservation, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the web on a reserved port."""
    command = [
        *(sys.executable, "-m", "granian", "unknot.web.site.wsgi:application"),
        *("--interface", "wsgi", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"),
        *("--host", port.host, "--port", str(port.port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--workers-kill-timeout", str(KILL_A_WORKER_AFTER_S)),
    ]
    return spawn(command, on_our_death=signal.SIGTERM, environment=environment)


def answers(port: Reservation, path: str, *, name: str) -> int | None:
    """The status with which the web, asked by one of its names, answers a GET; None while it doesn't."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(port.host, port.host)  # noqa: S104 - compared only
    connection = http.client.HTTPConnection(host, port.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
