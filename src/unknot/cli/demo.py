from __future__ import annotations

import os
from typing import Annotated

import typer

from unknot.cli.serve import HOST


def register(app: typer.Typer) -> None:
    """Add `unknot demo`."""
    app.command()(demo)


def demo(
    host: Annotated[str, HOST] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65535, help="The port to listen on [default: 8000, or a free one]."
        ),
    ] = None,
) -> None:
    """Show it all on this machine, with a database of its own; prints the address once the page answers."""
    from unknot.server.supervisor import Options, Supervisor

    if "DATABASE_URL" in os.environ:
        typer.echo("unknot: the demo keeps to a database of its own; DATABASE_URL is not touched", err=True)
    Supervisor(Options(doing="unknot demo", host=host, port=port, demo=True), say=_say).run()


def _say(url: str) -> None:
    print(f"{url}\nThis part needs no sign-in. Ctrl-C ends it and leaves nothing running.", flush=True)  # noqa: T201
