from __future__ import annotations

from typing import Annotated

import typer

# What changes tables is done by their owner; all else by the role that the web has.
AS_OWNER = frozenset({"migrate", "flush"})


def register(app: typer.Typer) -> None:
    """Add `unknot manage`."""
    app.command(
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
        add_help_option=False,
    )(manage)


def manage(
    command: Annotated[str, typer.Argument(help="One of Django's commands; `help` lists them.")],
    arguments: Annotated[list[str] | None, typer.Argument(help="What the command takes.")] = None,
) -> None:
    """Run a command of Django's, with the database started if it isn't."""
    from unknot.server.databases import database
    from unknot.server.migrations import configure_django, refuse_half_restored

    with database(f"unknot manage {command}") as opened:
        owner = opened.owner if command in AS_OWNER else None
        configure_django(owner or opened.web)
        refuse_half_restored(opened.owner or opened.web)
        _run(command, arguments or [])


def _run(name: str, arguments: list[str]) -> None:
    """Do what Django's own command line does, but end a person's mistake in one line."""
    from django.core.management import ManagementUtility, get_commands, load_command_class
    from django.core.management.base import BaseCommand, CommandError, SystemCheckError

    from unknot.errors import InputError, UnknownId

    if name in {"help", "--help", "-h"}:
        ManagementUtility(["unknot manage", "help", *arguments]).execute()
        return
    known = get_commands()
    if name not in known:
        raise UnknownId("command of Django's", name, known, listed_by="`unknot manage help`")
    where = known[name]
    command = where if isinstance(where, BaseCommand) else load_command_class(where, name)
    try:
        options = vars(command.create_parser("unknot manage", name).parse_args(arguments))
        command.execute(*options.pop("args", ()), **options)
    except SystemCheckError as error:
        command.stderr.write(str(error), lambda text: text)
        raise typer.Exit(1) from None
    except CommandError as error:
        raise InputError(str(error).removeprefix("Error: ")) from None
