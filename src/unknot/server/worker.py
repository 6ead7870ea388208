"""The worker: one process that does what is due, letters first."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping

from unknot.server.processes import spawn

# It ends what it is doing; a letter that is cut off is marked as unsure, not sent twice.
WAYS_TO_STOP = ((signal.SIGTERM, 3.0),)


def start(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the worker."""
    command = (sys.executable, "-m", "unknot.web.site.worker")
    return spawn(command, on_our_death=signal.SIGTERM, environment=environment)
