"""The shell of every command: one line for a mistake, nothing imported that isn't asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from unknot.cli.main import COMMANDS, Command

PROGRAM = [sys.executable, "-m", "unknot.cli.main"]
HEAVY = ("django", "numpy", "psycopg", "rich", "msgspec", "granian", "unknot.knowledge", "unknot.server")

WHAT_IS_IMPORTED = """
import json, sys
from unknot.cli.main import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)))
"""

MISTAKES = [
    ([], "say which command"),
    (["nosuch"], "No such command 'nosuch'"),
    (["serv"], "Did you mean 'serve'?"),
    (["--nosuch"], "No such option"),
    (["serve", "--port", "eighty"], "--port"),
    (["serve", "--port", "70000"], "--port"),
    (["serve", "--port"], "--port"),
    (["serve", "--host", "example.org"], "give an IP address"),
    (["demo", "now"], "now"),
    (["check", "--nosuch"], "No such option"),
    (["migrate", "everything"], "everything"),
    (["manage"], "command"),
    (["manage", "nosuch"], "unknown command of Django's 'nosuch'"),
    (["manage", "migrate", "nosuch"], "nosuch"),
    (["manage", "check", "--nosuch"], "--nosuch"),
]


@pytest.mark.parametrize(("arguments", "says"), MISTAKES)
def test_a_mistake_gets_one_line_and_exit_code_2(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch, home: object
) -> None:
    monkeypatch.setenv("UNKNOT_DATA", str(home))
    done = subprocess.run([*PROGRAM, *arguments], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("unknot: ")
    assert says in done.stderr


def imported(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", WHAT_IS_IMPORTED, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["nosuch"], ["serve", "--help"]])
def test_nothing_heavy_is_imported_without_need(arguments: list[str]) -> None:
    assert imported(*arguments).isdisjoint(HEAVY)


def test_the_help_names_every_command() -> None:
    told = subprocess.run([*PROGRAM, "--help"], check=True, capture_output=True, text=True).stdout
    assert all(f"  {command.name} " in told and command.help[:20] in told for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_wired_in(command: Command) -> None:
    told = subprocess.run([*PROGRAM, command.name, "--help"], check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        ["bash", "-c", 'set -o pipefail; "$@" | true', "-", *PROGRAM, "--help"], stderr=subprocess.PIPE
    ) as shell:
        assert shell.communicate()[1] == b""


def test_an_error_of_ours_shows_where_it_is() -> None:
    broken = "import unknot.cli.main as m; m.build = lambda _: 1 / 0; m.main()"
    done = subprocess.run([sys.executable, "-c", broken], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" in done.stderr


def test_the_version_is_the_packages() -> None:
    from unknot import __version__

    told = subprocess.run([*PROGRAM, "--version"], check=True, capture_output=True, text=True)
    assert told.stdout == f"{__version__}\n"
