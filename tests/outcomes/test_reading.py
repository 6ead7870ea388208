"""Ratings as a document: what is read, and what is refused."""

from __future__ import annotations

import pytest

from unknot.errors import InputError
from unknot.outcomes import ratings_from_json, read_ratings

BASELINE = {"sessions": 0, "day": 0, "scores": {"nprs": 7}}


def test_a_document_is_read(kb):
    told = {
        "part": "neck",
        "visits": [
            BASELINE,
            {"sessions": 1, "day": 7, "scores": {"nprs": None}},
            {"sessions": 3, "day": 20, "scores": {"nprs": 4, "groc": 2}, "new_danger_sign": False},
        ],
    }
    ratings = read_ratings(told, kb)
    assert ratings.part == "neck"
    assert ratings.keys == ("nprs", "groc")
    assert ratings.before.scores["nprs"].value == 7
    assert [visit.sessions for visit in ratings.since] == [1, 3]
    assert ratings.since[0].scores["nprs"] is None
    assert [visit.new_danger_sign for visit in ratings.since] == [None, False]
    assert [ratings.days_since_baseline(visit) for visit in ratings.since] == [7, 20]


def test_days_count_from_the_baseline(kb):
    visits = [BASELINE | {"day": 3}, {"sessions": 1, "day": 7}]
    ratings = read_ratings({"visits": visits}, kb)
    assert ratings.days_since_baseline(ratings.since[0]) == 4


def test_without_visits_there_is_nothing_to_read(kb):
    assert read_ratings({"visits": []}, kb).keys == ()


@pytest.mark.parametrize("text", ["", "{", "\x00", "[" * 9999, b"\xff"])
def test_what_is_not_json(kb, text):
    with pytest.raises(InputError, match="the ratings are not JSON"):
        ratings_from_json(text, kb)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (None, "expected `object`"),
        ({}, "missing required field `visits`"),
        ({"visits": [BASELINE], "region": "neck"}, "unknown field `region`"),
        ({"visits": [BASELINE], "part": "soul"}, r"invalid enum value 'soul' \(in part\)"),
        ({"visits": [{"sessions": 0}]}, r"missing required field `day` \(in visits\[0\]\)"),
        ({"visits": [{"sessions": -1, "day": 0}]}, ">= 0"),
        ({"visits": [BASELINE | {"day": "0"}]}, "expected `int`"),
        ({"visits": [BASELINE, BASELINE]}, r"visits\[1\]\.sessions: 0 comes after 0"),
        (
            {"visits": [BASELINE | {"day": 9}, {"sessions": 1, "day": 8}]},
            r"visits\[1\]\.day: day 8 comes after day 9",
        ),
        (
            {"visits": [{"sessions": 0, "day": 0, "scores": {"nprs": 11}}]},
            r"visits\[0\]\.scores\.nprs must lie",
        ),
        (
            {"visits": [{"sessions": 0, "day": 0, "scores": {"pain": 1}}]},
            r"visits\[0\]\.scores: unknown measure",
        ),
        ({"visits": [{"sessions": 0, "day": 0, "scores": {"groc": 1}}]}, "groc is a rating of change: leave"),
    ],
)
def test_what_is_no_document_names_the_field_in_one_line(kb, document, says):
    with pytest.raises(InputError, match=says) as refused:
        read_ratings(document, kb)
    assert len(str(refused.value).splitlines()) == 1


def test_a_rating_of_change_may_stand_empty_before_the_first_session(kb):
    assert read_ratings({"visits": [{"sessions": 0, "day": 0, "scores": {"groc": None}}]}, kb).keys == (
        "groc",
    )
