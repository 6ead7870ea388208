"""The re-evaluation: each answer and each reason, and what just misses it."""

from __future__ import annotations

from typing import get_args

import pytest

from unknot.outcomes import Answer, Missing, re_evaluate, read_ratings
from unknot.outcomes.re_evaluation import RULE_OF, ReasonId


@pytest.fixture
def judged(kb, rated):
    """Answer and reasons: ``("go_on", ["improves"])``."""

    def of(**told):
        found = re_evaluate(rated(**told), kb)
        return found.answer.value, [reason.id for reason in found.reasons]

    return of


def asked_at(last, *, of=4):
    """A rating of change, asked at the last of four visits."""
    return [...] * (of - 1) + [last]


STAIRS = [{"stairs": 3, "desk": 3}, ..., ..., {"stairs": 3, "desk": 3}]


# Go on, and space out


def test_go_on_while_it_gets_better(judged):
    assert judged(nprs=[7, 7, 6, 4], groc=asked_at(3)) == ("go_on", ["improves"])
    assert judged(nprs=[7, 7, 5, 3], groc=asked_at(3)) == ("go_on", ["improves"])  # still moving


def test_space_out_once_the_gain_holds(judged):
    assert judged(nprs=[7, 6, 4, 4], groc=asked_at(3)) == ("space_out", ["gain_holds"])
    assert judged(nprs=[7, 6, 4, 3], groc=asked_at(3)) == ("space_out", ["gain_holds"])
    assert judged(nprs=[7, 6, 3, 5], groc=asked_at(3)) == ("go_on", ["improves"])  # it gave 2 back


def test_in_the_neck_a_gain_may_move_more_and_still_hold(judged):
    assert judged(part="neck", nprs=[9, 9, 5, 2], groc=asked_at(3)) == ("space_out", ["gain_holds"])
    assert judged(nprs=[9, 9, 5, 2], groc=asked_at(3)) == ("go_on", ["improves"])


def test_one_visit_can_not_show_that_a_gain_holds(kb):
    visits = [
        {"sessions": 0, "day": 0, "scores": {"nprs": 7}},
        {"sessions": 3, "day": 21, "scores": {"nprs": 3, "groc": 4}},
    ]
    assert re_evaluate(read_ratings({"visits": visits}, kb), kb).answer is Answer.GO_ON


def test_every_improved_measure_must_hold(judged):
    moves = [{"stairs": 3, "desk": 3}, ..., {"stairs": 4, "desk": 4}, {"stairs": 7, "desk": 7}]
    assert judged(nprs=[7, 6, 4, 4], psfs=moves, groc=asked_at(3)) == ("go_on", ["improves"])


def test_a_gain_holds_only_by_scores_that_were_given(judged):
    assert judged(nprs=[7, 6, None, 4], groc=asked_at(3)) == ("go_on", ["improves"])
    swapped = [{"a": 2, "b": 2}, ..., {"a": 8, "b": None}, {"b": 8, "a": None}]
    assert judged(psfs=swapped, groc=asked_at(3)) == ("go_on", ["improves"])


def test_two_points_are_a_response_where_three_are_worthwhile(judged):
    assert judged(nprs=[9, 9, 9, 7], groc=asked_at(2)) == ("go_on", ["improves"])
    assert judged(nprs=[9, 9, 9, 7.1], groc=asked_at(2)) == ("change_approach", ["disagree"])


def test_half_the_days_with_headache_count_as_improvement(judged):
    assert judged(headache_days=[12, 12, 12, 6], groc=asked_at(2)) == ("go_on", ["improves"])
    assert judged(headache_days=[12, 12, 6, 6], groc=asked_at(2)) == ("space_out", ["gain_holds"])
    assert judged(headache_days=[12, 12, 12, 7], groc=asked_at(0))[0] == "change_approach"


def test_the_other_rating_of_change_counts_as_well(judged):
    assert judged(nprs=[7, 7, 6, 4], pgic=asked_at(2)) == ("go_on", ["improves"])
    assert judged(nprs=[7, 7, 6, 4], pgic=asked_at(3)) == ("change_approach", ["disagree"])


# Change the approach


