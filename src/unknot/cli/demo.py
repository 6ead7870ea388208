from __future__ import annotations

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
    *,
    reset: Annotated[
        bool, typer.Option("--reset", help="Forget all that was done in the demo, and end.")
    ] = False,
) -> None:
    """Show it all on this machine, with a database of its own; prints the address once the page answers."""
    from unknot import demo as the_demo

    if reset:
        the_demo.reset()
        typer.echo("The demo is as new.")
        return
    the_demo.show(host=host, port=port)
