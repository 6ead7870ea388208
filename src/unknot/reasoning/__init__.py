"""Which trigger points explain this pain: a pain drawing in; ranked candidates with reasons out."""

from unknot.reasoning.check_first import Ranked, check_first
from unknot.reasoning.drawing import AIMS, Aim, Drawing, drawing_from_json, read_drawing
from unknot.reasoning.reason import reason
from unknot.reasoning.result import Candidate, Reasoning, RedFlag

__all__ = [
    "AIMS",
    "Aim",
    "Candidate",
    "Drawing",
    "Ranked",
    "Reasoning",
    "RedFlag",
    "check_first",
    "drawing_from_json",
    "read_drawing",
    "reason",
]
