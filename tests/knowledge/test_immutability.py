from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import msgspec
import pytest

from unknot.knowledge.crossing import PARTS

MUTABLE = (list, dict, set, bytearray)
BESIDE = (
    "safety", "algometry", "diagnosis", "scores", "implies", "plain_words", "vocabulary",
    "screening_meta", "conditions_meta", "questions_meta", "interpretation", "outcomes_meta", "npi",
    "credentials_meta", "billing",
)  # fmt: skip


def everything_in(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from everything_in(getattr(value, field))
    elif isinstance(value, MappingProxyType):
        for member in value.values():
            yield from everything_in(member)
    elif isinstance(value, tuple):
        for member in value:
            yield from everything_in(member)


@pytest.mark.parametrize("name", [*PARTS, *BESIDE])
def test_nothing_in_the_knowledge_base_can_be_changed(kb, name):
    found = list(everything_in(getattr(kb, name)))
    assert [value for value in found if isinstance(value, MUTABLE)] == []
    assert all(v.__struct_config__.frozen for v in found if isinstance(v, msgspec.Struct))


def test_a_fact_refuses_another_value(kb):
    with pytest.raises(AttributeError):
        kb.muscles["infraspinatus"].prevalence = 1
    with pytest.raises(TypeError):
        kb.muscles["infraspinatus"] = kb.muscles["masseter"]
    with pytest.raises(TypeError):
        kb.screening_meta.emergency_numbers["GB"] = "911"
