"""Where one practises, and whether a licence is asked for there; from the knowledge base."""

from __future__ import annotations

from functools import cache

from unknot.knowledge import load
from unknot.web.directory.models import Kind

LICENSED = frozenset({"license", "registration", "registration_statutory", "statutory"})
FROM_MEMORY = " (memory)"  # the facts' own mark; a hint never refuses a number
WITHOUT_ATHLETIC_TRAINERS_LICENCE = frozenset({"US-CA"})
"""``credentials.toml``, athletic_trainer: "California has no licence", from memory, to be confirmed."""


@cache
def names() -> dict[str, str]:
    """Every jurisdiction that the knowledge base knows, by its code."""
    kb = load()
    states = {s.code: f"{s.name} (US)" for s in kb.us_states.values()}
    provinces = {p.code: f"{p.name} (CA)" for p in kb.canada.values()}
    return {**states, **provinces, **{c.code: c.name for c in kb.countries.values()}}


def asks_for_licence(kind: str, jurisdiction: str) -> bool:
    """
    Whether a licence or statutory registration is needed to treat there.

    Massage therapists by the place's regulation; the other kinds everywhere, but for athletic trainers
    where the knowledge base says that there is none.
    """
    kb = load()
    if kind == Kind.ATHLETIC_TRAINER:
        return jurisdiction not in WITHOUT_ATHLETIC_TRAINERS_LICENCE
    if kind != Kind.MASSAGE_THERAPIST:
        return True
    place = kb.us_states.get(jurisdiction) or kb.canada.get(jurisdiction) or kb.countries.get(jurisdiction)
    return place is None or place.regulation in LICENSED


def usual_number(kind: str, jurisdiction: str) -> str:
    """How licence numbers of massage therapists usually look there, in words; empty where it isn't known."""
    state = load().us_states.get(jurisdiction)
    note = state.number_note if state and kind == Kind.MASSAGE_THERAPIST else None
    return (note or "").removesuffix(FROM_MEMORY)
