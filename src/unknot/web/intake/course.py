"""A course of treatment and home care in a client's words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec.structs import replace

from unknot.web.intake.adaptations import pressure_words, side_words
from unknot.web.learn import links
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unknot.knowledge import KnowledgeBase
    from unknot.knowledge.places import Side
    from unknot.planning.result import Course, Exercise, Session
    from unknot.web.learn.links import Link
    from unknot.web.learn.references import Mark, References


@dataclass(frozen=True)
class Press:
    """One hold of a session: which muscle, how long, how strong, in words."""

    muscle: Link
    side: str
    technique: Link
    how_long: str
    how_strong: str


@dataclass(frozen=True)
class SessionWords:
    """A session: what it is for, how long it lasts, what is pressed, what follows."""

    number: int
    focus: str
    minutes: int
    presses: tuple[Press, ...]
    more_presses: int
    stretches: int


@dataclass(frozen=True)
class CourseWords:
    """The course with its price before anything else is asked."""

    sessions: int
    interval: str
    re_evaluate_after: int
    price: str
    session_price: str
    minutes: int
    plan: tuple[SessionWords, ...]
    rules: tuple[str, ...]
    basis: str
    emphasis: tuple[str, ...]
    mark: Mark
    price_mark: Mark


@dataclass(frozen=True)
class Care:
    """One thing to do at home."""

    muscle: Link | None
    sides: str
    text: str
    lang: str
    mark: Mark | None


@dataclass(frozen=True)
class CareGroup:
    """Things of one kind to do at home, as much and as carefully as each other."""

    title: str
    dose: str
    stop_rule: str
    cares: tuple[Care, ...]


PRESSES_SHOWN = 6
MUSCLES_SAY = ("stretch", "self_hold", "strengthen", "movement")
"""Kinds of home care in the words of a muscle's own entry, which are English."""


def course_words(course: Course, refs: References, kb: KnowledgeBase) -> CourseWords:
    """The course in words."""
    return CourseWords(
        sessions=course.sessions,
        interval=_interval(course.interval_days),
        re_evaluate_after=course.re_evaluate_after,
        price=_price(course.price_low, course.price_high, course.currency),
        session_price=_price(course.session_price_low, course.session_price_high, course.currency),
        minutes=course.session_minutes,
        plan=tuple(_session(session, kb) for session in course.sessions_plan),
        rules=course.rules,
        basis=course.basis,
        emphasis=course.emphasis,
        mark=refs.mark(course.sources),
        price_mark=refs.mark(course.price_sources),
    )


def care_titles() -> dict[str, str]:
    """What the kinds of home care are called."""
    return {
        "stretch": _("Stretch"),
        "self_hold": _("Press it yourself"),
        "strengthen": _("Strengthen"),
        "heat": _("Heat"),
        "movement": _("Move"),
        "posture": _("Posture"),
        "ergonomics": _("At work and at home"),
        "breathing": _("Breathe"),
    }


def care_of(exercises: Iterable[Exercise], refs: References, kb: KnowledgeBase) -> tuple[CareGroup, ...]:
    """Home care in words; what is the same on both sides, or as much as its neighbours, is said once."""
    titles = care_titles()
    alike = groupby(exercises, key=lambda e: (e.kind, e.dose, e.stop_rule))
    return tuple(
        CareGroup(titles[kind], dose or "", stop_rule or "", _cares(same, refs, kb))
        for (kind, dose, stop_rule), same in alike
    )


def _cares(exercises: Iterable[Exercise], refs: References, kb: KnowledgeBase) -> tuple[Care, ...]:
    sides: dict[Exercise, list[Side]] = {}
    for e in exercises:
        sides.setdefault(replace(e, side=None), []).extend([e.side] if e.side else [])
    return tuple(
        Care(
            muscle=links.muscle(kb, e.muscle) if e.muscle else None,
            sides=_sides(on),
            text=e.text,
            lang="en" if e.kind in MUSCLES_SAY else language(),
            mark=refs.mark(e.sources) if e.sources else None,
        )
        for e, on in sides.items()
    )


def _sides(on: list[Side]) -> str:
    return _("both sides") if len(on) > 1 else "".join(side_words(side) for side in on)


def _session(session: Session, kb: KnowledgeBase) -> SessionWords:
    presses = tuple(
        Press(
            muscle=links.muscle(kb, hold.muscle),
            side=side_words(hold.side),
            technique=links.technique(kb, hold.technique),
            how_long=_how_long(hold.seconds, hold.repetitions * len(hold.levels)),
            how_strong=pressure_words(max(hold.levels)),
        )
        for hold in session.holds
    )
    return SessionWords(
        number=session.number,
        focus=session.focus,
        minutes=session.minutes,
        presses=presses[:PRESSES_SHOWN],
        more_presses=len(presses[PRESSES_SHOWN:]),
        stretches=len(session.stretches),
    )


def _how_long(seconds: int, times: int) -> str:
    words = ngettext("%(seconds)s seconds, once", "%(seconds)s seconds, %(times)s times", times)
    return words % {"seconds": seconds, "times": times}


def _interval(days: int) -> str:
    if days % 7 == 0:
        return ngettext("a week apart", "%(n)s weeks apart", days // 7) % {"n": days // 7}
    return ngettext("a day apart", "%(n)s days apart", days) % {"n": days}


def _price(low: int, high: int, currency: str) -> str:
    """Minor units as whole units; every currency of the price list has a hundred."""
    return f"{low // 100:,}\N{EN DASH}{high // 100:,} {currency}"
