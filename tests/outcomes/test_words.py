"""What is said of it: in both languages, to client and practitioner, and no number that nobody gave."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from unknot.knowledge.labels import Words
from unknot.outcomes import Answer, Missing, Verdict, report
from unknot.outcomes import words as spoken
from unknot.outcomes.measures import BUILT_IN
from unknot.outcomes.re_evaluation import ReasonId
from unknot.outcomes.words import Speaker


def said(ratings, kb, lang="en"):
    return {o.measure: o.says for o in report(ratings, kb, lang=lang).outcomes}


def test_every_verdict_answer_and_reason_has_its_words():
    assert set(spoken.FOR_CLIENT) == set(spoken.FOR_PRACTITIONER) == set(Verdict)
    assert set(spoken.ANSWERS_FOR_CLIENT) == set(spoken.ANSWERS_FOR_PRACTITIONER) == set(Answer)
    assert set(spoken.REASONS) == set(get_args(ReasonId))
    assert set(spoken.NAMES) == set(BUILT_IN) - {"rmdq"}  # that one has a proper name


def test_everything_is_said_in_spanish_too():
    tables = [value for value in vars(spoken).values() if isinstance(value, dict)]
    words = [entry for table in tables for entry in table.values() if isinstance(entry, Words)]
    assert len(words) > 50
    for entry in words:
        assert set(re.findall(r"{\w+}", entry.en)) == set(re.findall(r"{\w+}", entry.es))
        assert entry.en != entry.es


def test_no_protected_name_is_used_for_our_own_questions(kb):
    assert Speaker(kb).measure("pain_impact") == "pain impact"


def test_the_client_reads_plain_words(kb, rated):
    told = said(rated(nprs=[7, 4], groc=[..., 3]), kb)
    assert told["nprs"].client == (
        "Average pain of the last week: from 7 to 4. "
        "That is better by more than chance, and enough to matter."
    )
    assert told["groc"].client.startswith("Change since the start: 3. That is better")


def test_the_practitioner_reads_the_numbers(kb, rated):
    assert said(rated(nprs=[7, 4]), kb)["nprs"].practitioner == (
        "Average pain of the last week: 7 to 4, better by 3 (43 %) (measurement error 2, worthwhile 2): "
        "meaningfully better. Moderate improvement (responder)."
    )
    assert said(rated(nprs=[7, 7]), kb, "es")["nprs"].practitioner == (
        "Dolor promedio de la última semana: de 7 a 7, sin cambio (error de medición 2, vale la pena 2): "
        "sin cambio mayor que el error de medición."
    )
    assert "worse by 3 (60 %)" in said(rated(nprs=[5, 8]), kb)["nprs"].practitioner
    told = said(rated(headache_days=[12, 6]), kb)["headache_days"].practitioner
    assert told.endswith("shown, not judged. Reaches the usual response of this measure.")


def test_within_noise_no_response_is_spoken_of(kb, rated):
    reported = report(rated(nprs=[3, 2]), kb)
    (outcome,) = reported.outcomes
    assert outcome.response.responder
    assert "improvement" not in outcome.says.practitioner + outcome.says.client


def test_what_limits_a_number_is_said(kb, rated):
    assert "too mild at the start" in said(rated(nprs=[1, 0]), kb)["nprs"].client
    assert "too mild" not in said(rated(nprs=[1, 5]), kb)["nprs"].client
    assert "Less than a week" in said(rated(nprs=[7, 4], days=3), kb)["nprs"].client
    left_out = said(rated(psfs=[{"a": 3, "b": 4}, {"a": 5}]), kb)["psfs"]
    assert left_out.client.endswith("Not rated this time: b.")
    assert left_out.practitioner.endswith("Not rated this time: b.")


def test_labels_stand_in_brackets(kb):
    assert Speaker(kb).measure("nprs:temple:left") == "average pain of the last week (temple:left)"
    assert Speaker(kb).measure("ndi") == "Neck Disability Index"


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        ({"nprs": [7, 7, 6, 4], "groc": [..., ..., ..., 3]}, "It is getting better"),
        ({"nprs": [7, 6, 4, 4], "groc": [..., ..., ..., 3]}, "It is better and it stays so"),
        ({"nprs": [7, 7, 6, 6]}, "Your ratings show no clear improvement yet"),
        ({"nprs": [7, 7, 6, 4], "groc": [..., ..., ..., 0]}, "Your ratings do not agree"),
        ({"nprs": [5, 5, 5, 7]}, "By your ratings it is worse"),
        ({"nprs": [5, 5, 5, 5, 7]}, "It is time that a doctor"),
        ({"nprs": [7, 6]}, "There are too few ratings"),
        ({"nprs": [1, 1, 1, 1]}, "It was too mild"),
        ({"nprs": [7, 7, 6, 4]}, "Your numbers are better"),
    ],
)
def test_the_client_reads_what_the_answer_means(kb, rated, told, begins):
    assert report(rated(**told), kb).says.client.startswith(begins)


def test_the_practitioner_reads_why(kb, rated):
    assert report(rated(nprs=[7, 7, 6, 6]), kb).says.practitioner == (
        "Change the approach: no change beyond measurement error (average pain of the last week)."
    )
    assert report(rated(nprs=[7, 6], danger=True), kb).says.practitioner == (
        "Stop and refer: a new danger sign."
    )


def test_what_is_missing_is_said(kb):
    say, dice = Speaker(kb), Speaker(kb, "es")
    assert (
        say.missing(Missing("nprs", "baseline")) == "average pain of the last week, before the first session"
    )
    assert say.missing(Missing("psfs", "now", ("stairs",))) == "own activities (stairs), now"
    assert dice.missing(Missing("global_rating", "now")) == "cómo califica la persona el cambio, ahora"


def test_a_text_holds_only_numbers_that_were_given_or_are_limits(kb, rated):
    for lang in ("en", "es"):
        texts = said(rated(nprs=[8, 6]), kb, lang)["nprs"]
        assert set(re.findall(r"\d+", texts.client)) == {"8", "6"}
        assert set(re.findall(r"\d+", texts.practitioner)) == {"8", "6", "2", "25", "3"}
