"""How long a person waits for a command, from the shell, beside a Python that does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rows import Row, in_turn, of_times

ROUNDS = 11
REASON_MS, OTHER_MS = 700, 400
NOTHING = "python -c pass"

DRAWING = {
    "regions": {"temple:left": 7, "neck_side:left": 5, "low_back:right": 4},
    "aggravated_by": ["turning the head"],
}
ANSWERS = {"facts": {"age": 44, "sex": "female", "conditions": ["hypertension"]}, "answered": ["booking"]}


def run() -> list[Row]:
    """Whole processes, in turn."""
    with tempfile.TemporaryDirectory(prefix="unknot-bench-") as folder:
        drawing, answers = Path(folder, "drawing.json"), Path(folder, "answers.json")
        drawing.write_text(json.dumps(DRAWING))
        answers.write_text(json.dumps(ANSWERS))
        commands = _commands(str(drawing), str(answers))
        calls: dict[str, Callable[[], object]] = {NOTHING: partial(_run, sys.executable, "-c", "pass")}
        unknot = str(Path(sys.executable).with_name("unknot"))
        calls |= {f"unknot {name}": partial(_run, unknot, *words) for name, words in commands.items()}
        in_turn(calls, 1)  # compiles what is not compiled yet
        taken = in_turn(calls, ROUNDS)
    nothing = of_times(NOTHING, taken.pop(NOTHING))
    return [
        *(
            of_times(name, seconds, REASON_MS if " reason" in name else OTHER_MS).beside_row(nothing)
            for name, seconds in taken.items()
        ),
        nothing,
    ]


def _commands(drawing: str, answers: str) -> dict[str, tuple[str, ...]]:
    """Each command by the name it has in the table."""
    pains = ("--pain", "temple:left=7", "--pain", "neck_side:left=5", "--aggravated-by", "turning the head")
    return {
        "reason --pain … --json": ("reason", *pains, "--json"),
        "reason drawing.json": ("reason", drawing),
        "screen answers.json --json": ("screen", answers, "--json"),
        "screen --questions --json": ("screen", "--questions", "--json"),
        "plan drawing.json answers.json": ("plan", drawing, answers),
        "plan drawing.json answers.json --json": ("plan", drawing, answers, "--json"),
        "knowledge show muscle infraspinatus": ("knowledge", "show", "muscle", "infraspinatus"),
        "knowledge show region temple --json": ("knowledge", "show", "region", "temple", "--json"),
        "knowledge list rules": ("knowledge", "list", "rules"),
        "knowledge check": ("knowledge", "check"),
        "--help": ("--help",),
    }


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
