"""
The questionnaire as plain lists and dictionaries, each allowed answer with what it gives.

``gives`` is the part of the answers document that an answer makes: an item the entry of its list, a choice
that entry with its qualifier. A qualifier that may be answered freely has ``free``: what may be written.
"""

from __future__ import annotations

from typing import Any

from unknot.knowledge import KnowledgeBase
from unknot.screening.questionnaire.document import add_fact, entry_of
from unknot.screening.questionnaire.form import Choice, Group, Item, Qualifier, Questionnaire
from unknot.screening.questionnaire.given import told
from unknot.screening.reading import VALUE_RANGES


def to_json(questionnaire: Questionnaire, kb: KnowledgeBase) -> dict[str, Any]:
    """
    All groups, items, qualifiers and choices of a questionnaire, with what each gives.

    >>> from unknot.knowledge import load
    >>> from unknot.screening.questionnaire.build import questionnaire
    >>> document = to_json(questionnaire(load()), load())
    >>> document["groups"][3]["items"][0]["gives"]
    {'facts': {'conditions': ['hypertension']}}
    """
    writer = _Writer(questionnaire, kb)
    return {
        "stage": "+".join(questionnaire.stages),
        "lang": questionnaire.lang,
        "basics": [writer.basic(basic) for basic in questionnaire.basics],
        "groups": [writer.group(group) for group in questionnaire.groups],
        "none": {"label": questionnaire.none_label, "gives": {}},
        "unknown": {"label": questionnaire.unknown_label, "gives": {"unknown": "the rules it would fire"}},
    }


class _Writer:
    def __init__(self, questionnaire: Questionnaire, kb: KnowledgeBase) -> None:
        self.form, self.kb = questionnaire, kb

    def basic(self, basic: Qualifier) -> dict[str, Any]:
        choices = [
            {"value": c.value, "label": c.label, "gives": {"facts": {basic.key: c.value}}}
            for c in basic.choices
        ]
        return {**self._question(basic), "choices": choices, **self._free(basic)}

    def group(self, group: Group) -> dict[str, Any]:
        asked = group.asked_of
        return {
            "id": group.id,
            "title": group.title,
            "lead": group.lead,
            "asked_of": {"age_gte": asked.age_gte, "age_lt": asked.age_lt, "not_sex": list(asked.not_sex)},
            "searched": group.searched,
            "items": [self.item(item) for item in group.items],
            "none": {"label": group.none_label, "gives": {}},
            **_practitioners(group),
        }

    def item(self, item: Item) -> dict[str, Any]:
        return {
            "id": item.id,
            "label": item.label,
            "help": item.help,
            "names": list(item.names),
            "rare": item.rare,
            "rules": list(item.rules),
            "gives": {"facts": self._fact(item)} if item.fact else {},
            "qualifiers": [self.qualifier(item, qualifier) for qualifier in item.qualifiers],
            "follow_ups": [self.item(follow_up) for follow_up in item.follow_ups],
            **_practitioners(item),
        }

    def qualifier(self, item: Item, qualifier: Qualifier) -> dict[str, Any]:
        choices = [self._choice(item, qualifier, choice) for choice in qualifier.choices]
        return {**self._question(qualifier), "choices": choices, **self._free(qualifier)}

    def _fact(self, item: Item) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        add_fact(facts, item, {}, self.kb)
        return facts

    def _choice(self, item: Item, qualifier: Qualifier, choice: Choice) -> dict[str, Any]:
        gives = told(item, qualifier, choice.value, self.kb, self.form.lang)
        if item.list and isinstance(entry := entry_of(item, gives, self.kb), dict):
            gives = entry
        return {"value": choice.value, "label": choice.label, "gives": gives}

    def _question(self, qualifier: Qualifier) -> dict[str, Any]:
        return {
            "key": qualifier.key,
            "kind": qualifier.kind,
            "question": qualifier.question,
            "optional": qualifier.optional,
        }

    def _free(self, qualifier: Qualifier) -> dict[str, Any]:
        """What may be written instead of a choice, and what that gives."""
        if qualifier.kind == "since":
            units = [{"value": unit.value, "label": unit.label} for unit in qualifier.units]
            return {
                "free": {
                    "text": "<number> <unit>",
                    "units": units,
                    "gives": "hours_ago, days_ago or weeks_ago",
                }
            }
        if qualifier.kind == "place":
            return {
                "free": {"places": "any of the regions, with its side", "gives": {qualifier.key: ["<place>"]}}
            }
        if qualifier.kind == "number":
            value = {qualifier.key: "<number>"}
            gives = {"facts": value} if qualifier.key in VALUE_RANGES else value
            span = {"minimum": qualifier.minimum, "maximum": qualifier.maximum, "unit": qualifier.unit}
            return {"free": {**span, "gives": gives}}
        return {}


def _practitioners(asked: Group | Item) -> dict[str, str]:
    """Who answers, where it isn't the client."""
    return {"who": asked.who} if asked.who != "client" else {}
