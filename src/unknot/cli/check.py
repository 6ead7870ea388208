from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `unknot check`."""
    app.command()(check)


def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check database, mail, disk, licences, appointments, knowledge; exit code 1 if anything is wrong."""
    from unknot.server.checks import findings
    from unknot.server.databases import database

    with database("unknot check") as opened:
        found = findings(opened)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps({"ok": all(f.ok for f in found), "checks": [asdict(f) for f in found]}))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table("check", "", "finding", box=None)
        for finding in found:
            table.add_row(finding.name, "ok" if finding.ok else "[red]wrong[/red]", finding.says)
        Console().print(table)
    if not all(finding.ok for finding in found):
        raise typer.Exit(1)
