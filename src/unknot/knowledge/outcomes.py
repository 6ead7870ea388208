"""Outcome measures: what may be built in, how it is scored, how a change is read (``outcomes.toml``)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

Sources = Annotated[tuple[str, ...], Meta(min_length=1)]


class ChangeValue(Fact, frozen=True):
    """
    One published value of an instrument's mdc or mcid, or a range from ``low`` to ``high``.

    ``who`` was measured. In the instrument's points unless ``unit`` says otherwise. ``checked`` says whether
    the figure was read at the address cited ("found") or is to be verified before it is printed ("memory").
    """

    who: str
    source: str
    checked: Literal["found", "found, mdc computed", "memory"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    motion: str | None = None


class ByBaseline(Fact, frozen=True):
    """The mcid for a baseline ``from_`` … ``to``, both included, in points."""

    from_: float = field(name="from")
    to: float
    value: float


class Band(Fact, frozen=True):
    """Scores up to and including ``upto`` are called so."""

    upto: float
    label: str


class Norm(Fact, frozen=True):
    """The usual reach of a motion, in ``degrees``; ``low`` from an older table."""

    motion: str
    degrees: int
    low: int | None = None


class Instrument(Fact, frozen=True):
    """
    An outcome measure. No item wording of any questionnaire is stored.

    ``mdc`` is the smallest change beyond measurement error, ``mcid`` the smallest that people call
    worthwhile, both in points of ``range`` or in ``unit``. ``direction`` "lower": a lower score is better.
    ``embed`` "no": needs a licence, do not build in; "ask_first": get the holder's word first.
    """

    id: str
    name: str
    construct: str
    embed: Literal["yes", "ask_first", "no"]
    licence: str
    licence_source: str
    direction: Literal["lower", "higher", "n/a"]
    scoring: str
    sources: Sources
    items: int | str | None = None
    range: tuple[float, float] | None = None
    unit: str | None = None
    units: str | None = None
    mdc: float | None = None
    mdc_other_rater: float | None = None
    mdc_values: tuple[ChangeValue, ...] = ()
    mcid: float | None = None
    mcid_percent: Annotated[float, Meta(gt=0, le=100)] | None = None
    mcid_values: tuple[ChangeValue, ...] = ()
    mcid_by_baseline: tuple[ByBaseline, ...] = ()
    bands: tuple[Band, ...] = ()
    norms: tuple[Norm, ...] = ()
    norms_source: str | None = None
    age: str | None = None
    reliability: str | None = None
    reference: str | None = None
    fallback: str | None = None
    note: str | None = None


class Response(Fact, frozen=True):
    """How much better (or worse) is called a response."""

    id: str
    rule: str
    label: str
    sources: Sources
    checked: Literal["found", "memory", "project"]


class Interpretation(Fact, frozen=True):
    """How a change of one person's score is read, step by step, and with what caution."""

    percent_change: str
    steps: tuple[str, ...]
    cautions: tuple[str, ...]


class OutcomesMeta(Fact, frozen=True):
    """What holds for all measures."""

    version: str
    reviewed_by_clinician: bool


class OutcomesFile(Fact, frozen=True):
    """``outcomes.toml``."""

    meta: OutcomesMeta
    interpretation: Interpretation
    responses: tuple[Response, ...] = field(name="response")
    instruments: tuple[Instrument, ...] = field(name="instrument")
