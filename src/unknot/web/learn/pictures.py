"""Pictures of the body for the library's pages: where muscles send pain, and where a region is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from unknot.atlas import MAIN, Figure, PointMark, figure, figures, figures_showing, render_figure
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.places import Side
from unknot.knowledge.regions import Region

SHOWN: Side = "right"
"""The side on which a muscle is drawn; its patterns are the same on the left."""
BODY = ("front", "back")


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
    marks = [PointMark(place, p.id) for p in points for place in _places(kb, p.press_at)]
    wanted = essential | spillover | {mark.place for mark in marks}
    return tuple(
        _picture(
            render_figure(
                shown,
                title=_("Where trigger points of this muscle send pain"),
                description=_("The right side is drawn. The text below names every place."),
                id_prefix=f"referral-{shown.id}",
                essential=dict.fromkeys(essential, 0),
                spillover=dict.fromkeys(spillover, 0),
                points=marks,
                side_names=_side_names(),
            ),
            shown,
        )
        for shown in figures_showing(wanted, _nearest_first())
    )


def region_pictures(region: Region, name: str) -> tuple[Picture, ...]:
    """Where a region is: on the whole body and, where there is one, on the figure that shows it larger."""
    place = Place(region.id, SHOWN) if region.sided else Place(region.id)
    near = sorted(_nearest_first(), key=lambda f: f.id != _NEAREST_BY_VIEW[region.view])
    larger = figures_showing([place], (f for f in near if f.id not in BODY))[:1]
    body = figures_showing([place], sorted(map(figure, BODY), key=lambda f: f.id != region.view))
    return tuple(
        _picture(
            render_figure(
                shown,
                title=name,
                id_prefix=f"region-{shown.id}",
                essential={place: 0, place.mirrored(): 0},
                side_names=_side_names(),
            ),
            shown,
        )
        for shown in (*larger, *body)
    )


def way_in() -> tuple[Picture, ...]:
    """The body as a map: each region carries its ``data-place``, for `region-map.js`."""
    return tuple(
        _picture(
            render_figure(
                figure(id_),
                title=_("The body, to choose where it hurts"),
                id_prefix=f"map-{id_}",
                interactive=True,
                side_names=_side_names(),
            ),
            figure(id_),
        )
        for id_ in MAIN
    )


_NEAREST_BY_VIEW = {"front": "face", "back": "head_back", "side": "head_right"}


def _nearest_first() -> tuple[Figure, ...]:
    return tuple(sorted(figures(), key=lambda shown: shown.id in BODY))


def _places(kb: KnowledgeBase, regions: Iterable[str]) -> set[Place]:
    return {Place(r, SHOWN) if kb.regions[r].sided else Place(r) for r in regions}


def _side_names() -> dict[str, str]:
    return {"left": _("Left"), "right": _("Right")}


def _picture(svg: str, shown: Figure) -> Picture:
    return Picture(mark_safe(svg), shown.id in BODY)  # noqa: S308 - the atlas escapes what it is given
