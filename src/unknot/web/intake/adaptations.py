"""Screening's adaptations in words: what a therapist does differently for this person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from unknot.knowledge.labels import region_name
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeBase, Place
    from unknot.knowledge.places import Side
    from unknot.knowledge.regions import Region
    from unknot.screening.result import Screening


def changes(screening: Screening, kb: KnowledgeBase, *, of_a_client: bool = False) -> tuple[str, ...]:
    """
    One sentence an adaptation; house rules, which hold for everyone, are not repeated here.

    They speak to the client, or with ``of_a_client`` to who treats one.
    """
    return tuple(_changes(screening, kb, of_a_client=of_a_client))


def places_words(places: Iterable[Place], kb: KnowledgeBase) -> str:
    """Places as a list in words: a region on both sides once, a whole part of the body by its name."""
    given: dict[str, set[str]] = {}
    for place in places:
        given.setdefault(place.region, set()).add(place.side or "")
    whole = _whole_parts(given, kb)
    words = []
    for region in kb.regions.values():
        if region.group in whole:
            words.append(kb.labels.region_group[region.group].in_(language()))
        elif region.id in given:
            words.append(_region_words(region, given[region.id], kb))
    return ", ".join(dict.fromkeys(words))


def _whole_parts(given: Mapping[str, set[str]], kb: KnowledgeBase) -> set[str]:
    """The groups of which every region is there, and on both sides."""
    groups = {region.group for region in kb.regions.values()}
    lacking = {r.group for r in kb.regions.values() if len(given.get(r.id, ())) < (2 if r.sided else 1)}
    return groups - lacking


def _region_words(region: Region, sides: set[str], kb: KnowledgeBase) -> str:
    name = region_name(region, kb.labels, language())
    if len(sides) == 2:
        return f"{name} ({_('both sides')})"
    side = next(iter(sides))
    return f"{name} ({kb.labels.side[side].in_(language())})" if side else name


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


def _changes(screening: Screening, kb: KnowledgeBase, *, of_a_client: bool) -> Iterator[str]:
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
        yield _lies_or_sits(of_a_client=of_a_client) % {"positions": ", ".join(names)}
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


def _lies_or_sits(*, of_a_client: bool) -> str:
    return (
        _("The client lies or sits: %(positions)s.") if of_a_client else _("You lie or sit: %(positions)s.")
    )


def _pressure(level: int) -> str:
    return _("Pressure at most %(level)s of 5: %(words)s.") % {"level": level, "words": pressure_words(level)}
