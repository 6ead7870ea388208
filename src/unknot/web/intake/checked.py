"""What a therapist may check first: muscles in order, in words; never a number, never a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from unknot.atlas import PointMark, figures, figures_showing, render_figure
from unknot.knowledge import Place
from unknot.knowledge.places import OTHER_SIDE
from unknot.reasoning import check_first
from unknot.web.intake.adaptations import places_words, side_words
from unknot.web.intake.drawing_page import figure_names, places_of
from unknot.web.learn import links
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.knowledge.places import Side
    from unknot.reasoning.drawing import Drawing
    from unknot.reasoning.result import Candidate, Reasoning
    from unknot.web.learn.links import Link
    from unknot.web.learn.references import Mark, References

DRAWN_TOGETHER = 3
"""So many candidates are shown on the figures at once; more hues are hard to tell apart."""
BODY = ("front", "back")


@dataclass(frozen=True)
class Checked:
    """A muscle that a therapist may check; ``colour`` is the number of its hue on the figures, 0 for none."""

    link: Link
    side: str
    explains: str
    reasons: tuple[str, ...]
    mark: Mark
    colour: int


@dataclass(frozen=True)
class Picture:
    """A figure of the drawing with the referral zones over it."""

    svg: SafeString
    name: str
    whole: bool


@dataclass(frozen=True)
class Checks:
    """Muscles in two parts, each likeliest first; what nothing explains; words that were not understood."""

    first: tuple[Checked, ...]
    also: tuple[Checked, ...]
    pictures: tuple[Picture, ...]
    unexplained: str
    not_understood: tuple[str, ...]


def checks_of(drawing: Drawing, reasoning: Reasoning, refs: References, kb: KnowledgeBase) -> Checks:
    """What may be checked first, with the figures."""
    ranked = check_first(reasoning)
    drawn = ranked.check_first[:DRAWN_TOGETHER]
    colours = {(c.muscle, c.side): n if len(drawn) > 1 else 0 for n, c in enumerate(drawn, start=1)}
    unexplained = [place for text in reasoning.unexplained for place in places_of(text, kb)]
    return Checks(
        first=tuple(_checked(c, colours.get((c.muscle, c.side)), refs, kb) for c in ranked.check_first),
        also=tuple(_checked(c, None, refs, kb) for c in ranked.also_possible),
        pictures=_pictures(drawing, drawn, kb),
        unexplained=places_words(unexplained, kb),
        not_understood=reasoning.not_understood,
    )


def _checked(candidate: Candidate, colour: int | None, refs: References, kb: KnowledgeBase) -> Checked:
    muscle = kb.muscles[candidate.muscle]
    places = [place for text in candidate.explains for place in places_of(text, kb)]
    return Checked(
        link=links.muscle(kb, muscle.id),
        side=side_words(candidate.side),
        explains=places_words(places, kb),
        reasons=candidate.reasons,
        mark=refs.mark(muscle.sources),
        colour=-1 if colour is None else colour,
    )


def _pictures(drawing: Drawing, drawn: Sequence[Candidate], kb: KnowledgeBase) -> tuple[Picture, ...]:
    several = len(drawn) > 1
    essential: dict[Place, int] = {}
    spillover: dict[Place, int] = {}
    marks: list[PointMark] = []
    for number, candidate in enumerate(drawn, start=1):
        for point in kb.muscles[candidate.muscle].trigger_points:
            if point.id not in candidate.trigger_points:
                continue
            colour = number if several else 0
            for place in _on(point.essential, candidate.side, kb):
                essential.setdefault(place, colour)
            far = _on(point.other_side, OTHER_SIDE[candidate.side], kb)
            for place in (*_on(point.spillover, candidate.side, kb), *far):
                spillover.setdefault(place, colour)
            marks += [PointMark(place) for place in _on(point.press_at, candidate.side, kb)]
    wanted = {*drawing.regions, *essential, *(mark.place for mark in marks)}
    return tuple(
        Picture(
            svg=mark_safe(  # noqa: S308 - the atlas escapes what it is given
                render_figure(
                    shown,
                    title=figure_names()[shown.id],
                    description=_("What you marked, and where the muscles named beside it may send pain."),
                    id_prefix=f"answer-{shown.id}",
                    pain=drawing.regions,
                    essential=essential,
                    spillover=spillover,
                    points=marks,
                    side_names={s: kb.labels.side[s].in_(language()).capitalize() for s in ("left", "right")},
                )
            ),
            name=figure_names()[shown.id],
            whole=shown.id in BODY,
        )
        for shown in figures_showing(wanted, sorted(figures(), key=lambda f: f.id in BODY))
    )


def _on(regions: Iterable[str], side: Side, kb: KnowledgeBase) -> tuple[Place, ...]:
    return tuple(Place(r, side) if kb.regions[r].sided else Place(r) for r in regions)
