"""`unknot screen`, as it is typed."""

from __future__ import annotations

import json
from functools import partial

import pytest

from unknot.knowledge import load
from unknot.screening import read_answers, screen, to_json
from unknot.screening.questionnaire import questionnaire
from unknot.screening.questionnaire import to_json as questionnaire_as_json

KB = load()
ANSWERS = {"facts": {"age": 58, "conditions": ["carotid_stenosis"], "medications": ["antiplatelet"]}}


@pytest.fixture
def run(unknot_command):
    return partial(unknot_command, "screen")


@pytest.fixture
def answers(tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS))
    return file


def test_as_json(run, answers):
    code, out, err = run(answers, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == to_json(screen(read_answers(ANSWERS, KB), KB))


def test_answers_from_stdin(run):
    code, out, _ = run("-", "--json", stdin=json.dumps(ANSWERS))
    assert code == 0
    assert json.loads(out)["decision"] == "absolute"


def test_reasons_and_actions_in_spanish(run, answers):
    _, out, _ = run(answers, "--json", "--lang", "es")
    assert json.loads(out) == to_json(screen(read_answers(ANSWERS, KB), KB, lang="es"))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_questions_with_every_allowed_answer_and_what_it_gives(run, lang):
    code, out, err = run("--questions", "--json", "--lang", lang)
    assert (code, err) == (0, "")
    assert json.loads(out) == questionnaire_as_json(questionnaire(KB, lang=lang), KB)


def test_the_questions_in_words(run):
    code, out, err = run("--questions")
    assert (code, err) == (0, "")
    for group in questionnaire(KB).groups:
        assert group.title in out
        assert group.none_label in out


def test_in_words(run, answers):
    code, out, err = run(answers)
    assert (code, err) == (0, "")
    assert out.startswith("absolute")
    assert KB.rules["carotid_disease"].name in out
    assert "neck_side" in out
    assert "Needed from: physician" in out
    assert "questions are open" in out


def test_beside_an_emergency_stands_only_what_to_do(run):
    told = {"facts": {"age": 58, "symptoms": ["coughing_blood"], "medications": ["antiplatelet"]}}
    code, out, _ = run("-", stdin=json.dumps(told))
    assert code == 0
    assert "Call the emergency number now." in out
    assert KB.rules["pe_signs"].name in out
    assert "coughing blood" in out
    assert "antiplatelet" not in out
    assert "Pressure" not in out


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        ((), "", "give a file of answers"),
        (("no-such-file.json",), "", "can't read no-such-file.json"),
        (("a\0b",), "", "can't read"),
        (("/",), "", "can't read /"),
        (("-",), "", "the answers are not JSON"),
        (("-",), "{", "the answers are not JSON"),
        (("-",), '{"facts": {"age": 40, "symptoms": ["feever"]}}', "did you mean fever?"),
        (("-", "--questions"), "", "not both"),
        (("--questions", "--lang", "fr"), "", "unknown language 'fr'"),
        (("-", "--lang", "fr"), json.dumps(ANSWERS), "unknown language 'fr'"),
        (("-", "--jsn"), "", "--jsn"),
        (("-", "another.json"), "", "another.json"),
    ],
)
def test_bad_input_ends_in_one_line_and_code_2(run, arguments, stdin, says):
    code, out, err = run(*arguments, stdin=stdin)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) == 1
