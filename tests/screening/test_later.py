"""Answers age until the day of the appointment: what happened does, what is felt does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.knowledge import KnowledgeBase, load
from unknot.screening import Answers, Clearance, Fact, Facts, days_later, read_answers, screen


def told(kb: KnowledgeBase, **facts: object) -> Answers:
    return read_answers({"facts": {"age": 40, **facts}, "answered": ["booking"]}, kb)


def test_time_alone_ends_what_a_fresh_operation_forbids() -> None:
    kb = load()
    answers = told(kb, events=[{"event": "surgery", "days_ago": 3, "place": "shoulder_front:left"}])
    assert screen(answers, kb).decision == "absolute"
    assert screen(days_later(answers, 21), kb).decision == "clearance"
    assert screen(days_later(answers, 60), kb).decision in {"proceed", "adapt", "local"}


def test_a_pregnancy_goes_on() -> None:
    assert days_later(Answers(Facts(age=30, pregnancy_week=30)), 21).facts.pregnancy_week == 33
    assert days_later(Answers(Facts(age=30, pregnancy_week=44)), 60).facts.pregnancy_week == 45


def test_a_symptom_stays_as_it_is_now() -> None:
    now = Answers(Facts(age=30, told=(Fact("symptom", "fever", days_ago=1),)))
    assert days_later(now, 30) == now


def test_a_note_grows_old() -> None:
    note = Clearance("cancer_active", by="oncology team", days_ago=50)
    aged = days_later(Answers(Facts(age=30), clearances=(note,)), 11)
    assert aged.clearances[0].days_ago == 61


def test_no_day_lies_before_the_telling() -> None:
    with pytest.raises(ValueError, match="before they were told"):
        days_later(Answers(Facts(age=30)), -1)


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0, 500))
def test_two_steps_are_one(first: int, second: int, ago: float) -> None:
    told_now = Answers(Facts(age=30, told=(Fact("event", "injury", days_ago=ago),)))
    in_two = days_later(days_later(told_now, first), second).facts.told[0].days_ago
    in_one = days_later(told_now, first + second).facts.told[0].days_ago
    assert in_two == pytest.approx(in_one)
