"""What the pages of the drawing show: the chart, the same regions as a list, aims, motions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from unknot.atlas.chart import ChartWords, render_chart
from unknot.errors import InputError
from unknot.knowledge.labels import place_name as name_of_place
from unknot.knowledge.labels import region_name
from unknot.knowledge.places import Place
from unknot.reasoning.drawing import AIMS
from unknot.web.intake.look_again import Wrong
from unknot.web.intake.walk import PAIN
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.knowledge.regions import Region
    from unknot.web.intake.walk import Walk


@dataclass(frozen=True)
class Cell:
    """One field of the list: a place, what was typed for it, and what is wrong with that."""

    place: str
    side_label: str
    label: str
    typed: str
    error: str


@dataclass(frozen=True)
class Row:
    """A region with one or two fields."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """A part of the body; open when something in it is marked."""

    title: str
    rows: tuple[Row, ...]
    is_open: bool


@dataclass(frozen=True)
class Choice:
    """A chip to tick."""

    value: str
    label: str
    chosen: bool


def chart(walk: Walk, kb: KnowledgeBase) -> SafeString:
    """The figures, with what is marked already."""
    pain = {
        place: int(typed)
        for text, typed in walk.pains.items()
        if typed in LEVELS
        for place in places_of(text, kb)
    }
    return mark_safe(render_chart(chart_words(kb), pain))  # noqa: S308 - the atlas escapes what it is given


LEVELS = {str(n) for n in range(1, 11)}


def chart_words(kb: KnowledgeBase) -> ChartWords:
    """What the chart says, in the visitor's language."""
    strength = [
        *(_("hardly there"), _("slight"), _("slight"), _("moderate"), _("moderate")),
        *(_("moderate"), _("strong"), _("strong"), _("very strong"), _("the worst you can imagine")),
    ]
    return ChartWords(
        figures=figure_names(),
        sides={side: words.in_(language()).capitalize() for side, words in kb.labels.side.items()},
        ask=_("How strong is it?"),
        levels=tuple(strength),
        remove=_("Remove"),
        close=_("Close"),
        undo=_("Undo"),
        whole=_("Whole body"),
        hint=_("Tap where it hurts. Small parts open larger first."),
    )


def figure_names() -> dict[str, str]:
    """What each figure of the chart shows."""
    return {
        "front": pgettext("figure", "Front"),
        "back": pgettext("figure", "Back"),
        "head_left": _("Head from the left"),
        "head_right": _("Head from the right"),
        "face": _("Face"),
        "head_back": _("Back of the head"),
        "hand_palm_left": _("Left hand, palm"),
        "hand_palm_right": _("Right hand, palm"),
        "hand_back_left": _("Left hand, back"),
        "hand_back_right": _("Right hand, back"),
        "foot_top_left": _("Left foot"),
        "foot_top_right": _("Right foot"),
        "sole_left": _("Sole of the left foot"),
        "sole_right": _("Sole of the right foot"),
    }


def region_groups(walk: Walk, errors: Mapping[str, str], kb: KnowledgeBase) -> tuple[Group, ...]:
    """Every region in its group, head to toes."""
    rows: dict[str, list[Row]] = {}
    for region in kb.regions.values():
        rows.setdefault(region.group, []).append(_row(region, walk, errors, kb))
    return tuple(
        Group(
            kb.labels.region_group[group].in_(language()),
            tuple(members),
            is_open=any(cell.typed for row in members for cell in row.cells),
        )
        for group, members in rows.items()
    )


def wrong_on(groups: Sequence[Group]) -> tuple[Wrong, ...]:
    """The fields of the list that hold no number from 1 to 10."""
    cells = (cell for group in groups for row in group.rows for cell in row.cells)
    return tuple(Wrong(PAIN + cell.place, cell.label) for cell in cells if cell.error)


def aim_choices(walk: Walk, kb: KnowledgeBase) -> tuple[Choice, ...]:
    """The aims as chips."""
    return tuple(Choice(aim, kb.labels.aim[aim].in_(language()), aim in walk.aims) for aim in AIMS)


def motion_choices(walk: Walk, kb: KnowledgeBase) -> tuple[Sequence[Choice], Sequence[Choice]]:
    """Motions often worse with pain in the marked parts of the body, and all others."""
    parts = {kb.regions[place.region].group for text in walk.pains for place in places_of(text, kb)}
    suggested: list[Choice] = []
    others: list[Choice] = []
    for motion in kb.motions.values():
        label = motion.label_es if language() == "es" else motion.label
        choice = Choice(motion.label, label, motion.label in walk.worse)
        (suggested if parts & set(motion.regions) else others).append(choice)
    return suggested, others


def place_name(place: Place, kb: KnowledgeBase) -> str:
    """A place in the visitor's language: "Temple, left"."""
    return name_of_place(place, kb.regions, kb.labels, language())


def place_named(typed: str, kb: KnowledgeBase) -> tuple[Place, ...]:
    """The places that an id or a name of the list means; none where nothing fits."""
    by_name = {place_name(place, kb).casefold(): place for place in all_places(kb)}
    found = by_name.get(typed.casefold())
    return (found,) if found else places_of(typed, kb)


def places_of(text: str, kb: KnowledgeBase) -> tuple[Place, ...]:
    """The places that ``temple:left`` means; none where there is no such place."""
    try:
        return kb.places(text)
    except InputError:
        return ()


def all_places(kb: KnowledgeBase) -> tuple[Place, ...]:
    """Every place of the body, head to toes."""
    return tuple(place for region in kb.regions for place in kb.places(region))


def _row(region: Region, walk: Walk, errors: Mapping[str, str], kb: KnowledgeBase) -> Row:
    cells = []
    for place in kb.places(region.id):
        key = str(place)
        side = kb.labels.side[place.side].in_(language()) if place.side else ""
        typed, error = walk.pains.get(key, ""), errors.get(PAIN + key, "")
        cells.append(Cell(key, side, place_name(place, kb), typed, error))
    return Row(region_name(region, kb.labels, language()), tuple(cells))
