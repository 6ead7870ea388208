"""What one question was answered with, as the answers document writes it."""

from __future__ import annotations

from typing import Any

from unknot.errors import InputError
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang
from unknot.screening.questionnaire.form import Item, Qualifier
from unknot.screening.questionnaire.qualifiers import NO, NOWHERE, YES
from unknot.screening.questionnaire.selection import Given
from unknot.screening.questionnaire.spans import as_number, told_time


class NoAnswer(InputError):  # noqa: N818 - it says what was given
    """What was given is no answer to the question ``key`` of the item ``item``."""

    def __init__(self, message: str, item: str, key: str) -> None:
        """Say what to do, and where."""
        super().__init__(message)
        self.item, self.key = item, key


def told(
    item: Item, qualifier: Qualifier, given: Given | None, kb: KnowledgeBase, lang: Lang
) -> dict[str, Any]:
    """
    The qualifier of an answers document that an answer gives; nothing for an empty one.

    Raises NoAnswer, in the form's language, where it is no answer to the question.
    """
    if given is None or given in ("", (), []):
        return {}
    read = {
        "choice": _choice,
        "level": _choice,
        "yes_no": _yes_no,
        "since": _since,
        "number": _number,
        "place": _places,
    }[qualifier.kind]
    found = read(qualifier, given, kb)
    if found is None:
        raise NoAnswer(_no_answer(item, qualifier, given, kb, lang), item.id, qualifier.key)
    return found


def _choice(qualifier: Qualifier, given: Given, _kb: KnowledgeBase) -> dict[str, Any] | None:
    return {qualifier.key: given} if any(given == choice.value for choice in qualifier.choices) else None


def _yes_no(qualifier: Qualifier, given: Given, _kb: KnowledgeBase) -> dict[str, Any] | None:
    truth = {YES: True, NO: False}.get(given) if isinstance(given, str) else given
    return {qualifier.key: truth} if isinstance(truth, bool) else None


def _since(_qualifier: Qualifier, given: Given, _kb: KnowledgeBase) -> dict[str, Any] | None:
    try:
        number, unit = told_time(given if isinstance(given, str) else "")
    except InputError:
        return None
    return {f"{unit}_ago": _plain(number)}


def _number(qualifier: Qualifier, given: Given, _kb: KnowledgeBase) -> dict[str, Any] | None:
    number = as_number(given) if isinstance(given, str) else given
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    least, greatest = qualifier.minimum, qualifier.maximum
    inside = (least is None or number >= least) and (greatest is None or number <= greatest)
    return {qualifier.key: _plain(number)} if inside else None


def _places(qualifier: Qualifier, given: Given, kb: KnowledgeBase) -> dict[str, Any] | None:
    texts = (given,) if isinstance(given, str) else given
    if not isinstance(texts, tuple | list) or not all(isinstance(text, str) for text in texts):
        return None
    if tuple(texts) == (NOWHERE,):
        return {qualifier.key: []}
    try:
        places = {place for text in texts for place in kb.places(text)}
    except InputError:
        return None
    return {qualifier.key: [str(place) for place in sorted(places)]}


def _plain(number: float) -> float:
    """The number as one writes it: 3, not 3.0."""
    return int(number) if number == int(number) else number


def _no_answer(item: Item, qualifier: Qualifier, given: Given, kb: KnowledgeBase, lang: Lang) -> str:
    phrases = kb.labels.phrase
    hint = {"number": "hint_number", "since": "hint_since", "place": "hint_place"}.get(qualifier.kind)
    return (
        phrases["not_understood"]
        .in_(lang)
        .format(
            item=item.label,
            given=str(given)[:40],
            question=qualifier.question,
            hint=phrases[hint or "hint_choice"]
            .in_(lang)
            .format(minimum=f"{qualifier.minimum or 0:g}", maximum=f"{qualifier.maximum or 0:g}"),
        )
    )
