"""
`make bench`: how quick and how good it is, beside what it must be.

Every other module here with a function ``run() -> list[Row]`` is measured, or only those named on the command
line: ``python bench/run.py reasoning``. Numbers are of this machine and this minute, on one thread; they gate
nothing. What else the machine does changes them, so each is set beside another of the same run.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rows import Row

COLUMNS = ("Median", "p95", "Target", "Of it", "A second")


def main() -> None:
    """Run the benches and print one table."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # before a bench imports numpy
    console = Console(width=None if sys.stdout.isatty() else 130)
    modules = [path.stem for path in sorted(Path(__file__).parent.glob("*.py")) if path != Path(__file__)]
    benches = {name: bench for name in modules if hasattr(bench := importlib.import_module(name), "run")}
    asked = sys.argv[1:] or list(benches)
    for name in asked:
        if name not in benches:
            sys.exit(f"no bench {name!r}; there are {', '.join(benches)}")
    measured = {}
    load = os.getloadavg()[0]
    with console.status("") as status:
        for name in asked:
            status.update(f"Measuring {name}")
            measured[name] = benches[name].run()
    console.print(_table(measured))
    console.print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load at the start {load:.1f}; "
        "a line is marked where the target is missed."
    )


def _table(measured: dict[str, list[Row]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("What", overflow="fold")
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("Beside", overflow="fold")
    for name, rows in measured.items():
        table.add_row(f"[bold]{name}[/bold]")
        for row in rows:
            table.add_row(*_cells(row), style="" if row.is_met else "bold red")
        table.add_section()
    return table


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"  {row.name}" if row.is_met else f"! {row.name}",
        _measure(row.median, row),
        "" if row.p95 is None else _measure(row.p95, row),
        "" if row.target is None else f"{'≥' if row.at_least else '≤'} {_measure(row.target, row)}",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "" if row.a_second is None else _number(row.a_second),
        "" if row.beside is None else f"{_number(row.median / row.beside.median)} x {row.beside.name}",
    )


def _measure(value: float, row: Row) -> str:
    return f"{_number(value)} {row.unit}"


def _number(value: float) -> str:
    """Three digits that say something, as a person writes them."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:,.{digits}f}"


if __name__ == "__main__":
    main()
