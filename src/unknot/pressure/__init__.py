"""
Was the pressure steady, long enough, within tolerance? A force trace → its holds.

Values in, values out. The rules are written down in `docs/pressure.md`.
"""

from unknot.pressure.holds import find_holds
from unknot.pressure.reading import read_trace, text_of
from unknot.pressure.result import USUAL, Hold, Reading, Steadiness, Target
from unknot.pressure.trace import Trace, trace_of

__all__ = [
    "USUAL",
    "Hold",
    "Reading",
    "Steadiness",
    "Target",
    "Trace",
    "find_holds",
    "read_trace",
    "text_of",
    "trace_of",
]
