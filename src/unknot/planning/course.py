"""How long a course is, how far apart, what it usually costs, and what decides whether it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from unknot.knowledge.billing import Price
from unknot.knowledge.protocols import CourseFacts, Protocol
from unknot.planning.bounds import Bounds
from unknot.planning.result import Course
from unknot.planning.sessions import Work, sessions
from unknot.reasoning.drawing import Drawing

MINOR_UNITS = 100
"""Cents in a dollar: ``billing.toml`` counts whole dollars."""
HOURS_A_DAY = 24


def course(drawing: Drawing, work: Work, bounds: Bounds) -> Course:
    """The course for what the drawing shows, within the bounds; ``work`` holds at least one muscle."""
    facts, say = bounds.kb.planning.course, bounds.say
    aimed = [bounds.kb.protocols[aim] for aim in drawing.aims] if work.aims else []
    count = sessions_for(drawing, facts)
    minutes = min(facts.minutes, bounds.screening.max_minutes or facts.minutes)
    price = _price(minutes, aimed if not work.keys else [], bounds)
    return Course(
        sessions=count,
        interval_days=_interval(aimed if not work.keys else [], bounds),
        re_evaluate_after=facts.re_evaluate_after,
        sessions_plan=sessions(work, count, minutes, bounds),
        price_low=price.low * MINOR_UNITS * count,
        price_high=price.high * MINOR_UNITS * count,
        currency=bounds.kb.billing.meta.currency,
        rules=tuple(text for rule in facts.rules if (text := say.course_rule(rule, pain=bool(work.keys)))),
        session_price_low=price.low * MINOR_UNITS,
        session_price_high=price.high * MINOR_UNITS,
        session_minutes=minutes,
        emphasis=tuple(say.emphasis(protocol) for protocol in aimed),
        basis=" ".join((say.course_note(), *(say.protocol_note(protocol) for protocol in aimed))),
        sources=_sources((facts.see, *(protocol.see for protocol in aimed)), bounds),
        price_sources=price.sources,
    )


def sessions_for(drawing: Drawing, facts: CourseFacts) -> int:
    """
    How many sessions: the least, one more for strong pain, for many places, and for an aim beside the pain.

    A convention: no trial sets the number (``protocols.toml``, [course]).
    """
    least, most = facts.sessions
    strong = max(drawing.regions.values(), default=0) >= facts.strong_pain_gte
    many = len(drawing.regions) >= facts.many_places_gte
    beside = bool(drawing.regions and drawing.aims)
    return min(most, least + strong + many + beside)


def _interval(aimed: Sequence[Protocol], bounds: Bounds) -> int:
    """Days between sessions: the aims' own where there is no pain, never less than the rule on the dose."""
    usual = bounds.kb.planning.course.interval_days
    wished = max((p.interval_days for p in aimed if p.interval_days), default=usual)
    rest = ceil((bounds.screening.hours_between_deep_sessions or 0) / HOURS_A_DAY)
    return max(wished, rest)


def _price(minutes: int, aimed: Sequence[Protocol], bounds: Bounds) -> Price:
    """The usual price of the service, or of the shortest one that holds a shorter session."""
    facts, prices = bounds.kb.planning.course, bounds.kb.prices
    own = {p.price for p in aimed}
    usual = prices[own.pop() or facts.price] if len(own) == 1 else prices[facts.price]
    if minutes == usual.minutes:
        return usual
    return next(prices[id_] for id_ in facts.prices_by_length if prices[id_].minutes >= minutes)


def _sources(seen: Sequence[tuple[str, ...]], bounds: Bounds) -> tuple[str, ...]:
    """The sources of the entries named by ``see``, each once."""
    kb = bounds.kb
    parts = (kb.questions, kb.benefits, kb.conditions, kb.practices, kb.responses, kb.rules)
    entries = [part[id_] for ids in seen for id_ in ids for part in parts if id_ in part]
    return tuple(dict.fromkeys(source for entry in entries for source in entry.sources))
