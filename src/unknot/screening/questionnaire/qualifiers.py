"""The questions that a tick opens: those that some clause or adaptation needs for the fact, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Label, Lang
from unknot.screening.questionnaire import uses as needs
from unknot.screening.questionnaire.form import Choice, Qualifier
from unknot.screening.questionnaire.spans import TOLD_UNITS, number_choices, time_choices
from unknot.screening.questionnaire.uses import Key, Use
from unknot.screening.reading import QUALIFIER_RANGES, VALUE_RANGES

NOWHERE = "nowhere"
"""The value of a place that answers: asked, and there is no such place."""
YES, NO = "yes", "no"
READINGS = {"bp_systolic": "mmHg", "bp_diastolic": "mmHg", "temperature_c": "celsius"}
"""What an instrument says, with its unit."""
SHARED = ("since", "status")
"""What a fact shares with the one that it implies and that opened it: one illness, one time."""

NUMBERS = (
    ("for_weeks", "for_weeks_gte", "weeks"),
    ("days_per_month", "days_per_month_gte", "days_per_month"),
    ("percent", "percent_gte", "percent"),
    ("value", "gte", "cm"),
)
"""Qualifier, the clause's key for it, and its unit; the only ``value`` that a client tells is a height."""


class Asker:
    """Makes the qualifiers of facts in one language."""

    def __init__(self, kb: KnowledgeBase, lang: Lang) -> None:
        self.kb, self.lang, self.labels = kb, lang, kb.labels

    def qualifiers(
        self, key: Key, opened: Iterable[Key], *, shared: Iterable[str] = ()
    ) -> tuple[Qualifier, ...]:
        """
        What is asked of a fact.

        ``opened`` are the facts that it opens and that imply it: where they need a time, this one is asked
        for it in spans fine enough for all. ``shared`` are the keys that the fact takes over from the one
        that opened it.
        """
        label = self.labels.of(*key)
        found = needs.uses(self.kb).of(key)
        with_opened = [*found, *(use for one in opened for use in needs.uses(self.kb).of(one))]
        skipped = {*label.given, *shared}
        asked = [
            *self._status(key, label, found),
            *self._since(key, label, with_opened),
            *self._new(key, label, found),
            *self._numbers(key, label, found),
            *self._level(key, label, found),
            *self._place(label, found),
        ]
        return (*(q for q in asked if q.key not in skipped), *map(self.value, label.values))

    def value(self, name: str) -> Qualifier:
        """A single fact asked for as a number (``age``, ``pregnancy_week``, ``bp_systolic`` …)."""
        least, greatest = VALUE_RANGES[name]
        return Qualifier(
            key=name,
            kind="number",
            question=self.labels.text("value", name, self.lang),
            unit=self._unit(READINGS[name]) if name in READINGS else "",
            minimum=least,
            maximum=greatest,
            optional=name.startswith("bp_"),
        )

    def reading(self, name: str) -> Qualifier:
        """A value that was measured: who ticks that it was is asked for the number."""
        return msgspec.structs.replace(self.value(name), optional=False)

    def sex(self) -> Qualifier:
        """The question for the sex, which only says what can't apply."""
        choices = tuple(Choice(s, self.labels.text("sex", s, self.lang)) for s in self.kb.vocabulary.sex)
        question = self.labels.text("value", "sex", self.lang)
        return Qualifier("sex", "choice", question, choices, optional=True)

    def phrase(self, name: str) -> str:
        """A phrase of the form."""
        return self.labels.phrase[name].in_(self.lang)

    def _status(self, key: Key, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        named = needs.statuses(found, key[0])
        if not named:
            return
        offered = [s for s in self.kb.vocabulary.status if s in named or s == label.otherwise]
        in_order = sorted(offered, key=list(label.statuses).index) if label.statuses else offered
        choices = tuple(Choice(s, self._status_words(s, label)) for s in in_order)
        yield Qualifier("status", "choice", self._question("status", "status", label), choices)

    def _status_words(self, status: str, label: Label) -> str:
        own = label.statuses.get(status)
        return own.in_(self.lang) if own else self.labels.text("status", status, self.lang)

    def _since(self, key: Key, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        limits = needs.time_limits(found, key[0])
        if limits is None:
            return
        question = self._question("since", f"since_{key[0]}", label)
        choices = time_choices(limits, self.labels, self.lang)
        units = tuple(Choice(unit, self._unit(unit)) for unit in TOLD_UNITS)
        yield Qualifier("since", "since", question, choices, units, minimum=0)

    def _new(self, key: Key, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        if needs.asks_new(found, key[0]):
            choices = (Choice(YES, self.phrase("yes")), Choice(NO, self.phrase("no")))
            yield Qualifier("new", "yes_no", self._question("new", "new", label), choices)

    def _numbers(self, key: Key, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        for name, field, unit in NUMBERS:
            limits = needs.thresholds(found, field, key[0])
            if limits:
                least, greatest = QUALIFIER_RANGES[name]
                yield Qualifier(
                    key=name,
                    kind="number",
                    question=self._question(name, name, label),
                    choices=number_choices(limits, unit, self.labels, self.lang),
                    unit=self._unit(unit),
                    minimum=least,
                    maximum=greatest,
                )

    def _level(self, key: Key, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        if needs.asks_level(found, key[0]):
            levels = tuple(
                Choice(level, self.labels.text("level", level, self.lang))
                for level in self.kb.vocabulary.level
            )
            yield Qualifier("level", "level", self._question("level", "level", label), levels)

    def _place(self, label: Label, found: Iterable[Use]) -> Iterator[Qualifier]:
        if needs.asks_place(found):
            nowhere = label.nowhere or self.labels.phrase["nowhere"]
            choices = (Choice(NOWHERE, nowhere.in_(self.lang)),)
            yield Qualifier("place", "place", self._question("place", "place", label), choices)

    def _question(self, key: str, default: str, label: Label) -> str:
        return (label.asks.get(key) or self.labels.question[default]).in_(self.lang)

    def _unit(self, unit: str) -> str:
        return self.labels.unit[unit].name.in_(self.lang)
