from __future__ import annotations

from typing import Annotated

import typer

HOST = typer.Option("--host", help="The IP address to listen on; 0.0.0.0 for every one of this machine.")
PORT = typer.Option("--port", min=1, max=65535, help="The port to listen on.")


def register(app: typer.Typer) -> None:
    """Add `unknot serve`."""
    app.command()(serve)


def serve(host: Annotated[str, HOST] = "127.0.0.1", port: Annotated[int, PORT] = 8000) -> None:
    """Migrate the database, then serve the web until Ctrl-C; prints the address once the page answers."""
    from unknot.server.supervisor import Options, Supervisor

    Supervisor(Options(doing="unknot serve", host=host, port=port, demo=False), say=_say).run()


def _say(url: str) -> None:
    print(url, flush=True)  # noqa: T201
