"""Pictures of the body for the library's pages: where muscles send pain, and where a region is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from unknot.atlas import MAIN, Figure, PointMark, figure, figures, figures_showing, render_figure
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.places import Side
from unknot.knowledge.regions import Region
from unknot.web.site.languages import Language, language

SHOWN: Side = "right"
"""The side on which a muscle is drawn; its patterns are the same on the left."""
BODY = ("front", "back")
NEAREST_BY_VIEW = {"front": "face", "back": "head_back", "side": "head_right"}
KEPT = 256
"""Figures kept once drawn, some 50 kB each."""


@dataclass(frozen=True)
class Picture:
    """A figure ready to be shown; ``whole`` where it is the whole body."""

    svg: SafeString
    whole: bool


def referral_pictures(kb: KnowledgeBase, muscle: Muscle) -> tuple[Picture, ...]:
    """Where trigger points send pain: essential solid, spillover hatched, an X where one presses."""
    points = muscle.trigger_points
    essential = _places(kb, (r for p in points for r in p.essential))
    spillover = _places(kb, (r for p in points for r in p.spillover)) | {
        place.mirrored() for place in _places(kb, (r for p in points for r in p.other_side))
    }
    marks = tuple(PointMark(place, p.id) for p in points for place in sorted(_places(kb, p.press_at)))
    wanted = essential | spillover | {mark.place for mark in marks}
    title = _("Where trigger points of this muscle send pain")
    return tuple(
        _drawn(shown.id, "referral", title, language(), essential, spillover, marks)
        for shown in figures_showing(wanted, _nearest_first())
    )


def region_pictures(region: Region, name: str) -> tuple[Picture, ...]:
    """Where a region is: on the whole body and, where there is one, on the figure that shows it larger."""
    place = Place(region.id, SHOWN) if region.sided else Place(region.id)
    near = sorted(_nearest_first(), key=lambda f: f.id != NEAREST_BY_VIEW[region.view])
    larger = figures_showing([place], (f for f in near if f.id not in BODY))[:1]
    body = figures_showing([place], sorted(map(figure, BODY), key=lambda f: f.id != region.view))
    both = frozenset({place, place.mirrored()})
    return tuple(_drawn(shown.id, "region", name, language(), both) for shown in (*larger, *body))


def felt_pictures(kb: KnowledgeBase, regions: Iterable[str]) -> tuple[Picture, ...]:
    """Where something is usually felt, on one side of the body."""
    places = _places(kb, regions)
    title = _("Where it is usually felt")
    return tuple(
        _drawn(shown.id, "felt", title, language(), places)
        for shown in figures_showing(places, _nearest_first())
    )


def way_in() -> tuple[Picture, ...]:
    """The body as a map: each region carries its ``data-place``, for `region-map.js`."""
    return tuple(_drawn(id_, "map", "", language()) for id_ in MAIN)


@lru_cache(maxsize=KEPT)
def _drawn(
    figure_id: str,
    purpose: str,
    title: str,
    lang: Language,  # noqa: ARG001 - words on the figure are in it, so it belongs to the key
    essential: frozenset[Place] = frozenset(),
    spillover: frozenset[Place] = frozenset(),
    marks: tuple[PointMark, ...] = (),
) -> Picture:
    """One figure; without a ``title`` it is a map to press on, and the list beside it speaks for it."""
    svg = render_figure(
        figure(figure_id),
        title=title,
        description=_("The right side is drawn. The text below names every place.") if title else "",
        id_prefix=f"{purpose}-{figure_id}",
        essential=dict.fromkeys(essential, 0),
        spillover=dict.fromkeys(spillover, 0),
        points=marks,
        interactive=not title,
        side_names={"left": _("Left"), "right": _("Right")},
    )
    return Picture(mark_safe(svg), figure_id in BODY)  # noqa: S308 - the atlas escapes what it is given


def _nearest_first() -> tuple[Figure, ...]:
    return tuple(sorted(figures(), key=lambda shown: shown.id in BODY))


def _places(kb: KnowledgeBase, regions: Iterable[str]) -> frozenset[Place]:
    return frozenset(Place(r, SHOWN) if kb.regions[r].sided else Place(r) for r in regions)