def test_no_change_after_the_third_session_changes_the_approach(judged):
    assert judged(nprs=[7, 7, 6, 6], psfs=STAIRS, groc=asked_at(0)) == ("change_approach", ["no_change"])
    assert judged(nprs=[7, 7, 6, 6]) == ("change_approach", ["no_change"])  # that needs no global rating


def test_no_change_after_the_fourth_stops_and_refers(judged):
    assert judged(nprs=[7, 7, 6, 6, 7], groc=asked_at(1, of=5)) == ("refer", ["no_change"])


def test_measures_that_disagree_change_the_approach(judged):
    assert judged(nprs=[7, 7, 6, 4], groc=asked_at(1)) == ("change_approach", ["disagree"])
    assert judged(nprs=[7, 7, 7, 7], groc=asked_at(4)) == ("change_approach", ["disagree"])
    worse = [{"stairs": 5, "desk": 5}, ..., ..., {"stairs": 2, "desk": 3}]
    assert judged(nprs=[7, 7, 6, 4], psfs=worse, groc=asked_at(3)) == ("change_approach", ["disagree"])
    assert judged(nprs=[7, 7, 6, 4], psfs=worse) == ("change_approach", ["disagree"])


def test_a_small_change_is_not_enough(judged):
    assert judged(ndi=[30, 30, 30, 24], groc=asked_at(1)) == ("change_approach", ["only_small"])


def test_worse_once_changes_the_approach_and_after_the_fourth_refers(judged):
    assert judged(nprs=[5, 5, 5, 7], groc=asked_at(0)) == ("change_approach", ["worse"])
    assert judged(nprs=[5, 5, 5, 5, 7]) == ("refer", ["worse"])
    assert judged(nprs=[5, 5, 5, 7], ndi=[30, 30, 30, 24]) == ("change_approach", ["worse"])
    assert judged(ndi=[30, 30, 30, 35]) == ("change_approach", ["worse"])  # beyond noise, below worthwhile


# Refer


def test_a_new_danger_sign_refers_whatever_the_scores(judged):
    assert judged(nprs=[7, 6, 4, 4], groc=asked_at(3), danger=True) == ("refer", ["danger_sign"])
    assert judged(nprs=[7, 6], danger=True) == ("refer", ["danger_sign"])


def test_clearly_worse_on_two_visits_running_refers_at_once(judged):
    assert judged(nprs=[5, 7, 7]) == ("refer", ["worse_twice"])
    assert judged(nprs=[5, 7, 7], danger=True) == ("refer", ["danger_sign", "worse_twice"])
    assert judged(nprs=[5, 7, 6.9])[0] != "refer"
    assert judged(nprs=[5, 7, 5, 7])[0] != "refer"
    assert judged(nprs=[5, 7, None, 7])[0] != "refer"
    assert judged(nprs=[7, 9, 9])[0] != "refer"  # 2 points, 29 %


# Not enough data


def test_before_the_third_session_it_is_too_early(judged, kb):
    assert judged(nprs=[7, 4, 2]) == ("not_enough_data", ["too_early"])
    assert judged(nprs=[7]) == ("not_enough_data", ["too_early"])
    nothing = re_evaluate(read_ratings({"visits": []}, kb), kb)
    assert (nothing.answer, nothing.missing) == (Answer.NOT_ENOUGH_DATA, ())


def test_an_improvement_takes_the_clients_own_rating_of_change(judged):
    assert judged(nprs=[7, 6, 4, 4], psfs=STAIRS) == ("not_enough_data", ["no_global_rating"])
    assert judged(nprs=[7, 6, 4, 4], groc=asked_at(None)) == ("not_enough_data", ["no_global_rating"])


def test_a_rating_of_change_alone_is_not_enough(judged):
    assert judged(groc=asked_at(4)) == ("not_enough_data", ["no_comparison"])


def test_without_baseline_or_latest_score_nothing_is_compared(judged):
    assert judged(nprs=[None, 6, 4, 2], groc=asked_at(4)) == ("not_enough_data", ["no_comparison"])
    assert judged(nprs=[7, 6, 4, None], groc=asked_at(4)) == ("not_enough_data", ["no_comparison"])


