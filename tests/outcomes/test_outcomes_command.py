"""`unknot outcomes`, as it is typed."""

from __future__ import annotations

import json
from functools import partial

import pytest

RATINGS = {
    "visits": [
        {"sessions": 0, "day": 0, "scores": {"nprs": 7, "psfs": {"stairs": 3, "[b]desk": 4}}},
        {"sessions": 1, "day": 7, "scores": {"nprs": 6}},
        {"sessions": 2, "day": 14, "scores": {"nprs": 4}},
        {
            "sessions": 3,
            "day": 21,
            "new_danger_sign": False,
            "scores": {"nprs": 4, "psfs": {"stairs": 4}, "groc": 3},
        },
    ]
}


@pytest.fixture
def run(unknot_command):
    return partial(unknot_command, "outcomes")


def test_json_holds_change_response_plot_and_re_evaluation(run, tmp_path):
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps(RATINGS))
    code, out, err = run(file, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    pain, function, _ = told["outcomes"]
    assert (pain["change"]["better_by"], pain["change"]["verdict"]) == (3, "meaningfully_better")
    assert pain["response"]["level"] == "immpact_moderate"
    assert (pain["series"]["band"], pain["series"]["line"]) == ([5, 9], 5)
    assert function["change"]["not_rated"] == ["[b]desk"]
    assert told["re_evaluation"]["answer"] == "space_out"
    assert told["re_evaluation"]["reasons"][0]["see"][-1] == "two_methods"


def test_a_person_reads_the_answer_first(run):
    code, out, _ = run("-", stdin=json.dumps(RATINGS))
    assert code == 0
    assert out.startswith("space_out\nSpace the sessions out: better on two visits running")
    assert "nprs      7          4        meaningfully_better" in out
    assert "missing: own activities ([b]desk), now" in out
    assert "caution: Never average different instruments into one number." in out


def test_it_speaks_spanish(run):
    _, out, _ = run("-", "--lang", "es", stdin=json.dumps(RATINGS))
    assert "Espaciar las sesiones: mejor en dos visitas seguidas" in out


def test_danger_asks_the_safety_questions_again(run):
    danger = {"visits": [{"sessions": 1, "day": 7, "new_danger_sign": True}]}
    code, out, _ = run("-", stdin=json.dumps(danger))
    assert code == 0
    assert out.startswith("refer\n")
    assert "Ask the safety questions again first." in out


def test_without_ratings_there_is_not_enough_data(run):
    code, out, _ = run("-", stdin='{"visits": []}')
    assert (code, out.splitlines()[0]) == (0, "not_enough_data")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        "\x00",
        "[" * 9999,
        json.dumps({"visits": [{"sessions": 0, "day": 0, "scores": {"nprs": 11}}]}),
        json.dumps({"visits": [{"sessions": 0, "day": 0, "scores": {"ndi\n\n": 11}}]}),
    ],
)
def test_what_is_no_document_is_one_line_on_stderr(run, given):
    code, out, err = run("-", "--json", stdin=given)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_what_can_not_be_asked_is_one_line_too(run, tmp_path):
    for arguments in ((tmp_path / "none.json",), (), ("-", "--nonsense"), ("-", "--lang", "fr")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
