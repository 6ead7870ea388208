"""What a person says makes it worse or is hindered, as evidence for the muscles that the motion hurts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.motions import Motion, match_motion
from unknot.reasoning import strengths
from unknot.reasoning.drawing import Drawing

Said = Literal["aggravates", "restricted"]


@dataclass(frozen=True, slots=True)
class Told:
    """A motion that the person named, and how: it makes the pain worse, or it is restricted."""

    motion: Motion
    said: frozenset[Said]


@dataclass(frozen=True, slots=True)
class Hurting:
    """Muscles that a motion aggravates, and those that restrict it, by the books."""

    aggravates: frozenset[str]
    restricted: frozenset[str]

    @property
    def muscles(self) -> list[str]:
        """All of them, in a fixed order."""
        return sorted(self.aggravates | self.restricted)

    def strength(self, muscle: str, said: frozenset[Said]) -> float:
        """How strongly an active point of one of the muscles makes a person name the motion so."""
        named = {"aggravates": self.aggravates, "restricted": self.restricted}
        return strengths.WORSENED if any(muscle in named[how] for how in said) else strengths.NEARLY_WORSENED


def told_motions(drawing: Drawing, kb: KnowledgeBase) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """
    The motions of a drawing, and its phrases that match none.

    The complaint is free text: what it says of a motion counts as making the pain worse, and what it
    says of other things is no phrase that was not understood.
    """
    said: dict[str, set[Said]] = {}
    motions: dict[str, Motion] = {}
    not_understood: dict[str, None] = {}
    phrases: list[tuple[str, Said]] = [(phrase, "aggravates") for phrase in drawing.aggravated_by]
    phrases += [(phrase, "restricted") for phrase in drawing.restricted_motion]
    for phrase, how in (*phrases, (drawing.complaint, "aggravates")):
        found = match_motion(phrase, kb)
        for motion in found:
            motions[motion.id] = motion
            said.setdefault(motion.id, set()).add(how)
        if not found and phrase is not drawing.complaint:
            not_understood[phrase] = None
    told = tuple(Told(motions[id_], frozenset(said[id_])) for id_ in sorted(motions))
    return told, tuple(not_understood)


@cache
def _muscles_by_phrase(
    kb: KnowledgeBase,
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    aggravating: dict[str, set[str]] = {}
    restricted: dict[str, set[str]] = {}
    for muscle in kb.muscles.values():
        for phrases, index in ((muscle.aggravated_by, aggravating), (muscle.restricted_motion, restricted)):
            for phrase in phrases:
                index.setdefault(phrase, set()).add(muscle.id)
    return (
        {phrase: frozenset(muscles) for phrase, muscles in aggravating.items()},
        {phrase: frozenset(muscles) for phrase, muscles in restricted.items()},
    )


@cache
def hurting(motion: Motion, kb: KnowledgeBase) -> Hurting:
    """The muscles whose phrases a motion stands for."""
    aggravating, restricted = _muscles_by_phrase(kb)
    none: frozenset[str] = frozenset()
    return Hurting(
        none.union(*(aggravating.get(phrase, none) for phrase in motion.aggravated_by)),
        none.union(*(restricted.get(phrase, none) for phrase in motion.restricted_motion)),
    )
