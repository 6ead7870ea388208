"""Who may treat: licences, titles, renewal, certifying bodies, number checks (``credentials.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, field

from unknot.knowledge.reading import Fact, freeze_fields

Years = Annotated[int, Meta(ge=0, le=10)]
"""Between renewals; 0 where there are none or it isn't known."""

Sources = Annotated[tuple[str, ...], Meta(min_length=1)]
CheckedField = Literal["regulation", "title", "regulator", "renewal", "ce", "number"]


class UsState(Fact, frozen=True):
    """
    How a state or territory of the US regulates massage.

    ``checked`` names what the sources confirmed; all else is general knowledge and to be looked up with the
    regulator before it is shown as fact. ``number_pattern`` is a hint for typing errors: warn, never refuse.
    """

    code: str
    name: str
    regulation: Literal["license", "registration", "certification_voluntary", "none"]
    title: str
    abbreviations: tuple[str, ...]
    regulator: str
    renewal_years: Years
    checked: tuple[CheckedField, ...]
    sources: Sources
    ce: str | None = None
    note: str | None = None
    number_pattern: str | None = None
    number_note: str | None = None


class Province(Fact, frozen=True):
    """How a province of Canada regulates massage; from general knowledge unless the note says otherwise."""

    code: str
    name: str
    regulation: Literal["registration_statutory", "none"]
    title: str
    abbreviations: tuple[str, ...]
    regulator: str
    renewal_years: Years
    note: str
    sources: Sources


class Country(Fact, frozen=True):
    """How another country regulates massage."""

    code: str
    name: str
    regulation: Literal["statutory", "voluntary"]
    title: str
    regulator: str
    renewal_years: Years
    sources: Sources
    note: str | None = None


class Body(Fact, frozen=True):
    """A body that certifies, trains or represents; ``letters`` may be put after a name."""

    id: str
    name: str
    kind: str
    letters: tuple[str, ...]
    note: str
    certainty: Literal["sound", "partly", "memory", "not found"]
    source: str


class PractitionerType(Fact, frozen=True):
    """A kind of practitioner, what licence they hold in the US and whether they may diagnose."""

    id: str
    name: str
    us_license: str
    npi_taxonomy: str
    may_diagnose: str
    checked: str
    note: str | None = None


class Exam(Fact, frozen=True):
    """A licensing or certification examination."""

    id: str
    name: str
    body: str


class Compact(Fact, frozen=True):
    """The agreement between states on a licence that counts in all of them."""

    name: str
    members_confirmed: tuple[str, ...]
    members_memory: tuple[str, ...]
    note: str
    source: str


class CredentialsMeta(Fact, frozen=True):
    """What holds for all credentials, and how they are to be shown."""

    version: str
    states_licensing: int
    summary: str
    sources: tuple[str, ...]
    display_rules: tuple[str, ...]
    exams: tuple[Exam, ...]
    compact: Compact


class Npi(Fact, frozen=True):
    """The US National Provider Identifier: how its check digit is computed, with numbers to test by."""

    digits: int
    first_digit: tuple[str, ...]
    rule: str
    shortcut: str
    prefix_meaning: str
    types: Mapping[str, str]
    types_note: str
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    limits: str
    needed: str
    sources: Sources

    def __post_init__(self) -> None:
        """Make ``types`` read-only."""
        freeze_fields(self, "types")


class CredentialsFile(Fact, frozen=True):
    """``credentials.toml``."""

    meta: CredentialsMeta
    npi: Npi
    us_states: tuple[UsState, ...] = field(name="us_state")
    canada: tuple[Province, ...]
    countries: tuple[Country, ...] = field(name="country")
    bodies: tuple[Body, ...] = field(name="body")
    practitioner_types: tuple[PractitionerType, ...] = field(name="practitioner_type")
