"""Screening's adaptations in words: what a therapist does differently for this person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from unknot.knowledge.labels import region_name
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeBase, Place
    from unknot.knowledge.places import Side
    from unknot.screening.result import Screening


def changes(screening: Screening, kb: KnowledgeBase) -> tuple[str, ...]:
    """One sentence an adaptation; house rules, which hold for everyone, are not repeated here."""
    return tuple(_changes(screening, kb))


def places_words(places: Iterable[Place], kb: KnowledgeBase) -> str:
    """Places as a list in words; a region on both sides is named once."""
    given = set(places)
    words, both = [], _("both sides")
    for region in kb.regions.values():
        sides = sorted(place.side for place in given if place.region == region.id)
        name = region_name(region, kb.labels, language())
        if len(sides) == 2:
            words.append(f"{name} ({both})")
        elif sides and sides[0]:
            words.append(f"{name} ({kb.labels.side[sides[0]].in_(language())})")
        elif sides:
            words.append(name)
    return ", ".join(words)


def side_words(side: Side) -> str:
    """A muscle's side; its word need not be that of a region's."""
    return {
        "left": pgettext("side of a muscle", "left"),
        "right": pgettext("side of a muscle", "right"),
    }[side]


def pressure_words(level: int) -> str:
    """The five-step scale by the hand's effect."""
    return {
        1: _("it only spreads oil"),
        2: _("it moves the skin"),
        3: _("it sinks into the upper muscle"),
        4: _("it reaches deep muscle"),
        5: _("it presses muscle to bone"),
    }[level]


def _changes(screening: Screening, kb: KnowledgeBase) -> Iterator[str]:
    if screening.avoid_regions:
        yield _("Left alone: %(places)s.") % {"places": places_words(screening.avoid_regions, kb)}
    always = {r for rule in kb.rules.values() if rule.stage == "standing" for r in rule.adapt.light_only}
    light = [one.region for one in screening.light_only if one.region.region not in always]
    if light:
        yield _("Touched only lightly: %(places)s.") % {"places": places_words(light, kb)}
    if screening.pressure_max is not None and screening.pressure_max < 5:
        yield _pressure(screening.pressure_max)
    yield from _caps(screening, kb)
    if screening.pressure_pain_max is not None and screening.pressure_pain_max < 7:
        yield _("Discomfort stays at %(most)s of 10 or less.") % {"most": screening.pressure_pain_max}
    if screening.positions:
        names = [kb.labels.position[p].in_(language()).lower() for p in screening.positions]
        yield _("You lie or sit: %(positions)s.") % {"positions": ", ".join(names)}
    if screening.max_minutes is not None:
        yield ngettext(
            "At most %(most)s minute a session.", "At most %(most)s minutes a session.", screening.max_minutes
        ) % {"most": screening.max_minutes}
    house = [rule.adapt for rule in kb.rules.values() if rule.stage == "standing"]
    for_all = {id_ for adapt in house for id_ in (*adapt.techniques_off, *adapt.means_off)}
    techniques = (kb.labels.technique[t] for t in screening.techniques_off if t not in for_all)
    means = (kb.labels.means[m] for m in screening.means_off if m not in for_all)
    if off := dict.fromkeys(label.in_(language()).lower() for label in (*techniques, *means)):
        yield _("Not used, everywhere or in some places: %(things)s.") % {"things": ", ".join(off)}


def _caps(screening: Screening, kb: KnowledgeBase) -> Iterator[str]:
    for cap in screening.caps:
        if cap.pressure_max is not None:
            yield _("%(pressure)s Here: %(places)s.") % {
                "pressure": _pressure(cap.pressure_max),
                "places": places_words(cap.regions, kb),
            }


def _pressure(level: int) -> str:
    return _("Pressure at most %(level)s of 5: %(words)s.") % {"level": level, "words": pressure_words(level)}
