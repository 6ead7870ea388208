"""Reading a drawing: what is taken, and what is refused with which words."""

from __future__ import annotations

import json

import pytest

from unknot.errors import InputError, UnknownId
from unknot.reasoning import drawing_from_json, read_drawing
from unknot.reasoning.drawing import LONGEST_LIST, LONGEST_TEXT


def regions_of(document, kb):
    return {str(place): pain for place, pain in read_drawing({"regions": document}, kb).regions.items()}


def test_it_reads_everything(kb):
    drawing = drawing_from_json(
        json.dumps(
            {
                "regions": {"sacrum": 4, "temple:left": 7},
                "aggravated_by": ["turning the head"],
                "restricted_motion": ["looking up"],
                "symptoms": ["dizziness"],
                "aims": ["sport", "stress"],
                "complaint": "since May",
            }
        ),
        kb,
    )
    assert {str(place): pain for place, pain in drawing.regions.items()} == {"temple:left": 7, "sacrum": 4}
    assert drawing.aggravated_by == ("turning the head",)
    assert drawing.restricted_motion == ("looking up",)
    assert drawing.symptoms == ("dizziness",)
    assert drawing.aims == ("stress", "sport")
    assert drawing.complaint == "since May"


def test_a_sided_region_without_a_side_means_both(kb):
    assert regions_of({"temple": 3}, kb) == {"temple:left": 3, "temple:right": 3}


@pytest.mark.parametrize("regions", [{"temple": 8, "temple:left": 2}, {"temple:left": 2, "temple": 8}])
def test_the_region_with_its_side_holds_for_that_side(regions, kb):
    assert regions_of(regions, kb) == {"temple:left": 2, "temple:right": 8}


def test_places_stand_head_to_toes_however_they_were_told(kb):
    assert list(regions_of({"heel:right": 1, "heel:left": 2, "vertex": 3}, kb)) == [
        "vertex",
        "heel:left",
        "heel:right",
    ]


def test_aims_without_regions_are_a_full_drawing(kb):
    assert read_drawing({"aims": ["maintenance"]}, kb).aims == ("maintenance",)


def test_what_is_said_twice_counts_once_and_blanks_are_dropped(kb):
    drawing = read_drawing({"aims": ["sport"], "aggravated_by": ["sitting", " ", "  sitting "]}, kb)
    assert drawing.aggravated_by == ("sitting",)


def test_mirrored_exchanges_the_sides(kb):
    drawing = read_drawing({"regions": {"temple:left": 7, "sacrum": 4}}, kb).mirrored()
    assert {str(place): pain for place, pain in drawing.regions.items()} == {"temple:right": 7, "sacrum": 4}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "must be an object"),
        (None, "not null"),
        ({}, "at least one region that hurts, or an aim: stress, posture"),
        ({"regions": {}, "aims": []}, "at least one region"),
        ({"complaint": "it hurts"}, "at least one region"),
        ({"region": {"sacrum": 4}}, "unknown key in the drawing 'region'; did you mean regions"),
        ({"regions": ["sacrum"]}, "regions must be an object"),
        ({"regions": {"tempel:left": 4}}, "unknown region 'tempel'; did you mean temple"),
        ({"regions": {"temple:up": 4}}, "temple:left or temple:right"),
        ({"regions": {"sacrum:left": 4}}, "lies on the midline"),
        ({"regions": {"x" * 500: 4}}, "unknown region: 'xxx"),
        ({"regions": {"sacrum": 0}}, "the pain at sacrum must be a whole number from 1 to 10, not 0"),
        ({"regions": {"sacrum": 11}}, "from 1 to 10, not 11"),
        ({"regions": {"sacrum": 10**40}}, "not so great a number"),
        ({"regions": {"sacrum": 7.5}}, "whole number from 1 to 10, not 7.5"),
        ({"regions": {"sacrum": True}}, "not true or false"),
        ({"regions": {"sacrum": "7"}}, "not text"),
        ({"regions": {"sacrum": None}}, "not null"),
        ({"aims": ["fun"]}, "unknown aim 'fun': choose from stress"),
        ({"aims": "sport"}, "aims must be a list"),
        (
            {"aims": ["sport"], "symptoms": ["dizzyness"]},
            "unknown symptom 'dizzyness'; did you mean dizziness",
        ),
        ({"aims": ["sport"], "symptoms": [3]}, "each entry of symptoms must be text, not a number"),
        ({"aims": ["sport"], "aggravated_by": {"a": 1}}, "aggravated_by must be a list, not an object"),
        ({"aims": ["sport"], "complaint": ["a"]}, "complaint must be text"),
        ({"aims": ["sport"], "complaint": "a" * (LONGEST_TEXT + 1)}, "2000 are the most"),
        ({"aims": ["sport"], "aggravated_by": ["a"] * (LONGEST_LIST + 1)}, "50 are the most"),
    ],
)
def test_bad_input_is_refused_in_one_line(document, says, kb):
    with pytest.raises(InputError) as refused:
        read_drawing(document, kb)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_longest_that_is_taken(kb):
    document = {
        "aims": ["sport"],
        "complaint": "a" * LONGEST_TEXT,
        "aggravated_by": [f"p {n}" for n in range(LONGEST_LIST)],
    }
    assert len(read_drawing(document, kb).aggravated_by) == LONGEST_LIST


@pytest.mark.parametrize("text", ["", "{", '{"regions": {"sacrum": 4', b"\xff\xfe", "[" * 100_000])
def test_what_is_not_json_is_refused(text, kb):
    with pytest.raises(InputError, match="not JSON"):
        drawing_from_json(text, kb)


def test_an_unknown_id_says_what_was_given(kb):
    with pytest.raises(UnknownId) as refused:
        read_drawing({"regions": {"tempel": 4}}, kb)
    assert (refused.value.kind, refused.value.given) == ("region", "tempel")
