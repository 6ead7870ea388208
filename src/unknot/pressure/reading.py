"""
A force trace read from a file: columns `time_s` and `force_n`, as sensors and spreadsheets write them.

What can be read for certain is read: any order of columns, others beside them, comments, commas, semicolons
or tabs between cells, decimal commas, quotation marks, a byte order mark. What can't is refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from math import nan
from typing import NamedTuple, NoReturn

import numpy as np

from unknot.errors import InputError
from unknot.pressure.trace import Floats, Trace, trace_of

SEPARATORS = ";\t,"
COMMENTS = ("#", "%", "//", "sep=", '"sep=')
"""The last two are what a spreadsheet writes before all else, to say what stands between cells."""
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--"})
INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE | re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
COLUMN = re.compile(r"(time|force)(?:[\s_/,.-]*[\[(]?\s*([^\W\d_]*)\s*[\])]?)", re.IGNORECASE)
UNITS = {
    "time": frozenset({"s", "sec", "secs", "second", "seconds"}),
    "force": frozenset({"n", "newton", "newtons"}),
}
WANTED = {"time": "`time_s`, in seconds", "force": "`force_n`, in newtons"}


class Rows(NamedTuple):
    """The lines that are no comment, as cells, with the number of each in the file."""

    numbers: list[int]
    cells: list[list[str]]


def read_trace(content: bytes) -> Trace:
    r"""
    The trace that a file holds.

    Raises InputError, with the line where there is one, for what is no text, has another unit, mixes decimal
    points and commas, has a word for a number, or is no trace (see `trace_of`).

    >>> read_trace(b"force_n;time_s\n12,5;0,0\n12,6;0,1\n").force_n.tolist()
    [12.5, 12.6]
    """
    header, rows = _rows(text_of(content))
    time, force = _column("time", header), _column("force", header)
    _check_width(rows, len(header))
    times, forces = _cells(rows, time), _cells(rows, force)
    plain = _plain(times + forces)
    values = (_numbers([plain(cell) for cell in cells], rows.numbers) for cells in (times, forces))
    return trace_of(*values, lines=rows.numbers)


# From bytes to cells


def text_of(content: bytes) -> str:
    """The text of a file, by whichever encoding it has. Raises InputError for what is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(content, "utf-16")
    else:
        text = _decoded(content, "utf-8-sig")
    if CONTROL.search(text):
        _refuse_bytes()
    return text


def _decoded(content: bytes, encoding: str) -> str:
    """The text; what is no UTF-8 may be a spreadsheet's older encoding, where numbers are the same."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            _refuse_bytes()
        return content.decode("latin-1")


def _refuse_bytes() -> NoReturn:
    raise InputError("the trace is not text: give a file of lines with the columns time_s and force_n")


def _rows(text: str) -> tuple[list[str], Rows]:
    """The header's cells and the rows below it."""
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if (bare := line.strip()) and not bare.startswith(COMMENTS)
    ]
    if not numbered:
        raise InputError("the trace is empty: its first line names the columns time_s and force_n")
    numbers, lines = [number for number, _ in numbered], [line for _, line in numbered]
    separator = max(SEPARATORS, key=lines[0].count)
    header, *cells = _split(lines, separator)
    return [cell.strip() for cell in header], Rows(numbers[1:], cells)


def _split(lines: list[str], separator: str) -> list[list[str]]:
    if not any('"' in line for line in lines):
        return [line.split(separator) for line in lines]
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:
        rows = []
    if len(rows) != len(lines):
        raise InputError("a quotation mark is not closed in its line")
    return rows


# The columns


def _column(kind: str, header: list[str]) -> int:
    """Where the column stands that names a kind of value and the unit that is wanted."""
    named = {
        place: (match[2] or "").lower()
        for place, cell in enumerate(header)
        if (match := COLUMN.fullmatch(cell)) and match[1].lower() == kind
    }
    fitting = [place for place, unit in named.items() if unit in UNITS[kind]]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise InputError(f"the column {WANTED[kind]}, stands there {len(fitting)} times: leave one")
    for place, unit in named.items():
        _refuse_unit(kind, header[place], unit)
    raise InputError(f"no column {WANTED[kind]}; the first line names {_listed(header)}")


def _refuse_unit(kind: str, name: str, unit: str) -> NoReturn:
    what = f"is in {unit}" if unit else "names no unit"
    raise InputError(f"the column {name!r} {what}: what is wanted is {WANTED[kind]}")


def _listed(header: list[str]) -> str:
    listed = ", ".join(repr(cell[:40]) for cell in header[:5])
    return f"{listed} and {len(header) - 5} more" if len(header) > 5 else listed


def _check_width(rows: Rows, width: int) -> None:
    for number, cells in zip(*rows, strict=True):
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise InputError(
                f"line {number} has {len(cells)} cells for {width} columns; "
                "where commas are decimal, put semicolons between cells"
            )


# The numbers


def _cells(rows: Rows, place: int) -> list[str]:
    """A column's cells; a line that stops before it has none."""
    return [cells[place] if place < len(cells) else "" for cells in rows.cells]


def _plain(cells: list[str]) -> Callable[[str], str]:
    """How a cell is written with a decimal point."""
    if not any("," in cell for cell in cells):
        return str.strip
    if any("." in cell for cell in cells):
        raise InputError("some numbers have a decimal comma and others a point: which is it?")
    return lambda cell: cell.replace(",", ".", 1).strip()


def _numbers(cells: list[str], lines: list[int]) -> Floats:
    """The values of cells, all at once where each has one; Python alone would take 1_5 for a number."""
    try:
        if "_" not in "".join(cells):
            return np.array(list(map(float, cells)))
    except ValueError:
        pass
    return np.array([_number(cell, line) for cell, line in zip(cells, lines, strict=True)], dtype=np.float64)


def _number(cell: str, line: int) -> float:
    """A cell's value; not a number where it is empty."""
    if NUMBER.fullmatch(cell):
        return float(cell)
    if cell.lower() in NOTHING or INFINITE.fullmatch(cell):
        return nan
    raise InputError(f"line {line}: {cell[:40]!r} is no number")
