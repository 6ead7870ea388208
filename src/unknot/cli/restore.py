from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `unknot restore`."""
    app.command()(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `unknot backup` wrote.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Let what the database holds now go.")] = False,
) -> None:
    """Bring a backup back and migrate it; nothing may be served meanwhile."""
    from unknot.server import backups
    from unknot.server.databases import database_alone

    with database_alone("unknot restore") as opened:
        applied = backups.restore(opened, file, replace=replace)
    typer.echo(f"{file} is restored.")
    for name in applied:
        typer.echo(f"applied {name}")
