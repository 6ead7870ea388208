"""
From the fields of the safety page to a ``Selection``.

Fields: ``q-age`` and ``q-sex``; ``q-item``, ``q-none`` and ``q-unknown`` hold ids of items and groups; a
ticked item's qualifier stands in ``q-<item>-<key>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from unknot.screening.questionnaire import Selection
from unknot.web.intake.drawing_page import place_named
from unknot.web.intake.look_again import LookAgain
from unknot.web.intake.walk import ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.screening.questionnaire import Item, Qualifier, Questionnaire
    from unknot.screening.questionnaire.selection import Given

AGE_MAX = 120


def selection_of(fields: Mapping[str, Sequence[str]], form: Questionnaire, kb: KnowledgeBase) -> Selection:
    """
    What was ticked, as the core takes it.

    Raises LookAgain for an age, a sex or a place that can't be read and a tick that the form lacks; what else
    is wrong the core says.
    """
    _refuse_unknown(fields, form)
    wrong = _wrong_basics(fields, form)
    ticked_ids = all_of(fields, "item")
    ticked = {item.id: _given(item, fields, kb, wrong) for item in form.items() if item.id in ticked_ids}
    selection = Selection(
        age=age_of(fields),
        sex=sex_of(fields, form),
        ticked=ticked,
        none_of=all_of(fields, "none"),
        unknown=all_of(fields, "unknown"),
    )
    if len(wrong) > 1:
        raise LookAgain(_("Some answers could not be read; they are marked below."), wrong)
    for message in wrong.values():
        raise LookAgain(message, wrong)
    return selection


def field_of(item: Item, q: Qualifier) -> str:
    """The name of the field that holds a qualifier of a ticked item."""
    return f"{ANSWER}{item.id}-{q.key}"


def all_of(fields: Mapping[str, Sequence[str]], name: str) -> frozenset[str]:
    """The ids in one of the fields ``item``, ``none`` and ``unknown``."""
    return frozenset(filter(None, fields.get(ANSWER + name, ())))


def age_of(fields: Mapping[str, Sequence[str]]) -> float | None:
    """The age in years; None where none that can be read was given."""
    typed = first_of(fields, ANSWER + "age")
    readable = typed.isascii() and typed.isdigit() and len(typed) <= 3 and int(typed) <= AGE_MAX
    return float(typed) if readable else None


def sex_of(fields: Mapping[str, Sequence[str]], form: Questionnaire) -> str | None:
    """The sex, if one of the form's was chosen."""
    chosen = first_of(fields, ANSWER + "sex")
    offered = {choice.value for q in form.basics if q.key == "sex" for choice in q.choices}
    return chosen if chosen in offered else None


def first_of(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """What was typed into a field that is filled once."""
    return next((v.strip() for v in fields.get(name, ()) if v.strip()), "")


def _wrong_basics(fields: Mapping[str, Sequence[str]], form: Questionnaire) -> dict[str, str]:
    age, sex = ANSWER + "age", ANSWER + "sex"
    wrong = {}
    if first_of(fields, age) and age_of(fields) is None:
        wrong[age] = _("Give your age in whole years, for example 34.")
    if first_of(fields, sex) and sex_of(fields, form) is None:
        wrong[sex] = _("Please choose.")
    return wrong


def _refuse_unknown(fields: Mapping[str, Sequence[str]], form: Questionnaire) -> None:
    items, groups = {item.id for item in form.items()}, {group.id for group in form.groups}
    ticked, unknown, none_of = (all_of(fields, name) for name in ("item", "unknown", "none"))
    if not ticked | unknown <= items or not none_of <= items | groups:
        raise LookAgain(
            _("Something that you ticked is not on our list. Please look the parts below through again."), {}
        )


def _given(
    item: Item, fields: Mapping[str, Sequence[str]], kb: KnowledgeBase, wrong: dict[str, str]
) -> dict[str, Given]:
    given: dict[str, Given] = {}
    for q in item.qualifiers:
        name = field_of(item, q)
        values = [v.strip() for v in fields.get(name, ()) if v.strip()]
        if q.kind == "place" and values:
            places, lacking = _places(q, values, kb)
            given[q.key] = places
            if lacking:
                no_place = _("%(item)s: there is no place “%(place)s” on our list. Choose one as you type.")
                wrong[name] = no_place % {"item": item.label, "place": lacking[0][:40]}
        elif values:
            given[q.key] = values[0]
    return given


def _places(q: Qualifier, values: Sequence[str], kb: KnowledgeBase) -> tuple[tuple[str, ...], list[str]]:
    """The places that were meant, and what means none."""
    offered = {c.value for c in q.choices}
    found: list[str] = []
    lacking: list[str] = []
    for typed in (part.strip() for value in values for part in value.split(";") if part.strip()):
        if typed in offered:
            found.append(typed)
        elif places := place_named(typed, kb):
            found.extend(map(str, places))
        else:
            lacking.append(typed)
    return tuple(dict.fromkeys(found)), lacking
