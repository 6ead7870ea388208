"""
The command `unknot admin`.

Who looks after an installation: adding administrators.
"""

from __future__ import annotations

from typing import Annotated

import typer

from unknot.errors import InputError


def register(app: typer.Typer) -> None:
    """Add `unknot admin`."""
    admin = typer.Typer(help="Look after administrators.", no_args_is_help=True)
    admin.command()(add)
    admin.callback()(_nothing_by_itself)
    app.add_typer(admin, name="admin")


def _nothing_by_itself() -> None:
    """Look after administrators."""


def add(
    email: Annotated[str, typer.Argument(help="The e-mail address; the account is made if missing.")],
) -> None:
    """Make somebody an administrator."""
    from unknot.server.databases import database
    from unknot.server.migrations import configure_django, unapplied

    with database("unknot admin add") as opened:
        configure_django(opened.web)
        if unapplied():
            raise InputError("the database is not up to date: run `unknot migrate` first")
        from unknot.web.accounts.actions import add_administrator

        user = add_administrator(email)
    typer.echo(f"{user.email} is an administrator; a second factor is asked for after the first sign-in.")
