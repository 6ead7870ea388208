"""Reasons for and against a candidate, in plain sentences made from the facts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import OTHER_SIDE, Side
from unknot.reasoning.movements import Told, hurting

OFTEN = {5: "It is among the muscles most often involved.", 4: "It is often involved."}
SELDOM = {1: "It is rarely involved.", 2: "It is seldom involved."}

_WHERE_ALREADY = ("above ", "around ", "behind ", "between ", "over ")


def reasons_for(
    muscle: Muscle,
    side: Side,
    points: Sequence[TriggerPoint],
    drawn: Container[Place],
    told: Sequence[Told],
    kb: KnowledgeBase,
) -> tuple[str, ...]:
    """What speaks for the points (best first): what they send to the drawn places, motions, how often."""
    sends: dict[str, list[str]] = {}
    for point in points:
        for sentence in _sends(point, side, drawn, kb):
            sends.setdefault(sentence, []).append(point.id)
    sentences = [f"{sentence} ({', '.join(ids)})." for sentence, ids in sends.items()]
    sentences += _motions(muscle, told, kb)
    if muscle.prevalence in OFTEN:
        sentences.append(OFTEN[muscle.prevalence])
    return tuple(sentences)


def reasons_against(
    muscle: Muscle, side: Side, best: TriggerPoint, drawn: Container[Place], kb: KnowledgeBase
) -> tuple[str, ...]:
    """What speaks against the best point: places it would usually hurt that were left blank; its rarity."""
    blank = [r for r in best.essential if not _is_drawn(r, side, drawn)]
    sentences = []
    if blank:
        words = _listed(_at(r, kb) for r in blank)
        was = "was" if len(blank) == 1 else "were"
        sentences.append(f"Would usually also hurt {words}, which {was} not drawn ({best.id}).")
    if muscle.prevalence in SELDOM:
        sentences.append(SELDOM[muscle.prevalence])
    return tuple(sentences)


def better_explained(place: Place, by: Muscle, by_side: Side, own_side: Side, kb: KnowledgeBase) -> str:
    """That another muscle explains a place better."""
    other = "" if by_side == own_side else f" of the {by_side} side"
    return f"{by.name}{other} explains the pain {_at(place.region, kb)} better."


def _sends(point: TriggerPoint, side: Side, drawn: Container[Place], kb: KnowledgeBase) -> Iterable[str]:
    """What the point sends to the drawn places, the surest first."""
    if met := [r for r in point.essential if _is_drawn(r, side, drawn)]:
        yield f"Sends pain {_listed(_towards(r, kb) for r in met)} in nearly everyone"
    if met := [r for r in point.spillover if _is_drawn(r, side, drawn)]:
        yield f"Sometimes sends pain {_listed(_towards(r, kb) for r in met)}"
    if met := [r for r in point.other_side if _is_drawn(r, OTHER_SIDE[side], drawn)]:
        yield f"Can send pain across to the other side: {_listed(_region(r, kb) for r in met)}"


def _motions(muscle: Muscle, told: Sequence[Told], kb: KnowledgeBase) -> Iterable[str]:
    for motion in told:
        hurts = hurting(motion.motion, kb)
        name = motion.motion.label[0].lower() + motion.motion.label[1:]
        if muscle.id in hurts.aggravates:
            yield f"It hurts with: {name}."
        elif muscle.id in hurts.restricted:
            yield f"It hurts or hinders: {name}."


def _is_drawn(region: str, side: Side, drawn: Container[Place]) -> bool:
    """Whether the region is drawn on this side, or on the midline."""
    return Place(region, side) in drawn or Place(region) in drawn


def _region(region: str, kb: KnowledgeBase) -> str:
    """
    A region's name within a sentence: what stands in brackets, another name, is left out.

    >>> from unknot.knowledge import load
    >>> _region("mastoid", load()), _region("temple", load())
    ('behind the ear', 'the temple')
    """
    name = kb.regions[region].name.partition(" (")[0]
    words = name[0].lower() + name[1:]
    return words if words.startswith(_WHERE_ALREADY) else f"the {words}"


def _towards(region: str, kb: KnowledgeBase) -> str:
    name = _region(region, kb)
    return f"to {name}" if name.startswith("the ") else name


def _at(region: str, kb: KnowledgeBase) -> str:
    name = _region(region, kb)
    return f"at {name}" if name.startswith("the ") else name


def _listed(words: Iterable[str]) -> str:
    """
    Words as a list within a sentence.

    >>> _listed(["one", "two", "three"])
    'one, two and three'
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
