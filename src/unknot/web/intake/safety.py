"""
The safety questions as a form, and back: from the fields of the page to a ``Selection``.

Fields: ``q-age`` and ``q-sex``; ``q-item``, ``q-none`` and ``q-unknown`` hold ids of items and groups; a
ticked item's qualifier stands in ``q-<item>-<key>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from unknot.errors import InputError
from unknot.screening.questionnaire import Choice, Selection
from unknot.web.intake.drawing_page import place_name, place_named, places_of
from unknot.web.intake.walk import ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.screening.questionnaire import Applies, Group, Item, Qualifier, Questionnaire
    from unknot.screening.questionnaire.selection import Given
    from unknot.web.intake.walk import Walk

AGES = (0, 120)


@dataclass(frozen=True)
class Option:
    """One choice of a qualifier."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """A qualifier as the page shows it; ``widget`` is choice, select, number or place."""

    name: str
    widget: str
    text: str
    options: tuple[Option, ...]
    typed: str
    unit: str
    optional: bool
    error: str


@dataclass(frozen=True)
class Line:
    """An item to tick, with the questions and follow-ups that a tick opens."""

    id: str
    label: str
    help: str
    names: str
    ticked: bool
    unknown: bool
    questions: tuple[Question, ...]
    follow_ups: tuple[Line, ...]
    none_chosen: bool
    error: str


@dataclass(frozen=True)
class Section:
    """A group of items, ending in "none of these"."""

    id: str
    title: str
    lead: str
    none_label: str
    none_chosen: bool
    searched: bool
    lines: tuple[Line, ...]
    asked_of: Applies
    error: str

    @property
    def any_ticked(self) -> bool:
        """Whether a line of it is ticked or not known."""
        return any(line.ticked or line.unknown for line in self.lines)


def sections(
    form: Questionnaire, walk: Walk, errors: Mapping[str, str], kb: KnowledgeBase
) -> tuple[Section, ...]:
    """The groups as the page shows them, as they were left, with what is wrong where."""
    page = _Page(walk.selection, tuple(walk.pains), errors, kb)
    return tuple(page.section(group) for group in form.groups)


def basics(form: Questionnaire, walk: Walk, kb: KnowledgeBase) -> tuple[Question, ...]:
    """Age and sex."""
    page = _Page(walk.selection, (), {}, kb)
    return tuple(page.question(ANSWER + q.key, q) for q in form.basics)


def selection_of(fields: Mapping[str, Sequence[str]], form: Questionnaire, kb: KnowledgeBase) -> Selection:
    """
    What was ticked, as the core takes it.

    Raises InputError for an age or a place that can't be read; what else is wrong the core says.
    """
    ticked_ids = fields.get(ANSWER + "item", ())
    ticked = {item.id: _given(item, fields, kb) for item in form.items() if item.id in ticked_ids}
    return Selection(
        age=_age(_first(fields, ANSWER + "age")),
        sex=_first(fields, ANSWER + "sex") or None,
        ticked=ticked,
        none_of=frozenset(fields.get(ANSWER + "none", ())),
        unknown=frozenset(fields.get(ANSWER + "unknown", ())),
    )


@dataclass(frozen=True)
class _Page:
    fields: Mapping[str, Sequence[str]]
    marked: tuple[str, ...]
    errors: Mapping[str, str]
    kb: KnowledgeBase

    def section(self, group: Group) -> Section:
        return Section(
            id=group.id,
            title=group.title,
            lead=group.lead,
            none_label=group.none_label,
            none_chosen=group.id in self.fields.get(ANSWER + "none", ()),
            searched=group.searched,
            lines=tuple(self.line(item) for item in group.items),
            asked_of=group.asked_of,
            error=self.errors.get(group.id, ""),
        )

    def line(self, item: Item) -> Line:
        return Line(
            id=item.id,
            label=item.label,
            help=item.help,
            names=" ".join(item.names),
            ticked=item.id in self.fields.get(ANSWER + "item", ()),
            unknown=item.id in self.fields.get(ANSWER + "unknown", ()),
            questions=tuple(self.question(_field(item, q), q) for q in item.qualifiers),
            follow_ups=tuple(self.line(follow_up) for follow_up in item.follow_ups),
            none_chosen=item.id in self.fields.get(ANSWER + "none", ()),
            error=self.errors.get(item.id, ""),
        )

    def question(self, name: str, q: Qualifier) -> Question:
        given = self.fields.get(name, ())
        choices = self._marked_choices() if q.kind == "place" else ()
        return Question(
            name=name,
            widget=_widget(q),
            text=q.question,
            options=tuple(Option(c.value, c.label, c.value in given) for c in (*q.choices, *choices)),
            typed=self._typed(q, given),
            unit=q.unit,
            optional=q.optional,
            error=self.errors.get(name, ""),
        )

    def _marked_choices(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(str(place), place_name(place, self.kb))
            for marked in self.marked
            for place in places_of(marked, self.kb)
        )

    def _typed(self, q: Qualifier, given: Sequence[str]) -> str:
        offered = {c.value for c in q.choices} | (set(self.marked) if q.kind == "place" else set())
        return "; ".join(g for g in given if g and g not in offered)


def _widget(q: Qualifier) -> str:
    if q.kind in {"choice", "yes_no"}:
        return "choice"
    if q.kind == "place":
        return "place"
    return "select" if q.choices else "number"


def _field(item: Item, q: Qualifier) -> str:
    return f"{ANSWER}{item.id}-{q.key}"


def _given(item: Item, fields: Mapping[str, Sequence[str]], kb: KnowledgeBase) -> dict[str, Given]:
    given: dict[str, Given] = {}
    for q in item.qualifiers:
        values = [v.strip() for v in fields.get(_field(item, q), ()) if v.strip()]
        if q.kind == "place" and values:
            given[q.key] = _places(item, q, values, kb)
        elif values:
            given[q.key] = values[0]
    return given


def _places(item: Item, q: Qualifier, values: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    offered = {c.value for c in q.choices}
    found: list[str] = []
    for typed in (part.strip() for value in values for part in value.split(";")):
        if typed in offered:
            found.append(typed)
        elif places := place_named(typed, kb):
            found.extend(map(str, places))
        elif typed:
            raise InputError(
                _("%(item)s: there is no place “%(place)s” on our list. Choose one as you type.")
                % {"item": item.label, "place": typed}
            )
    return tuple(dict.fromkeys(found))


def _age(typed: str) -> float | None:
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or not AGES[0] <= int(typed) <= AGES[1]:
        raise InputError(_("Give your age in whole years, for example 34."))
    return float(typed)


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next((v.strip() for v in fields.get(name, ()) if v.strip()), "")
