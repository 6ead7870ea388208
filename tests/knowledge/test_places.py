from __future__ import annotations

import pytest

from unknot.errors import InputError, UnknownId
from unknot.knowledge import Place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("temple:left", [Place("temple", "left")]),
        ("temple:right", [Place("temple", "right")]),
        ("temple", [Place("temple", "left"), Place("temple", "right")]),
        ("sacrum", [Place("sacrum")]),
    ],
)
def test_a_text_names_its_places(kb, text, places):
    assert list(kb.places(text)) == places


def test_an_unknown_region_is_refused_with_the_nearest_ids(kb):
    with pytest.raises(UnknownId, match="unknown region 'tempel'; did you mean temple"):
        kb.places("tempel:left")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sacrum:left", "sacrum lies on the midline: write it without a side"),
        ("temple:up", "unknown side 'up' of temple: write temple:left or temple:right"),
        ("temple:left:left", "unknown side 'left:left' of temple"),
    ],
)
def test_an_impossible_side_is_refused_with_what_to_write(kb, text, says):
    with pytest.raises(InputError, match=says):
        kb.places(text)
