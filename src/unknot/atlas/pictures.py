"""
Figures as SVG: what hurts, referral zones, and the X of trigger points, on a quiet body.

Colours, strokes and type come from classes (``body-chart.css`` in the site's static files): no ``style=``, so
that a strict content security policy holds.

=====================  ================================================================================
class                  on
=====================  ================================================================================
``figure``             the picture
``figure-body``        the outline
``region``             a place; with ``pain-1`` … ``pain-10`` where it hurts
``zone``               a referral zone: ``zone-essential`` (solid) or ``zone-spillover`` (hatched), with its
                       colour: ``zone-0`` for one candidate alone, ``zone-1`` … ``zone-6`` for several
``figure-detail``      lines that make the body readable
``pain-number``        the intensity
``point``              the X of a trigger point, with its label
``figure-side``        "Left" and "Right"
=====================  ================================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import cycle

import msgspec

from unknot.atlas.body import Figure, RegionShape
from unknot.knowledge import Place
from unknot.knowledge.places import OTHER_SIDE

BODY = 600
"""Figures wider than this show the whole body, the others a part of it."""
SIDE_NAMES = {"left": "Left", "right": "Right"}
NOTHING: Mapping[Place, int] = {}
WIDEST_LETTER = 0.7
"""Of the labels' letters, in their size: more than any word of theirs takes on the average."""


class PointMark(msgspec.Struct, frozen=True):
    """The X of a trigger point: where the finger goes in, and a short label beside it ("TrP1")."""

    place: Place
    label: str = ""


def render_figure(  # noqa: PLR0913 - each is one layer of the picture
    figure: Figure,
    *,
    title: str,
    id_prefix: str,
    description: str = "",
    pain: Mapping[Place, int] = NOTHING,
    essential: Mapping[Place, int] = NOTHING,
    spillover: Mapping[Place, int] = NOTHING,
    points: Sequence[PointMark] = (),
    interactive: bool = False,
    side_names: Mapping[str, str] = SIDE_NAMES,
) -> str:
    """
    The figure as an ``<svg>`` element.

    ``pain`` is the intensity, 1 to 10, of each place. ``essential`` and ``spillover`` are referral zones with
    the number of their colour: 0 for one candidate alone, 1 to 6 for several. ``points`` in one region are
    spread, so that none covers another. What doesn't show on this figure is left out.

    ``title`` names the picture; ``description`` says in words what it shows, for those who don't see it.
    ``id_prefix`` begins every id, so that a page may show a figure twice. An ``interactive`` figure is hidden
    from assistive technology: the list beside it does the same.
    """
    named = _hidden() if interactive else _named(id_prefix, title, description)
    hatched = {spillover[shape.place] for shape in figure.shapes if shape.place in spillover}
    parts = [
        f'<svg class="figure" data-figure="{figure.id}" viewBox="{_box(figure)}" {named}',
        _hatches(id_prefix, figure.view[2] / 70, sorted(hatched)),
        f'<path class="figure-body" d="{figure.outline_path}"/>',
        *_group(
            "figure-regions",
            (_region(s, pain.get(s.place, 0), interactive=interactive) for s in figure.shapes),
        ),
        *_group("figure-zones", _zones(figure, essential, spillover, pain, id_prefix)),
        *_group("figure-details", (_line(path) for path in figure.details)),
        *_group("figure-numbers", _numbers(figure, pain)),
        *_group("figure-points", _points(figure, points)),
        *_sides(figure, side_names),
        "</svg>",
    ]
    return "".join(parts)


def figures_showing(places: Iterable[Place], among: Iterable[Figure]) -> tuple[Figure, ...]:
    """
    Few figures that together show all the places: each time the one that shows most of the rest, in order.

    Places that none of them shows are passed over.
    """
    left, choice = set(places), list(among)
    chosen: set[str] = set()
    while left and choice:
        best = max(choice, key=lambda figure: len(_shown(figure) & left))
        if not _shown(best) & left:
            break
        chosen.add(best.id)
        left -= _shown(best)
    return tuple(figure for figure in choice if figure.id in chosen)


def _shown(figure: Figure) -> set[Place]:
    return {shape.place for shape in figure.shapes}


def _hidden() -> str:
    return 'aria-hidden="true" focusable="false">'


def _named(prefix: str, title: str, description: str) -> str:
    ids = f"{prefix}-title {prefix}-desc" if description else f"{prefix}-title"
    words = f'<title id="{prefix}-title">{escape(title)}</title>'
    if description:
        words += f'<desc id="{prefix}-desc">{escape(description)}</desc>'
    return f'role="img" aria-labelledby="{ids}">{words}'


def _box(figure: Figure) -> str:
    return " ".join(f"{n:g}" for n in figure.view)


def _group(name: str, parts: Iterable[str]) -> Iterator[str]:
    inside = "".join(parts)
    if inside:
        yield f'<g class="{name}">{inside}</g>'