def test_what_is_only_shown_judges_nothing(judged):
    told = {"ppt": [200, 250, 300, 400], "pain_extent": [["temple"], [], [], []]}
    assert judged(**told, groc=asked_at(4)) == ("not_enough_data", ["no_comparison"])


def test_within_a_week_nothing_is_said_of_the_course(judged):
    assert judged(nprs=[7, 6, 4, 4], groc=asked_at(4), days=2) == ("not_enough_data", ["too_close"])
    assert judged(nprs=[7, 6, 4, 4], groc=asked_at(4), days=3) == ("space_out", ["gain_holds"])


def test_a_week_is_enough(kb):
    def answer(day):
        visits = [
            {"sessions": 0, "day": 0, "scores": {"nprs": 7}},
            {"sessions": 3, "day": day, "scores": {"nprs": 3, "groc": 4}},
        ]
        return re_evaluate(read_ratings({"visits": visits}, kb), kb).answer

    assert (answer(6), answer(7)) == (Answer.NOT_ENOUGH_DATA, Answer.GO_ON)


def test_too_mild_at_the_start_is_neither_change_nor_none(judged):
    assert judged(nprs=[1, 1, 0, 0], groc=asked_at(4)) == ("not_enough_data", ["too_mild"])
    assert judged(nprs=[1, 1, 0, 0], psfs=STAIRS, groc=asked_at(0)) == ("change_approach", ["no_change"])


# The neck


def test_in_the_neck_one_number_takes_four_points_or_three_visits_two(judged):
    assert judged(part="neck", nprs=[7, 7, 6, 3], groc=asked_at(3)) == ("go_on", ["improves"])
    assert judged(part="neck", nprs=[7, 7, 6, 4], groc=asked_at(3)) == ("change_approach", ["disagree"])
    assert judged(part="neck", nprs=[7, 5, 5, 4], groc=asked_at(3)) == ("space_out", ["gain_holds"])
    assert judged(part="neck", nprs=[7, None, 5, 4], groc=asked_at(3)) == ("change_approach", ["disagree"])


# What comes with the answer


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ({"nprs": [5, 7, 7]}, True),
        ({"nprs": [5, 5], "danger": True}, True),
        ({"nprs": [5, 7]}, True),  # meaningfully worse once
        ({"nprs": [5, 6.9]}, False),
        ({"nprs": [7, 7, 7, 7, 7]}, False),
    ],
)
def test_when_the_safety_questions_come_again(kb, rated, told, again):
    assert re_evaluate(rated(**told), kb).screen_again is again


def test_what_nobody_gave_is_listed(kb, rated):
    ratings = rated(
        nprs=[7, 6, 5, None],
        psfs=[{"stairs": 3, "desk": 3}, ..., ..., {"stairs": 4}],
        sane=[..., ..., ..., 60],
        danger=None,
    )
    assert re_evaluate(ratings, kb).missing == (
        Missing("nprs", "now"),
        Missing("psfs", "now", ("desk",)),
        Missing("sane", "baseline"),
        Missing("global_rating", "now"),
        Missing("new_danger_sign", "now"),
    )


def test_pain_and_activity_are_missing_where_nobody_asked(kb, rated):
    found = re_evaluate(rated(sane=[40, 40, 40, 40], groc=asked_at(0)), kb)
    assert found.missing == (Missing("nprs", "now"), Missing("psfs", "now"))


def test_every_reason_rests_on_a_rule_of_a_course_and_names_entries_that_exist(kb):
    assert set(RULE_OF) == set(get_args(ReasonId))
    rules = {rule.id: rule for rule in kb.planning.course.rules}
    entries = {*kb.questions, *kb.responses}
    for rule in RULE_OF.values():
        assert set(rules[rule].see) <= entries


def test_the_reasons_name_their_measures_and_sources(kb, rated):
    (reason,) = re_evaluate(rated(nprs=[7, 6, 4, 4], psfs=STAIRS, groc=asked_at(3)), kb).reasons
    assert reason.measures == ("nprs", "groc")
    assert reason.see == ("how_do_i_know_it_helps", "immpact_moderate", "two_methods")
