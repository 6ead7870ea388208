"""The knowledge base: every fact of the package, typed, validated and immutable; each part read when first used."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import msgspec

from unknot.errors import InputError, KnowledgeError, UnknownId
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.places import SIDES, Place
from unknot.knowledge.regions import Region
from unknot.knowledge.screening import Rule
from unknot.knowledge.techniques import Practice, Safety, Technique

MUSCLE_FILES = ("head_neck", "shoulder_upper_back", "arm_hand", "trunk_pelvis", "leg_foot")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_HasId)


@cache
def load() -> KnowledgeBase:
    """The knowledge base that ships with the package; one for the whole process."""
    return KnowledgeBase()


class KnowledgeBase:
    """Mappings from id to fact, in the order of the files."""

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """All body regions, in their order from head to toes."""
        entries = [
            Region(id=id_, name=r["name"], view=r["view"], sided=r["side"], group=group)
            for group, members in _read("regions.toml").items()
            for id_, r in members.items()
        ]
        return _by_id(entries)

    @cached_property
    def muscles(self) -> Mapping[str, Muscle]:
        """All muscles, head to foot."""
        return _by_id(m for f in MUSCLE_FILES for m in _entries(f"muscles/{f}.toml", "muscle", Muscle))

    @cached_property
    def techniques(self) -> Mapping[str, Technique]:
        """Techniques, compressions first."""
        return _by_id(_entries("techniques.toml", "technique", Technique))

    @cached_property
    def safety(self) -> Safety:
        """How strong, how long, what never to press."""
        return msgspec.convert(_read("techniques.toml")["safety"], Safety)

    @cached_property
    def practices(self) -> Mapping[str, Practice]:
        """Complementary practices."""
        return _by_id(_entries("complementary.toml", "practice", Practice))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Screening rules."""
        return _by_id(_entries("screening.toml", "rule", Rule))

    def places(self, text: str) -> tuple[Place, ...]:
        """
        The places that ``temple:left``, ``temple`` (both sides) or ``sacrum`` names.

        Raises UnknownId for an unknown region and InputError for an impossible side.
        """
        region_id, _, side = text.partition(":")
        region = self.regions.get(region_id)
        if region is None:
            raise UnknownId("region", region_id, self.regions)
        if not side:
            return tuple(Place(region_id, s) for s in SIDES) if region.sided else (Place(region_id),)
        if not region.sided:
            raise InputError(f"{region_id} lies on the midline: write it without a side")
        for s in SIDES:
            if s == side:
                return (Place(region_id, s),)
        raise InputError(f"unknown side {side!r} of {region_id}: write {region_id}:left or {region_id}:right")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("unknot.knowledge").joinpath("data", name).read_text("utf-8"))


def _entries(name: str, table: str, kind: type[Entry]) -> list[Entry]:
    out = []
    for number, raw in enumerate(_read(name)[table]):
        try:
            out.append(msgspec.convert(raw, kind))
        except msgspec.ValidationError as error:
            raise KnowledgeError(name, str(raw.get("id", f"{table} {number}")), "?", str(error)) from error
    return out


def _by_id(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({e.id: e for e in entries})
