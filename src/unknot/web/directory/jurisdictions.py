"""Where one practises, and whether a licence is asked for there; from the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import override

from unknot.knowledge import load
from unknot.web.directory.models import Kind
from unknot.web.directory.place_names import PLACE_NAMES
from unknot.web.site.languages import Language, language

if TYPE_CHECKING:
    from unknot.knowledge.credentials import Country, Province, UsState

LICENSED = frozenset({"license", "registration", "registration_statutory", "statutory"})
OTHER_PROVINCES = "CA-other"
FROM_MEMORY = " (memory)"  # the facts' own mark; a hint never refuses a number
WITHOUT_ATHLETIC_TRAINERS_LICENCE = frozenset({"US-CA"})
"""``credentials.toml``, athletic_trainer: "California has no licence", from memory, to be confirmed."""


def names(lang: Language | None = None) -> Mapping[str, str]:
    """Every jurisdiction that the knowledge base knows, by its code; in the page's language."""
    return _names(lang or language())


@cache
def _names(lang: Language) -> Mapping[str, str]:
    kb = load()
    known = {
        **{code: state.name for code, state in kb.us_states.items()},
        **{code: province.name for code, province in kb.canada.items()},
        **{code: country.name for code, country in kb.countries.items()},
    }
    with override(lang):
        called = {code: str(PLACE_NAMES.get(code, name)) for code, name in known.items()}
    inside = {code: f" ({code[:2]})" for code in (*kb.us_states, *kb.canada) if code != OTHER_PROVINCES}
    return MappingProxyType({code: name + inside.get(code, "") for code, name in called.items()})


def other_provinces() -> list[str]:
    """The provinces of Canada that share one code, since none of them licenses massage."""
    return load().canada[OTHER_PROVINCES].name.split(", ")


def asks_for_licence(kind: str, jurisdiction: str) -> bool:
    """
    Whether a licence or statutory registration is needed to treat there.

    Massage therapists by the place's regulation; the other kinds everywhere, but for athletic trainers
    where the knowledge base says that there is none.
    """
    if kind == Kind.ATHLETIC_TRAINER:
        return jurisdiction not in WITHOUT_ATHLETIC_TRAINERS_LICENCE
    if kind != Kind.MASSAGE_THERAPIST:
        return True
    place = _place(jurisdiction)
    return place is None or place.regulation in LICENSED


def regulator(kind: str, jurisdiction: str) -> str:
    """Who keeps the register of massage therapists there; empty where it isn't known."""
    place = _place(jurisdiction)
    return place.regulator if place and kind == Kind.MASSAGE_THERAPIST else ""


def usual_number(kind: str, jurisdiction: str) -> str:
    """How licence numbers of massage therapists usually look there, in words; empty where it isn't known."""
    state = load().us_states.get(jurisdiction)
    note = state.number_note if state and kind == Kind.MASSAGE_THERAPIST else None
    return (note or "").removesuffix(FROM_MEMORY)


def _place(code: str) -> UsState | Province | Country | None:
    kb = load()
    return kb.us_states.get(code) or kb.canada.get(code) or kb.countries.get(code)
