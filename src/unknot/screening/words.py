"""
Says which facts made a rule fire, in English or Spanish: "an operation, 9 weeks ago, side of the hip, left".

Facts, statuses and places have their words in ``labels.toml``; what joins them stands here.
"""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.labels import Lang, region_name
from unknot.knowledge.screening import Rule
from unknot.screening.answers import Fact
from unknot.screening.matching import Ground, Match, score_items

PHRASES: dict[Lang, dict[str, str]] = {
    "en": {
        "standing": "applies to every client",
        "with": "{one}, with {others}",
        "and": " and ",
        "ago": "{span} ago",
        "today": "today",
        "new": "new",
        "for": "for {span}",
        "both": "{region}, both sides",
        "age": "age {n}",
        "pregnant": "pregnant",
        "week": "pregnant, week {n}",
        "pressure": "blood pressure {n} mmHg",
        "temperature": "temperature {n} °C",
        "form": "health form {n} days old",
        "consent": "consent: {told}",
        "pressed": "work planned at: {told}",
        "score": "risk factors: {n}",
        "where": "where it is: {fact}",
        "position": "in which position treatment is safe: none is left that all of these allow: {rules}",
    },
    "es": {
        "standing": "vale para todas las personas",
        "with": "{one}, con {others}",
        "and": " y ",
        "ago": "hace {span}",
        "today": "hoy",
        "new": "reciente",
        "for": "durante {span}",
        "both": "{region}, ambos lados",
        "age": "edad: {n}",
        "pregnant": "embarazo",
        "week": "embarazo, semana {n}",
        "pressure": "presión arterial {n} mmHg",
        "temperature": "temperatura {n} °C",
        "form": "formulario de salud de hace {n} días",
        "consent": "consentimiento: {told}",
        "pressed": "trabajo previsto en: {told}",
        "score": "factores de riesgo: {n}",
        "where": "dónde está: {fact}",
        "position": "en qué posición es seguro el tratamiento: no queda ninguna que permitan todas: {rules}",
    },
}
NO_PHRASE_AFTER = "none"
"""The ``after`` that says nothing happened before."""


