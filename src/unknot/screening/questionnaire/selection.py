"""What a person gave on the form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

Given = str | float | bool | tuple[str, ...]
"""What a qualifier was answered with: text, a number, yes or no (``yes``/``no`` do too), or places."""

NOTHING: Mapping[str, Mapping[str, Given]] = MappingProxyType({})


class Selection(msgspec.Struct, frozen=True):
    """
    What was ticked on the form, by the ids of the questionnaire.

    ``ticked``: item id → qualifier key → what was given (an empty mapping for a bare tick).
    ``none_of``: ids of groups answered "none of these", and of ticked items none of whose follow-ups holds.
    ``unknown``: ids of items marked "I don't know". ``age`` in years; ``sex`` of the vocabulary.
    """

    age: float | None = None
    sex: str | None = None
    ticked: Mapping[str, Mapping[str, Given]] = NOTHING
    none_of: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
