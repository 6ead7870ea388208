"""How long reasoning takes, warm and from the shell."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random

import people
from rows import Row, of_times, timed

from unknot.knowledge import load
from unknot.reasoning import reason

TIMES = 200
FROM_SHELL = 9
COMMAND = (
    "reason", "--pain", "temple:left=7", "--pain", "neck_side:left=5",
    "--aggravated-by", "turning the head", "--json",
)  # fmt: skip


def run() -> list[Row]:
    """A dozen neighbouring places must take 10 ms at most, the command 0.7 s."""
    kb = load()
    rng = Random(12)
    reason(people.neighbours(1, rng, kb), kb)  # builds the network
    rows = []
    for places, target in ((1, None), (12, 10), (30, None), (100, None), (len(people.all_places(kb)), None)):
        drawings = [people.neighbours(places, rng, kb) for _ in range(TIMES if places < 100 else 20)]
        seconds = [timed(partial(reason, drawing, kb)) for drawing in drawings]
        rows.append(of_times(f"reason, {places} place{'s' * (places > 1)}", seconds, target))
    return [*rows, of_times("unknot reason, from the shell", _from_shell(), 700)]


def _from_shell() -> list[float]:
    unknot = Path(sys.executable).with_name("unknot")
    return [
        timed(lambda: subprocess.run([unknot, *COMMAND], check=True, stdout=subprocess.DEVNULL))
        for _ in range(FROM_SHELL)
    ]
