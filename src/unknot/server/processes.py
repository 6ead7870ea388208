"""Children that end with us, whatever ends us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """The system's user that a child runs as."""

    uid: int
    gid: int


def spawn(
    command: Sequence[str | Path],
    *,
    on_our_death: signal.Signals,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: IO[bytes] | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """
    Start a child in a session of its own, so that Ctrl-C reaches only us, who then stop it in order.

    On Linux the kernel sends it ``on_our_death`` even if we are killed with SIGKILL. ``keep`` are file
    descriptors that it inherits.
    """
    return subprocess.Popen(  # noqa: S603 - our own programs
        [str(part) for part in command],
        start_new_session=True,
        preexec_fn=_death_signal(on_our_death),  # noqa: PLW1509 - we have one thread here
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        pass_fds=tuple(keep),
    )


def _death_signal(number: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None  # the next start finds what was left; see `embedded`
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    us = os.getpid()

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != us:  # we died between the fork and here
            os._exit(1)

    return ask_the_kernel


def end(child: subprocess.Popen[bytes], *, ways: Sequence[tuple[signal.Signals, float]]) -> None:
    """
    End ``child``: each signal in turn, with the seconds to wait for it; last its whole group is killed.

    Its group is killed even if the child itself is gone: a worker may have outlived it.
    """
    for number, seconds in ways:
        if child.poll() is not None:
            break
        child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def until(true: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Wait until something is true, at most ``seconds``; whether it is."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
