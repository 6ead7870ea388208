"""
The command `unknot`.

Only the module of the command that was asked for is imported, so that every command starts quickly.
"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from unknot.errors import InputError, UnknotError

NOT_AS_GIVEN = 2
COLLECT_EVERY = 50_000
"""Facts are read by the ten thousand and none of them is garbage: looking at them less saves a tenth."""


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does in a line, and the module whose ``register(app)`` adds it."""

    name: str
    help: str

    @property
    def module(self) -> str:
        """Where the command is written."""
        return f"unknot.cli.{self.name}"


COMMANDS = (
    Command("reason", "Rank the trigger points that explain a pain, with reasons."),
    Command("screen", "Say whether a massage is safe, and how to adapt it."),
    Command("plan", "Plan a course of treatment: sessions, holds, home care."),
    Command("slots", "List the free slots of a schedule: hours, overrides, busy times."),
    Command("outcomes", "Say whether it gets better, by more than noise, and what follows."),
    Command("pressure", "Find the holds of a force trace: how long, how strong, how steady."),
    Command("knowledge", "Read and check the knowledge base."),
    Command("demo", "Show it all on this machine, with a database of its own."),
    Command("serve", "Migrate the database, then serve the web."),
    Command("migrate", "Make roles and grants, and bring the database up to date."),
    Command("admin", "Add administrators."),
    Command("check", "Check database, mail, disk, licences, appointments and knowledge."),
    Command("backup", "Write the whole database to one file."),
    Command("restore", "Bring a backup back."),
    Command("manage", "Run a command of Django's."),
)


def build(asked: str | None) -> typer.Typer:
    """The command line, with the command that was ``asked`` for in full and the others by name."""
    app = typer.Typer(
        name="unknot",
        help="From where it hurts to a safe, planned and measured course of treatment.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_unknot)
    for command in COMMANDS:
        if command.name == asked:
            import_module(command.module).register(app)
        else:
            app.command(command.name, help=command.help)(_another_one)
    return app


def main() -> None:
    """Run the command line; a person's mistake ends in one line on stderr and exit code 2."""
    gc.set_threshold(COLLECT_EVERY)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # starting more takes longer than our small tables do
    arguments = sys.argv[1:]
    asked = next((word for word in arguments if not word.startswith("-")), None)
    try:
        code = typer.main.get_command(build(asked))(arguments, prog_name="unknot", standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        _refuse(str(error))
    except typer.TyperException as error:
        _refuse(error.format_message())
    except UnknotError as error:
        sys.stderr.write(f"unknot: {' '.join(str(error).split())}\n")
        sys.exit(1)
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(f"unknot: {' '.join(message.split())}\n")
    sys.exit(NOT_AS_GIVEN)


def _unknot(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,  # noqa: FBT002
) -> None:
    if version:
        from unknot import __version__

        typer.echo(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise InputError("say which command; `unknot --help` lists them")


def _another_one() -> None:
    """Stand for a command that was not asked for, in the help and in suggestions."""


if __name__ == "__main__":
    main()
