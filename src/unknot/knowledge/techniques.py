"""Techniques, the safety frame of holds, and complementary practices."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.muscles import Level
from unknot.knowledge.reading import Fact

Second = Annotated[int, Meta(ge=1, le=1800)]
Seconds = tuple[Second, Second]
"""Least and most, in seconds."""

Pain = Annotated[int, Meta(ge=0, le=10)]
Times = tuple[Annotated[int, Meta(ge=1)], Annotated[int, Meta(ge=1)]]
Sources = Annotated[tuple[str, ...], Meta(min_length=1)]


class ByAuthor(Fact, frozen=True):
    """What one author prescribes; ``read`` says whether the source was opened while compiling."""

    author: str
    rule: str
    source: str
    read: bool
    hold_s: Seconds | None = None
    pain_ceiling: Pain | None = None
    repetitions: Times | None = None


class Technique(Fact, frozen=True):
    """A technique; ``tags`` are what a screening rule can switch off, levels are 1-5, pain 0-10."""

    id: str
    name: str
    aka: tuple[str, ...]
    tags: tuple[str, ...]
    steps: tuple[str, ...]
    pressure: str
    pressure_level: tuple[Level, Level]
    stop_when: str
    avoid_when: tuple[str, ...]
    evidence: str
    sources: Sources
    hold_s: Seconds | None = None
    default_hold_s: Seconds | None = None
    hold_note: str | None = None
    pain_ceiling: Pain | None = None
    pain_note: str | None = None
    repetitions: Times | None = None
    by_author: tuple[ByAuthor, ...] = ()


class HoldBasis(Fact, frozen=True):
    """What one part of the hold rule rests on: a source or the trade's convention."""

    part: str
    basis: Literal["source", "convention"]
    source: str | None = None
    note: str | None = None


class Safety(Fact, frozen=True):
    """How strong and how long, and what never to press."""

    screen_first: tuple[str, ...]
    never_press: tuple[str, ...]
    caution_with: tuple[str, ...]
    hold_rule: str
    hold_rule_basis: tuple[HoldBasis, ...]
    after_effects: str
    adverse_events: str
    sources: Sources


class Practice(Fact, frozen=True):
    """A practice that goes with neuromuscular massage: stretching or heat."""

    id: str
    name: str
    practitioner_only: bool
    use_for: tuple[str, ...]
    combine: str
    dose: str
    dose_basis: str
    avoid_when: tuple[str, ...]
    evidence: str
    sources: Sources
    aka: tuple[str, ...] = ()


class Algometry(Fact, frozen=True):
    """How the pressure pain threshold is measured and read; units stand in the names."""

    what: str
    units: tuple[str, ...]
    kg_cm2_to_kpa: float
    kg_cm2_to_n_on_1cm2: float
    probe_cm2: float
    rate_kg_cm2_s: float
    rate_note: str
    repeats: int
    repeat_note: str
    abnormal_below_other_side_kg_cm2: float
    abnormal_absolute_kg_cm2: float
    abnormal_rule: str
    normal_note: str
    mdc_kpa_upper_trapezius: float
    mdc_kpa_tibialis_anterior: float
    mdc_note: str
    expected: str
    responsiveness: str
    sources: Sources


class ManualCriteria(Fact, frozen=True):
    """The criteria of the Trigger Point Manual."""

    essential: tuple[str, ...]
    confirmatory: tuple[str, ...]
    source: str


class DelphiCriteria(Fact, frozen=True):
    """The criteria that a panel of experts agreed on; ``needed`` of them make a point."""

    criteria: tuple[str, ...]
    needed: int
    needed_note: str
    panel: str
    referred_pain_may_be: tuple[str, ...]
    agreement: str
    location: str
    source: str


class Diagnosis(Fact, frozen=True):
    """What is called a trigger point, and how well examiners agree on it."""

    active: str
    latent: str
    no_reference_test: str
    controversy: str
    reliability: str
    use_of_criteria: str
    travell_simons_1999: ManualCriteria
    delphi_2018: DelphiCriteria
    sources: Sources


class TechniquesFile(Fact, frozen=True):
    """``techniques.toml``."""

    safety: Safety
    techniques: tuple[Technique, ...] = field(name="technique")
    algometry: Algometry
    diagnosis: Diagnosis


class ComplementaryFile(Fact, frozen=True):
    """``complementary.toml``."""

    practices: tuple[Practice, ...] = field(name="practice")
