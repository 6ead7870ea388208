"""
Response: whether a change is one by the rules of ``outcomes.toml``, [[response]].

The rules of 30 and 50 % are made for pain intensity from 0 to 10. Other measures have the usual response of
their own instrument, or none.
"""

from __future__ import annotations

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.outcomes import Response as Rule
from unknot.outcomes.change import Change
from unknot.outcomes.measures import PAIN_INTENSITY, measure

LEVELS = ("immpact_minimal", "immpact_moderate", "immpact_substantial")
"""From the least to the greatest."""
RESPONDER, STRONG = LEVELS[1:]
DETERIORATION = "deterioration"


class Response(msgspec.Struct, frozen=True):
    """
    What a change is called.

    ``level`` is the id of the greatest rule reached, for pain intensity only. ``responder`` and ``strong``
    are None where no rule says. ``see`` names the entries of the knowledge base that carry the sources.
    """

    measure: str
    level: str | None
    responder: bool | None
    strong: bool | None
    see: tuple[str, ...]


def response(changed: Change, kb: KnowledgeBase) -> Response:
    """
    The response by the rules alone.

    From a baseline of 0 there is no percentage: points decide where the rule has them, else nothing does.
    Whatever it says, a change within noise is none to speak of (step 2 of the interpretation).
    """
    of = measure(changed.measure, kb)
    if of.instrument.id != PAIN_INTENSITY:
        return Response(of.key, None, _usual(changed, kb), None, (of.instrument.id,))
    reached = [id_ for id_ in LEVELS if _reached(changed, kb.responses[id_])]
    return Response(
        measure=of.key,
        level=reached[-1] if reached else None,
        responder=RESPONDER in reached,
        strong=STRONG in reached,
        see=LEVELS,
    )


def has_deteriorated(changed: Change, kb: KnowledgeBase) -> bool:
    """Whether pain intensity rose as far, on this visit, as the rule of deterioration says."""
    of = measure(changed.measure, kb)
    rule = kb.responses[DETERIORATION]
    rise = msgspec.structs.replace(
        changed,
        better_by=-changed.better_by,
        percent=None if changed.percent is None else -changed.percent,
    )
    return of.instrument.id == PAIN_INTENSITY and _reached(rise, rule)


def _reached(changed: Change, rule: Rule) -> bool:
    enough_percent = (
        None if rule.percent is None or changed.percent is None else changed.percent >= rule.percent
    )
    enough_points = None if rule.points is None else changed.better_by >= rule.points
    told = [enough for enough in (enough_percent, enough_points) if enough is not None]
    return all(told) if rule.both else any(told)


def _usual(changed: Change, kb: KnowledgeBase) -> bool | None:
    """The usual response of an instrument that has one of its own."""
    instrument = measure(changed.measure, kb).instrument
    if instrument.responder is not None:
        return changed.now <= instrument.responder
    if instrument.mcid_percent is None or changed.percent is None:
        return None
    return changed.percent >= instrument.mcid_percent
