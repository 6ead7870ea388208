"""
What is asked, as plain values: groups of items; a tick opens an item's qualifiers and follow-ups.

The order of asking is ``Questionnaire.basics`` (age, sex), then ``groups``. A group ends in "none of these"
(``none_label``); so do an item's follow-ups. What a person gave is a ``Selection`` (``selection.py``); keys
there are the ids that stand here.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from unknot.knowledge.labels import Who

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

QualifierKind = Literal["choice", "yes_no", "since", "number", "place", "level"]


class Choice(msgspec.Struct, frozen=True):
    """One allowed answer; ``value`` is what the form gives back (always text), ``label`` what is shown."""

    value: str
    label: str


class Qualifier(msgspec.Struct, frozen=True):
    """
    One question that a tick opens.

    ``key`` is a qualifier of the answers document (``status``, ``new``, ``since``, ``place``, ``for_weeks``,
    ``days_per_month``, ``percent``, ``value``, ``level``), or a fact value (``pregnancy_week``,
    ``bp_systolic``, ``bp_diastolic``, ``temperature_c``). What a form may give back, by ``kind``:

    - ``choice``: the value of one of the ``choices``;
    - ``yes_no``: ``yes`` or ``no`` (the ``choices`` are these two, with labels);
    - ``since``: the value of one of the ``choices`` (``"2 weeks"``: the recent end of its span), or any
      ``"<number> <unit>"`` with a unit of ``units`` (months and years are counted in whole weeks, toward
      recent);
    - ``number``: the value of one of the ``choices`` (the low end of its span), or a number from ``minimum``
      to ``maximum``, in ``unit``; where there are no choices, only the number;
    - ``place``: any number of places of the body (``hip_side:left``), or the value of the only one of the
      ``choices`` (``nowhere``);
    - ``level``: the value of one of the ``choices``, a level of the spine.

    An ``optional`` one may stay empty without being asked again.
    """

    key: str
    kind: QualifierKind
    question: str
    choices: tuple[Choice, ...] = ()
    units: tuple[Choice, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False


class Item(msgspec.Struct, frozen=True):
    """
    One line to tick: one fact, as a client can tell it, or (``who``) a practitioner alone.

    ``id`` is ``<list>.<fact>`` (``conditions.cancer``); of the single values ``pregnancy`` has an empty
    ``list``, ``consent`` and ``intake`` stand as ``<value>.<one of its ids>`` (``consent.absent``).
    A gate (``gate.chest``, ``list`` and ``fact`` empty) names a family of signs, or a measurement: ticked, it
    says nothing by itself and asks which of them, or for the reading.
    ``help`` explains where the label alone could mislead. ``names`` are further words that the search finds
    it by. A ``rare`` item stands behind the search. ``follow_ups`` are asked once this one is ticked, and end
    in a "none of these" of their own (``Selection.none_of`` holds this item's id). The same follow-up may
    stand under several items: ticked once, it is ticked. ``rules`` are the rules that it can help to fire.
    """

    id: str
    list: str
    fact: str
    label: str
    help: str = ""
    names: tuple[str, ...] = ()
    rare: bool = False
    qualifiers: tuple[Qualifier, ...] = ()
    follow_ups: tuple[Item, ...] = ()
    rules: tuple[str, ...] = ()
    who: Who = "client"


class Applies(msgspec.Struct, frozen=True):
    """For whom a group is asked at all: ages (years) from ``age_gte`` to below ``age_lt``, all sexes but."""

    age_gte: float | None = None
    age_lt: float | None = None
    not_sex: tuple[str, ...] = ()

    def to(self, age: float | None, sex: str | None) -> bool:
        """Whether somebody of this age and sex is asked; an age or a sex not told excludes nobody."""
        if sex in self.not_sex:
            return False
        if age is None:
            return True
        return (self.age_gte is None or age >= self.age_gte) and (self.age_lt is None or age < self.age_lt)


class Group(msgspec.Struct, frozen=True):
    """
    A few items under one title; answered once one is ticked or "none of these" is.

    ``searched``: the group of rare items, which a search opens instead of a list. ``asked_of`` says for whom
    the group is asked; for all others it is answered. ``who`` answers it.
    """

    id: str
    title: str
    lead: str
    none_label: str
    items: tuple[Item, ...]
    searched: bool = False
    asked_of: Applies = Applies()
    who: Who = "client"


class Questionnaire(msgspec.Struct, frozen=True):
    """
    All that is asked at one stage, or at several together, in one language.

    ``basics`` are the values asked first: ``age`` (number, needed) and ``sex`` (choice, optional); none
    after the booking, which knows them.
    ``none_label`` ends the follow-ups of an item, ``follow_ups_lead`` opens them.
    """

    stages: tuple[str, ...]
    lang: Language
    basics: tuple[Qualifier, ...]
    groups: tuple[Group, ...]
    none_label: str
    unknown_label: str
    follow_ups_lead: str

    def items(self) -> tuple[Item, ...]:
        """Every item once, follow-ups too, in the order in which they are first met."""
        found: dict[str, Item] = {}
        queue = [item for group in self.groups for item in group.items]
        while queue:
            item = queue.pop(0)
            if item.id not in found:
                found[item.id] = item
                queue = [*item.follow_ups, *queue]
        return tuple(found.values())

    def item(self, id_: str) -> Item | None:
        """The item of this id, or None."""
        return next((item for item in self.items() if item.id == id_), None)
