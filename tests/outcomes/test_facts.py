"""The numbers that the program computes with are those that the facts' words say."""

from __future__ import annotations

import re

import pytest

from unknot.knowledge import load

KB = load()


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("immpact_minimal", "{percent:g} to 20 % lower pain intensity on 0-10"),
        ("immpact_moderate", "at least {percent:g} % lower, or at least {points:g} points"),
        ("immpact_substantial", "at least {percent:g} % lower, or at least {points:g} points"),
    ],
)
def test_a_response_has_the_numbers_of_its_rule(id_: str, words: str) -> None:
    fact = KB.responses[id_]
    assert fact.rule == words.format(percent=fact.percent, points=fact.points)
    assert not fact.both
    assert fact.visits == 1


def test_deterioration_needs_percent_and_points_on_two_visits_running() -> None:
    fact = KB.responses["deterioration"]
    assert fact.rule.startswith(
        f"at least {fact.percent:g} % and at least {fact.points:g} points higher than baseline on two visits"
    )
    assert (fact.both, fact.visits) == (True, 2)


def test_a_course_is_judged_by_visits_a_week_apart() -> None:
    assert any("only visits a week or more apart" in step for step in KB.interpretation.steps)
    assert KB.interpretation.apart_days == 7


@pytest.mark.parametrize("id_", [i.id for i in KB.instruments.values() if i.mcid_percent])
def test_the_usual_response_is_that_of_the_note(id_: str) -> None:
    instrument = KB.instruments[id_]
    assert instrument.note
    assert instrument.note.startswith(f"{instrument.mcid_percent:g} % ")


def test_the_necks_noise_is_the_published_one_and_the_trend_that_of_the_note() -> None:
    nprs = KB.instruments["nprs"]
    (neck,) = nprs.mdc_by_part
    assert neck.value in {v.value for v in nprs.mdc_values if "neck pain" in v.who}
    assert neck.visits == 3
    assert "three visits" in (nprs.note or "")


def test_one_activity_is_noisier_than_several() -> None:
    psfs = KB.instruments["psfs"]
    assert psfs.mdc_one_item in {v.value for v in psfs.mdc_values if v.who == "a single activity"}
    assert psfs.construct == "up to five activities the client names"
    assert psfs.items_most == 5


@pytest.mark.parametrize("id_", ["groc", "pgic"])
def test_a_rating_of_change_says_which_answer_is_no_change(id_: str) -> None:
    instrument = KB.instruments[id_]
    assert instrument.no_change == int(re.findall(r"(\d) no change", instrument.scoring)[0])
    assert (instrument.responder is not None) == ("responder = 1 or 2" in instrument.scoring)


def test_a_headache_month_needs_its_diary() -> None:
    diary = KB.instruments["headache_days"]
    assert f"needs {diary.diary_days_least} or more diary days" in diary.scoring


def test_a_course_ends_after_four_sessions_without_change_at_the_latest() -> None:
    course = KB.planning.course
    rules = {rule.id: rule.text for rule in course.rules}
    assert "No change after three or four sessions: stop" in rules["stop_or_refer"]
    assert (course.re_evaluate_after, course.stop_after) == (3, 4)
