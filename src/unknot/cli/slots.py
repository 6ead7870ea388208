"""
The command `unknot slots`.

When is there time: the starts of the free slots of a schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from unknot.cli import given

if TYPE_CHECKING:
    from rich.table import Table

    from unknot.scheduling import Schedule


def register(app: typer.Typer) -> None:
    """Add `unknot slots`."""
    app.command()(slots)


def slots(
    schedule: Annotated[str, typer.Argument(help="A file of a schedule as JSON; - reads stdin.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,  # noqa: FBT002
) -> None:
    """List the free slots of a schedule."""
    import json
    from datetime import UTC, datetime

    from unknot.scheduling import schedule_from_json, slots_of

    read = schedule_from_json(given.content(schedule))
    starts = slots_of(read)
    if as_json:
        instants = [f"{datetime.fromtimestamp(start, UTC):%Y-%m-%dT%H:%M:%SZ}" for start in starts]
        typer.echo(json.dumps({"slots": instants}))
        return
    from rich.console import Console

    console = Console()
    if starts:
        console.print(_by_day(read, starts))
    else:
        console.print("No free slot on these dates.")


def _by_day(schedule: Schedule, starts: tuple[int, ...]) -> Table:
    """A row a date, by the wall clock of the schedule's zone."""
    from datetime import datetime
    from itertools import groupby
    from zoneinfo import ZoneInfo

    from rich import box
    from rich.table import Table

    zone = ZoneInfo(schedule.calendar.zone)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("Date")
    table.add_column(f"Starts ({schedule.calendar.zone})", overflow="fold")
    local = (datetime.fromtimestamp(start, zone) for start in starts)
    for day, times in groupby(local, key=lambda t: f"{t:%a} {t.date()}"):
        table.add_row(day, "  ".join(f"{t:%H:%M}" for t in times))
    return table
