"""The demo: the whole of Unknot on this machine, with a database of its own."""

from __future__ import annotations

import os
import sys

from unknot.server.embedded import remove_data
from unknot.server.places import place
from unknot.server.supervisor import Options, Supervisor

WELCOME = """\
Where it hurts, and the library, need no sign-in.
The demo's people and how to be one of them: {url}/demo/sign-in/
Ctrl-C ends it and leaves nothing running."""


def show(*, host: str, port: int | None) -> None:
    """
    Serve the demo until Ctrl-C; the address is printed once the page answers.

    ``port`` None is the usual one, or any free one where that is taken. A database that the
    environment names is never used: the demo's people must not stand beside real ones.
    """
    if "DATABASE_URL" in os.environ:
        print("unknot: the demo has a database of its own; DATABASE_URL is left alone", file=sys.stderr)  # noqa: T201
    options = Options(doing="unknot demo", host=host, port=port, demo=True, furnish="unknot.demo.network")
    Supervisor(options, say=_welcome).run()


def reset() -> None:
    """Forget all that was done in the demo; the next start makes its network anew."""
    remove_data(place(demo=True))


def _welcome(url: str) -> None:
    print(f"{url}\n{WELCOME.format(url=url)}", flush=True)  # noqa: T201