def _region(shape: RegionShape, pain: int, interactive: bool) -> str:  # noqa: FBT001 - passed on
    kind = f"region pain-{pain}" if pain else "region"
    if not interactive:
        return (
            f'<path class="{kind}" d="{shape.path}"/>' if pain else f'<path class="region" d="{shape.path}"/>'
        )
    x, y = shape.centre
    opens = f' data-opens="{shape.opens}"' if shape.opens else ""
    return (
        f'<path class="{kind}" data-place="{shape.place}" data-at="{x:g} {y:g}"'
        f' data-breadth="{shape.breadth:g}"{opens} d="{shape.path}"/>'
    )


def _hatches(prefix: str, gap: float, colours: Sequence[int]) -> str:
    patterns = "".join(
        f'<pattern id="{prefix}-hatch-{n}" width="{gap:.1f}" height="{gap:.1f}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path class="hatch zone-{n}" stroke-width="{0.42 * gap:.1f}"'
        f' d="M0 {gap / 2:.1f}h{gap:.1f}"/></pattern>'
        for n in colours
    )
    return f"<defs>{patterns}</defs>" if patterns else ""


def _zones(
    figure: Figure,
    essential: Mapping[Place, int],
    spillover: Mapping[Place, int],
    pain: Mapping[Place, int],
    prefix: str,
) -> Iterator[str]:
    """Zones filled or hatched; only their border where it hurts too, so that the pain keeps its colour."""
    for shape in figure.shapes:
        over = " zone-over-pain" if shape.place in pain else ""
        if shape.place in essential:
            kind = f"zone zone-essential zone-{essential[shape.place]}{over}"
            yield f'<path class="{kind}" d="{shape.path}"/>'
        elif shape.place in spillover:
            n = spillover[shape.place]
            fill = "none" if over else f"url(#{prefix}-hatch-{n})"
            yield f'<path class="zone zone-spillover zone-{n}{over}" fill="{fill}" d="{shape.path}"/>'


def _line(path: str) -> str:
    return f'<path class="figure-detail" d="{path}"/>'


def _numbers(figure: Figure, pain: Mapping[Place, int]) -> Iterator[str]:
    for shape in figure.shapes:
        if intensity := pain.get(shape.place, 0):
            size = _number_size(figure, shape)
            x, y = shape.centre
            yield (
                f'<text class="pain-number on-pain-{intensity}" data-of="{shape.place}"'
                f' x="{x:g}" y="{y + 0.35 * size:.1f}" font-size="{size:g}">{intensity}</text>'
            )


def _number_size(figure: Figure, shape: RegionShape) -> float:
    """How large an intensity is written in a shape, in units of the figure."""
    width = figure.view[2]
    usual = width / (34 if width > BODY else 18)
    return round(min(usual, max(0.9 * shape.breadth, 0.4 * usual)), 1)


def _points(figure: Figure, marks: Sequence[PointMark]) -> Iterator[str]:
    """An X for each mark; those of one region stand on its spots in turn."""
    by_place: dict[Place, list[PointMark]] = defaultdict(list)
    for mark in marks:
        by_place[mark.place].append(mark)
    arm = round(figure.view[2] / 80, 1)
    for shape in figure.shapes:
        here = by_place.get(shape.place, ())
        spots = shape.spots if len(here) == 1 else shape.spots[1:]
        for mark, (x, y) in zip(here, cycle(spots), strict=False):
            yield f'<path class="point" d="{_cross(x, y, arm)}"/>'
            if mark.label:
                yield _label(figure, mark.label, x, y, beside=1.6 * arm)


def _label(figure: Figure, text: str, x: float, y: float, *, beside: float) -> str:
    """What an X is called: right of it, or left where the picture ends before the words do."""
    left, _, width, _ = figure.view
    size = round(width / 30, 1)
    fits = x + beside + WIDEST_LETTER * size * len(text) <= left + width
    at, anchor = (x + beside, "start") if fits else (x - beside, "end")
    return (
        f'<text class="point-label" x="{at:.1f}" y="{y + 0.35 * size:.1f}" font-size="{size:g}"'
        f' text-anchor="{anchor}">{escape(text)}</text>'
    )


def _cross(x: float, y: float, arm: float) -> str:
    across = 2 * arm
    return f"M{x - arm:.1f} {y - arm:.1f}l{across:g} {across:g}m0 {-across:g}l{-across:g} {across:g}"


def _sides(figure: Figure, names: Mapping[str, str]) -> Iterator[str]:
    """The person's left and right, where a figure shows both."""
    if not figure.right_is:
        return
    left, top, width, _ = figure.view
    size, inset = (round(width / 30, 1), 0.3) if width > BODY else (round(width / 22, 1), 0.1)
    sides = (
        (OTHER_SIDE[figure.right_is], left + inset * width),
        (figure.right_is, left + (1 - inset) * width),
    )
    for side, x in sides:
        yield (
            f'<text class="figure-side" x="{x:.1f}" y="{top + 2.2 * size:.1f}" font-size="{size:g}">'
            f"{escape(names[side])}</text>"
        )
