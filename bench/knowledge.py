"""How long the knowledge base takes: by part, as a whole, and beside its files merely parsed."""

from __future__ import annotations

import subprocess
import sys

from rows import Row, of_times

from unknot.knowledge.reading import DATA

ROUNDS = 11
TARGET_MS = 150

IMPORTED = "from unknot.knowledge import load; kb = load()"
WORDS = ("labels", "phrases", "rules_es")
ALL = f"from unknot.knowledge.crossing import PARTS; [getattr(kb, part) for part in (*PARTS, *{WORDS})]"
FILES = f"[f.read_text('utf-8') for f in Path({str(DATA)!r}).rglob('*.toml')]"
PARSED = f"from pathlib import Path; [parser.loads(text) for text in {FILES}]"

PLAIN = "its files, parsed by tomllib"
WAYS = {
    "import, nothing read": IMPORTED,
    "import, one part read: muscles": f"{IMPORTED}; kb.muscles",
    "import, one part read: rules": f"{IMPORTED}; kb.rules",
    "import, all parts read and checked": f"{IMPORTED}; {ALL}",
    PLAIN: f"import tomllib as parser; {PARSED}",
    "its files, parsed by tomli": f"import tomli as parser; {PARSED}",
}

CLOCK = "from time import perf_counter; start = perf_counter(); {}; print(perf_counter() - start)"


def run() -> list[Row]:
    """Each way in a new process, timed inside it: what a command pays beside the interpreter's start."""
    for file in DATA.rglob("*.toml"):
        file.read_bytes()  # all from memory, the first way as well as the last
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            taken[name].append(_in_a_new_process(way))
    rows = [of_times(n, s, TARGET_MS if n.startswith("import") else None) for n, s in taken.items()]
    plain = next(row for row in rows if row.name == PLAIN)
    return [row if row is plain else row.beside_row(plain) for row in rows]


def _in_a_new_process(code: str) -> float:
    command = [sys.executable, "-c", CLOCK.format(code)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
