"""Outcome measures: what may be built in, how it is scored, how a change is read (``outcomes.toml``)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.muscles import Part
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


class ByPart(Fact, frozen=True):
    """The mdc for pain in one part of the body, in points; a trend over ``visits`` running needs less."""

    part: Part
    value: float
    visits: Annotated[int, Meta(ge=1)]


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
    ``mcid_percent`` is the usual response, in percent of the baseline. In place of ``mdc`` stand
    ``mdc_by_part`` for pain there and ``mdc_one_item`` where a single item is compared. ``no_change`` marks a
    rating of change itself: the answer that says so; ``responder`` is the last answer, from the best, that
    counts as a response. With fewer than ``diary_days_least`` days of diary there is no score; ``items_most``
    are as many items of the client's own as may be rated.
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
    items_most: Annotated[int, Meta(ge=1)] | None = None
    range: tuple[float, float] | None = None
    unit: str | None = None
    units: str | None = None
    mdc: float | None = None
    mdc_by_part: tuple[ByPart, ...] = ()
    mdc_one_item: float | None = None
    mdc_other_rater: float | None = None
    mdc_values: tuple[ChangeValue, ...] = ()
    mcid: float | None = None
    mcid_percent: Annotated[float, Meta(gt=0, le=100)] | None = None
    mcid_values: tuple[ChangeValue, ...] = ()
    mcid_by_baseline: tuple[ByBaseline, ...] = ()
    no_change: float | None = None
    responder: float | None = None
    diary_days_least: Annotated[int, Meta(ge=1)] | None = None
    bands: tuple[Band, ...] = ()
    norms: tuple[Norm, ...] = ()
    norms_source: str | None = None
    age: str | None = None
    reliability: str | None = None
    reference: str | None = None
    fallback: str | None = None
    note: str | None = None


class Response(Fact, frozen=True):
    """
    How much better (or worse) is called a response.

    ``percent`` of the baseline or ``points`` of 0-10, whichever is met; ``both`` are needed where it says so,
    and ``visits`` running.
    """

    id: str
    rule: str
    label: str
    sources: Sources
    checked: Literal["found", "memory", "project"]
    percent: Annotated[float, Meta(gt=0, le=100)] | None = None
    points: Annotated[float, Meta(gt=0)] | None = None
    both: bool = False
    visits: Annotated[int, Meta(ge=1)] = 1


class Interpretation(Fact, frozen=True):
    """
    How a change of one person's score is read, step by step, and with what caution.

    Visits at least ``apart_days`` apart speak of a course of treatment.
    """

    percent_change: str
    apart_days: Annotated[int, Meta(ge=1)]
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
