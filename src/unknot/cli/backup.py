from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `unknot backup`."""
    app.command()(backup)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Write the whole database to one file that only its owner may read; serving goes on meanwhile."""
    from unknot.server.backups import back_up
    from unknot.server.databases import database

    with database("unknot backup") as opened:
        size = back_up(opened, file)
    typer.echo(f"{file}: {size / 1e6:.1f} MB. It holds every record: keep it as safely as the database.")
    typer.echo(
        "The key is not in it (UNKNOT_SECRET_KEY, or the file `secret` beside the data): keep it apart."
    )
