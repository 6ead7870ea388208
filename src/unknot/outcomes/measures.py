"""What can be rated: the instruments of the knowledge base, how each is scored, and within which range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from unknot.errors import InputError, UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.outcomes import Instrument

Scoring = Literal[
    "number", "whole", "three_answers", "activities", "ticks", "places", "diary", "readings", "total"
]

BUILT_IN: Mapping[str, tuple[str, Scoring]] = {
    "nprs": ("nprs", "number"),
    "nprs_24h": ("nprs", "three_answers"),
    "pain_impact": ("peg", "three_answers"),
    "psfs": ("psfs", "activities"),
    "groc": ("groc", "whole"),
    "pgic": ("pgic", "whole"),
    "pain_extent": ("pain_extent", "places"),
    "headache_days": ("headache_days", "diary"),
    "sane": ("sane", "number"),
    "rmdq": ("rmdq", "ticks"),
    "ppt": ("ppt", "readings"),
    "arom_cervical": ("arom_cervical", "readings"),
    "arom_lumbar": ("arom_lumbar", "readings"),
}
"""
What may be asked here: its name, the instrument whose numbers hold for it, how it is scored.

``nprs_24h`` is the mean of now, least and worst, and so never compared with ``nprs``. ``pain_impact`` is the
fallback that ``outcomes.toml`` names for the PEG: three questions of one's own, never called by that name.
"""

READABLE: Mapping[str, tuple[float, float]] = {"kPa": (0, 2_000), "degree": (0, 180)}
"""What a device can read at all, where the instrument has no range; outside is a slip of the finger."""

PAIN_INTENSITY = "nprs"
"""The instrument of pain intensity, 0 to 10, for which the response rules of ``outcomes.toml`` are made."""
LONGEST_KEY = 120


class Measure(msgspec.Struct, frozen=True):
    """
    What is rated, and how.

    ``key`` is the name, with a label where several of a kind are rated: ``nprs``, ``nprs:temple:left``,
    ``arom_cervical:rotation_left``. ``range`` is what a score may be.
    """

    key: str
    instrument: Instrument
    scoring: Scoring
    range: tuple[float, float]

    @property
    def name(self) -> str:
        """The key without its label."""
        return self.key.partition(":")[0]

    @property
    def rates_change(self) -> bool:
        """Whether the answer itself says how much has changed, so that there is none from before."""
        return self.instrument.no_change is not None

    @property
    def judges(self) -> bool:
        """Whether it is known how much of it people call worthwhile; all else is shown and judges nothing."""
        of = self.instrument
        worth_known = of.mdc is not None and of.mcid is not None
        return worth_known or of.mcid_percent is not None or of.responder is not None


def measure(key: str, kb: KnowledgeBase) -> Measure:
    """
    The measure that ``key`` names.

    An instrument that may not be built in is one too: its score is the total of a practice's own form.
    Raises UnknownId for a name that is none, InputError for a label that can't be.

    >>> from unknot.knowledge import load
    >>> measure("psfs", load()).range
    (0.0, 10.0)
    """
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise InputError(f"the name of a measure has at most {LONGEST_KEY} characters, on one line")
    name, colon, label = key.partition(":")
    id_, scoring = BUILT_IN.get(name, (name, "total"))
    instrument = kb.instruments.get(id_)
    if instrument is None or instrument.direction == "n/a":
        raise UnknownId("measure", name, names(kb))
    if colon and not label.strip():
        raise InputError(f"{name}: after the colon stands what is rated, as in {name}:left")
    motions = {norm.motion for norm in instrument.norms}
    if motions and label not in motions:
        raise InputError(f"{name}: say which motion, as in {name}:flexion; known are {', '.join(motions)}")
    return Measure(key, instrument, scoring, instrument.range or READABLE[instrument.unit or ""])


def names(kb: KnowledgeBase) -> tuple[str, ...]:
    """Every name of a measure: what may be asked, then the instruments of which a total may be given."""
    totals = (i.id for i in kb.instruments.values() if i.id not in BUILT_IN and i.direction != "n/a")
    return (*BUILT_IN, *totals)