class Speaker:
    """Puts facts and places into the words of one language."""

    def __init__(self, kb: KnowledgeBase, lang: Lang = "en") -> None:
        self._kb, self._lang = kb, lang

    def phrase(self, key: str, **told: object) -> str:
        """A phrase of the program's own."""
        return PHRASES[self._lang][key].format(**told)

    def rule_name(self, rule: Rule) -> str:
        """The rule's name."""
        return self._kb.rules_es[rule.id].name if self._lang == "es" else rule.name

    def action(self, rule: Rule) -> str:
        """What the rule says to do."""
        return self._kb.rules_es[rule.id].action if self._lang == "es" else rule.action

    def clears(self, rule: Rule) -> str:
        """What the rule is cleared with."""
        return self._kb.rules_es[rule.id].clears if self._lang == "es" else rule.clears_with.what

    def why(self, rule: Rule, held: Iterable[Match], on: Ground) -> str:
        """The facts that matched, each clause once, in the order of the rule's clauses."""
        if rule.stage == "standing":
            return self.phrase("standing")
        return "; ".join(dict.fromkeys(self._clause(match, on) for match in held))

    def fact(self, fact: Fact) -> str:
        """A fact with what was told about it."""
        label = self._kb.labels.of(fact.kind, fact.id)
        told = [
            _bare(label.in_(self._lang)),
            *([self.phrase("new")] if fact.new else []),
            *self._time(fact),
            *self._amounts(fact),
            *([self._status(fact)] if fact.status else []),
            *([self._label("after", fact.after)] if fact.after not in (None, NO_PHRASE_AFTER) else []),
            *([fact.level] if fact.level else []),
            *self.places(fact.place or ()),
        ]
        return ", ".join(told)

    def places(self, places: Iterable[Place]) -> tuple[str, ...]:
        """Each place in words; a region given on both sides is said once."""
        given = set(places)
        words = []
        for place in sorted(given):
            region = _bare(region_name(self._kb.regions[place.region], self._kb.labels, self._lang))
            if not place.side:
                words.append(region)
            elif place.mirrored() not in given:
                words.append(f"{region}, {self._kb.labels.side[place.side].in_(self._lang)}")
            elif place.side == "left":
                words.append(self.phrase("both", region=region))
        return tuple(words)

    def _clause(self, match: Match, on: Ground) -> str:
        told = dict.fromkeys(on.told_as[fact] for group in match.facts for fact in group)
        one, *others = [*(self.fact(fact) for fact in told), *self._values(match, on)]
        return self.phrase("with", one=one, others=self.phrase("and").join(others)) if others else one

    def _values(self, match: Match, on: Ground) -> list[str]:
        clause, facts = match.clause, on.facts
        words = []
        if clause.age_lt is not None or clause.age_gte is not None:
            words.append(self.phrase("age", n=_number(facts.age)))
        if clause.pregnancy:
            week = facts.pregnancy_week
            whole = None if week is None else int(week)  # moved on to the day screened for, it has parts
            words.append(self.phrase("pregnant" if week is None else "week", n=_number(whole)))
        if clause.bp_systolic_gte is not None or clause.bp_diastolic_gte is not None:
            numbers = f"{_number(facts.bp_systolic)}/{_number(facts.bp_diastolic)}"
            words.append(self.phrase("pressure", n=numbers))
        if clause.temperature_c_gte is not None:
            words.append(self.phrase("temperature", n=_number(facts.temperature_c)))
        if clause.intake_age_days_gte is not None:
            words.append(self.phrase("form", n=_number(facts.intake_age_days)))
        if clause.intake is not None:
            words.append(self._label("intake", clause.intake))
        if clause.consent is not None:
            words.append(self.phrase("consent", told=self._label("consent", clause.consent)))
        if clause.region_in is not None:
            pressed = [Place(region) for region in clause.region_in if region in on.pressed]
            words.append(self.phrase("pressed", told=", ".join(self.places(pressed))))
        if clause.score is not None:
            words.append(self._score(clause.score, on))
        return words

    def _score(self, name: str, on: Ground) -> str:
        counted = self.phrase("score", n=_number(on.scores[name]))
        items = score_items(name, on, self._kb)
        if self._lang == "es":
            items = tuple(self._kb.score_items_es[item] for item in items)
        return f"{counted} ({'; '.join(items)})" if items else counted

    def _time(self, fact: Fact) -> list[str]:
        if fact.time is None:
            return []
        number, unit = fact.time
        if unit == "days" and number < 1:
            return [self.phrase("today")]
        if unit == "weeks" and number * 2 % 1:  # as after some days more
            number, unit = round(number * 7), "days"
        if unit == "days" and number >= 14 and number % 7 == 0:
            number, unit = number / 7, "weeks"
        return [self.phrase("ago", span=self._span(number, unit))]

    def _amounts(self, fact: Fact) -> list[str]:
        words = []
        if fact.value is not None:
            words.append(_number(fact.value))
        if fact.percent is not None:
            words.append(self._span(fact.percent, "percent"))
        if fact.for_weeks is not None:
            words.append(self.phrase("for", span=self._span(fact.for_weeks, "weeks")))
        if fact.days_per_month is not None:
            words.append(self._span(fact.days_per_month, "days_per_month"))
        return words

    def _span(self, number: float, unit: str) -> str:
        return self._kb.labels.unit[unit].count(number, self._lang)

    def _status(self, fact: Fact) -> str:
        own = self._kb.labels.of(fact.kind, fact.id).statuses.get(fact.status or "")
        return _lowered(own.in_(self._lang)) if own else self._label("status", fact.status)

    def _label(self, kind: str, id_: str | None) -> str:
        return _bare(self._kb.labels.text(kind, id_ or "", self._lang))


def _bare(label: str) -> str:
    """A label inside a sentence: without its explanation in brackets, and with a small first letter."""
    return _lowered(label.partition(" (")[0])


def _lowered(words: str) -> str:
    # "TMJ" and "C5" keep their capitals.
    return words if words[1:2].isupper() or words[1:2].isdigit() else words[0].lower() + words[1:]


def _number(number: float | None) -> str:
    return "?" if number is None else f"{number:g}"
