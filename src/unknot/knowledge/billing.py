"""Prices, codes, coverage and papers of billing, mostly US (``billing.toml``); not legal or tax advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact, freeze_fields

Sources = Annotated[tuple[str, ...], Meta(min_length=1)]
Dollars = Annotated[int, Meta(ge=1)]


class Cpt(Fact, frozen=True):
    """A procedure code in own words (the AMA owns its descriptors); ``minutes_per_unit`` 0: not timed."""

    code: Annotated[str, Meta(pattern=r"^[0-9A-Z]{5}$")]
    own_words: str
    timed: bool
    minutes_per_unit: Annotated[int, Meta(ge=0, le=60)]
    used_by: tuple[str, ...]
    massage_use: str
    sources: Sources
    note: str | None = None


class Modifier(Fact, frozen=True):
    """A modifier of a procedure code."""

    code: str
    own_words: str
    rule: str


class PlaceOfService(Fact, frozen=True):
    """Where the service was given, as a two-digit code."""

    code: str
    own_words: str
    note: str | None = None


class UnitsRow(Fact, frozen=True):
    """So many units for minutes ``from_`` … ``to``, both included."""

    units: int
    from_: int = field(name="from")
    to: int


class UnitsRule(Fact, frozen=True):
    """How minutes become units."""

    name: str
    applies_to: str
    rule: str
    sources: Sources
    table: tuple[UnitsRow, ...] = ()
    counts: str | None = None


class UnitsExample(Fact, frozen=True):
    """Minutes by code and the units that each rule gives for them."""

    minutes: Mapping[str, int]
    medicare: Mapping[str, int]
    midpoint: Mapping[str, int]
    source: str

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        freeze_fields(self, "minutes", "medicare", "midpoint")


class Units(Fact, frozen=True):
    """The two rules of timed units, with worked examples."""

    medicare: UnitsRule
    midpoint: UnitsRule
    examples: tuple[UnitsExample, ...] = field(name="example")


class Icd(Fact, frozen=True):
    """A diagnosis code of ICD-10-CM (public domain); copied from a referral, not chosen by the therapist."""

    code: Annotated[str, Meta(pattern=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$")]
    descriptor: str
    group: str
    note: str | None = None


class DiagnosisRule(Fact, frozen=True):
    """Who may put which diagnosis on a paper."""

    who: str
    side: str
    seventh: str
    sources: Sources


class SuperbillField(Fact, frozen=True):
    """A line of a superbill."""

    id: str
    label: str
    required: bool


class Superbill(Fact, frozen=True):
    """What stands on a superbill."""

    sources: Sources
    rules: tuple[str, ...]
    fields: tuple[SuperbillField, ...]


class Price(Fact, frozen=True):
    """A usual price range in whole US dollars; ``upper`` is what dear places ask."""

    id: str
    what: str
    minutes: Annotated[int, Meta(ge=1, le=240)]
    low: Dollars
    high: Dollars
    sources: Sources
    upper: Dollars | None = None
    note: str | None = None


class HsaFsa(Fact, frozen=True):
    """When a health savings account may pay."""

    rule: str
    needs: str
    letter_fields: tuple[str, ...]
    not_eligible: tuple[str, ...]
    penalty: str
    remind_days_before_expiry: tuple[int, ...]
    sources: Sources


class Coverage(Fact, frozen=True):
    """What a kind of payer covers."""

    id: str
    payer: str
    covers: str
    needs: str
    checked: Literal["found", "memory"]
    sources: Sources
    exempt: str | None = None
    conflict: str | None = None


class EstimateDeadline(Fact, frozen=True):
    """By when an estimate is given; days are business days."""

    give_within_business_days: int
    booked_days_ahead_gte: int | None = None
    on_request: bool = False


class GoodFaithEstimate(Fact, frozen=True):
    """The estimate that US law asks for."""

    law: str
    deadlines: tuple[EstimateDeadline, ...]
    days: str
    dispute: str
    applies_to_massage: str
    sources: Sources


class HipaaStatus(Fact, frozen=True):
    """Who is a covered entity."""

    rule: str
    sources: Sources


class BillingMeta(Fact, frozen=True):
    """Releases and units of all that follows."""

    version: str
    icd_release: str
    currency: str
    money_rule: str


class BillingFile(Fact, frozen=True):
    """``billing.toml``."""

    meta: BillingMeta
    cpt: tuple[Cpt, ...]
    modifiers: tuple[Modifier, ...] = field(name="modifier")
    places_of_service: tuple[PlaceOfService, ...] = field(name="place_of_service")
    units: Units
    diagnosis_rule: DiagnosisRule
    icd: tuple[Icd, ...]
    superbill: Superbill
    prices: tuple[Price, ...] = field(name="price")
    hsa_fsa: HsaFsa
    coverage: tuple[Coverage, ...]
    good_faith_estimate: GoodFaithEstimate
    hipaa_status: HipaaStatus
