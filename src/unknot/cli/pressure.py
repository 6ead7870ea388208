"""
The command `unknot pressure`.

Was the pressure steady and long enough: the holds of a force trace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from unknot.cli import given
from unknot.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from unknot.pressure import Reading, Target

LONGEST_TRACE = 20_000_000
"""Ten minutes at 1000 samples a second, in a clock of the epoch."""
RANGE = re.compile(r"([0-9.]+)\s*(?:-|–|\.\.|to|:)\s*([0-9.]+)\s*s?")  # noqa: RUF001 - as people write it


def register(app: typer.Typer) -> None:
    """Add `unknot pressure`."""
    app.command()(pressure)


def pressure(
    trace: Annotated[str, typer.Argument(help="A file with the columns time_s and force_n; - reads stdin.")],
    target: Annotated[
        str, typer.Option(help="How long a hold should last, in seconds, both included.")
    ] = "10-30",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Find the holds of a force trace: how long, how strong, how steady."""
    from unknot.pressure import find_holds, read_trace

    wanted = _target(target)
    reading = find_holds(read_trace(given.content(trace, LONGEST_TRACE)), wanted)
    if as_json:
        _print_json(reading)
        return
    from rich.console import Console

    console = Console()
    console.print(_table(reading, wanted) if reading.holds else "No hold in this trace.")
    for warning in reading.warnings:
        console.print(f"Note: {warning}.", markup=False, highlight=False)


def _target(text: str) -> Target:
    from unknot.pressure import Target

    try:
        least, most = map(float, RANGE.fullmatch(text.strip()).groups())  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise InputError(f"--target is a range of seconds such as 10-30, not {text!r}") from None
    return Target(least, most)


def _print_json(reading: Reading) -> None:
    """Times to a millisecond and forces to a thousandth: no sensor knows more."""
    import json

    import msgspec

    holds = [
        {name: round(value, 3) if type(value) is float else value for name, value in hold.items()}
        for hold in msgspec.to_builtins(reading.holds)
    ]
    typer.echo(json.dumps({"holds": holds, "warnings": reading.warnings}, ensure_ascii=False))


def _table(reading: Reading, target: Target) -> Table:
    """A row a hold, in the trace's own clock."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in ("Start (s)", "End (s)", "Seconds", "Mean (N)"):
        table.add_column(column, justify="right")
    table.add_column("Steadiness")
    table.add_column(f"Within {target.least_s:g}-{target.most_s:g} s")
    for hold in reading.holds:
        table.add_row(
            *(f"{value:.1f}" for value in (hold.start_s, hold.end_s, hold.seconds, hold.mean_n)),
            hold.steadiness,
            "yes" if hold.within_target else "no",
        )
    return table
