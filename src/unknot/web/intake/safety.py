"""The safety questions as the page shows them, as they were left, with what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unknot.screening.questionnaire import Choice
from unknot.web.intake.drawing_page import place_name, places_of
from unknot.web.intake.look_again import Wrong
from unknot.web.intake.selected import age_of, all_of, field_of, sex_of
from unknot.web.intake.walk import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.screening.questionnaire import Applies, Group, Item, Qualifier, Questionnaire
    from unknot.web.intake.walk import Walk


@dataclass(frozen=True)
class Option:
    """One choice of a qualifier."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """
    A qualifier as the page shows it; ``widget`` is choice, select, number or place.

    ``anchor`` is its id on the page; empty where the same question stands elsewhere already.
    """

    name: str
    anchor: str
    widget: str
    text: str
    options: tuple[Option, ...]
    typed: str
    unit: str
    optional: bool
    error: str


@dataclass(frozen=True)
class Line:
    """
    An item to tick, with the questions and follow-ups that a tick opens.

    ``anchor`` is its id on the page; empty where the same item stands elsewhere already.
    """

    id: str
    anchor: str
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
    page = _Page(walk.selection, tuple(walk.pains), errors, kb, _shown_at(walk.selection, form))
    return tuple(page.section(group) for group in form.groups)


def basics(
    form: Questionnaire, walk: Walk, errors: Mapping[str, str], kb: KnowledgeBase
) -> tuple[Question, ...]:
    """Age and sex."""
    page = _Page(walk.selection, (), errors, kb, {})
    return tuple(page.question(ANSWER + q.key, q) for q in form.basics)


def wrong_on(basics: Iterable[Question], sections: Iterable[Section]) -> tuple[Wrong, ...]:
    """All that is marked as wrong on the page, from its head to its foot."""
    at_the_head = (Wrong(q.anchor, q.text) for q in basics if q.error)
    return (*at_the_head, *(wrong for section in sections for wrong in _wrong_in(section)))


@dataclass(frozen=True)
class _Page:
    fields: Mapping[str, Sequence[str]]
    marked: tuple[str, ...]
    errors: Mapping[str, str]
    kb: KnowledgeBase
    shown_at: Mapping[str, Sequence[str]]

    def section(self, group: Group) -> Section:
        return Section(
            id=group.id,
            title=group.title,
            lead=group.lead,
            none_label=group.none_label,
            none_chosen=group.id in self.fields.get(ANSWER + "none", ()),
            searched=group.searched,
            lines=tuple(self.line(item, group.id) for item in group.items),
            asked_of=group.asked_of,
            error=self.errors.get(group.id, ""),
        )

    def line(self, item: Item, opener: str) -> Line:
        here = opener in self.shown_at[item.id]
        first = opener == self.shown_at[item.id][0]
        return Line(
            id=item.id,
            anchor=f"line-{item.id}" if first else "",
            label=item.label,
            help=item.help,
            names=" ".join(item.names),
            ticked=here and item.id in self.fields.get(ANSWER + "item", ()),
            unknown=here and item.id in self.fields.get(ANSWER + "unknown", ()),
            questions=tuple(self.question(field_of(item, q), q, answered=first) for q in item.qualifiers),
            follow_ups=tuple(self.line(follow_up, item.id) for follow_up in item.follow_ups),
            none_chosen=item.id in self.fields.get(ANSWER + "none", ()),
            error=self.errors.get(item.id, "") if first else "",
        )

    def question(self, name: str, q: Qualifier, *, answered: bool = True) -> Question:
        given = self.fields.get(name, ()) if answered else ()
        choices = self._marked_choices() if q.kind == "place" else ()
        return Question(
            name=name,
            anchor=name if answered else "",
            widget=_widget(q),
            text=q.question,
            options=tuple(Option(c.value, c.label, c.value in given) for c in (*q.choices, *choices)),
            typed=self._typed(q, given),
            unit=q.unit,
            optional=q.optional,
            error=self.errors.get(name, "") if answered else "",
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


def _shown_at(fields: Mapping[str, Sequence[str]], form: Questionnaire) -> dict[str, list[str]]:
    """
    Where each item's tick is shown, by the id of the group or item that it stands under; at least one.

    Some signs are asked in several places. A tick is shown in its own group where that is asked of this
    person, else wherever it can be seen: one that nobody sees nobody could take back.
    """
    age, sex, ticked = age_of(fields), sex_of(fields, form), all_of(fields, "item")
    homes = {item.id: group for group in form.groups for item in group.items}
    openers: dict[str, list[str]] = {}
    for item in form.items():
        for follow_up in item.follow_ups:
            openers.setdefault(follow_up.id, []).append(item.id)
    shown = {}
    for item in form.items():
        home, under = homes.get(item.id), openers.get(item.id, [])
        if home and home.asked_of.to(age, sex):
            shown[item.id] = [home.id]
        else:
            seen = [opener for opener in under if opener in ticked]
            shown[item.id] = seen or ([home.id] if home else under[:1])
    return shown


def _widget(q: Qualifier) -> str:
    if q.kind in {"choice", "yes_no"}:
        return "choice"
    if q.kind == "place":
        return "place"
    return "select" if q.choices else "number"


def _wrong_in(section: Section) -> Iterator[Wrong]:
    if section.error:
        yield Wrong(f"group-{section.id}", section.title)
    for line in section.lines:
        yield from _wrong_at(line)


def _wrong_at(line: Line) -> Iterator[Wrong]:
    if line.error:
        yield Wrong(line.anchor, line.label)
    for question in line.questions:
        if question.error:
            yield Wrong(question.anchor, f"{line.label}: {question.text}")
    for follow_up in line.follow_ups:
        yield from _wrong_at(follow_up)
