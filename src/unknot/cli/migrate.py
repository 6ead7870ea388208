from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `unknot migrate`."""
    app.command()(migrate)


def migrate(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was applied as JSON.")] = False,
) -> None:
    """Make roles and grants, and bring the database up to date, as the owner of its tables."""
    from unknot.server import migrations
    from unknot.server.databases import database

    with database("unknot migrate") as opened:
        applied = migrations.migrate(opened)
    if as_json:
        import json

        typer.echo(json.dumps({"applied": applied}))
    else:
        typer.echo("\n".join(f"applied {name}" for name in applied) or "The database is up to date.")
