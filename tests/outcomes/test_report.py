"""All of it together."""

from __future__ import annotations

from unknot.outcomes import report, to_json


def test_the_latest_score_is_the_latest_that_was_given(kb, rated):
    (outcome,) = report(rated(nprs=[7, 6, 4, None]), kb).outcomes
    assert (outcome.sessions, outcome.change.now) == (2, 4)


def test_without_a_comparison_there_is_no_change(kb, rated):
    first, second = report(rated(nprs=[7], sane=[None]), kb).outcomes
    for outcome in (first, second):
        assert (outcome.sessions, outcome.change, outcome.response, outcome.says) == (None, None, None, None)


def test_places_gained_and_lost_are_named(kb, rated):
    marked = [["temple:left", "neck_side"], ["temple:left", "sacrum"]]
    (outcome,) = report(rated(pain_extent=marked), kb).outcomes
    assert (outcome.gained, outcome.lost) == (("sacrum",), ("neck_side:left", "neck_side:right"))


def test_every_outcome_carries_its_sources_and_every_report_the_cautions(kb, rated):
    reported = report(rated(nprs=[7, 4], psfs=[{"a": 1}, {"a": 3}]), kb)
    assert [o.sources for o in reported.outcomes] == [kb.instruments[i].sources for i in ("nprs", "psfs")]
    assert reported.cautions == kb.interpretation.cautions


def test_as_json_it_is_plain(kb, rated):
    document = to_json(report(rated(nprs=[7, 4]), kb))
    assert document["outcomes"][0]["change"]["verdict"] == "meaningfully_better"
    assert document["re_evaluation"]["answer"] == "not_enough_data"
    assert document["outcomes"][0]["series"]["band"] == [5, 9]


def test_what_stayed_the_same_is_not_called_a_movement(kb, rated):
    said = report(rated(nprs=[6, 5, 6]), kb).outcomes[0].says
    assert said.client == "Average pain of the last week: 6, as at the start."
    assert "no change beyond measurement error" in said.practitioner
