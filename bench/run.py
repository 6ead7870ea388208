"""
`make bench`: how quick and how good it is, beside what it must be.

Every other module here with a function ``run() -> list[Row]`` is measured, or only those named on the command
line: ``python bench/run.py reasoning``. Numbers are of this machine, on one thread; they gate nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rows import Row


def main() -> None:
    """Run the benches and print a table of each."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # before a bench imports numpy
    console = Console()
    modules = [path.stem for path in sorted(Path(__file__).parent.glob("*.py")) if path != Path(__file__)]
    benches = {name: bench for name in modules if hasattr(bench := importlib.import_module(name), "run")}
    for name in sys.argv[1:] or benches:
        if name not in benches:
            sys.exit(f"no bench {name!r}; there are {', '.join(benches)}")
        console.print(_table(name, benches[name].run()))


def _table(name: str, rows: list[Row]) -> Table:
    table = Table(title=name, title_justify="left", box=box.SIMPLE_HEAD, header_style="bold")
    table.add_column("What")
    for column in ("Median", "p95", "Target", "Ratio"):
        table.add_column(column, justify="right")
    for row in rows:
        target = "" if row.target is None else f"{'≥' if row.at_least else '≤'} {_number(row.target, row)}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        p95 = "" if row.p95 is None else _number(row.p95, row)
        style = "" if row.is_met else "bold red"
        table.add_row(row.name, _number(row.median, row), p95, target, ratio, style=style)
    return table


def _number(value: float, row: Row) -> str:
    return f"{value:.{1 if value < 100 else 0}f} {row.unit}"


if __name__ == "__main__":
    main()
