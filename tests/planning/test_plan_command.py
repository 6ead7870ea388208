"""`unknot plan` as a person runs it."""

import io
import json
import sys
from typing import NamedTuple

import pytest

from unknot.cli.main import main

DRAWING = {"regions": {"temple:left": 7, "neck_side:left": 5}, "aggravated_by": ["turning the head"]}
HEALTHY = {"facts": {"age": 30}, "answered": ["booking"]}


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command on two documents; the drawing through stdin where that is given."""

    def of(drawing, answers, *options, stdin=None):
        paths = []
        for name, document in (("drawing", drawing), ("answers", answers)):
            path = tmp_path / f"{name}.json"
            path.write_text(document if isinstance(document, str) else json.dumps(document))
            paths.append(str(path))
        if stdin is not None:
            paths[0] = "-"
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        monkeypatch.setattr(sys, "argv", ["unknot", "plan", *paths, *options])
        with pytest.raises(SystemExit) as left:
            main()
        return Done(left.value.code, *capsys.readouterr())

    return of


def test_json(run):
    done = run(DRAWING, HEALTHY, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert list(plan) == ["decision", "course", "home_care", "after_clearance", "held", "why_not"]
    assert plan["decision"] == "proceed"
    assert plan["course"]["sessions_plan"][0]["holds"][0]["muscle"] == "upper_trapezius"


def test_spanish(run):
    danger = {"facts": {"age": 30, "symptoms": ["thunderclap_headache"]}, "answered": ["booking"]}
    done = run(DRAWING, danger, "--lang", "es", "--json")
    assert json.loads(done.stdout)["why_not"].startswith("Esto va primero y necesita ayuda ahora mismo")


def test_an_unknown_language_is_refused(run):
    done = run(DRAWING, HEALTHY, "--lang", "eo")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("unknot: unknown language 'eo'")


def test_tables(run):
    done = run(DRAWING, HEALTHY)
    assert done.returncode == 0
    assert "Session 1" in done.stdout
    assert "Upper" in done.stdout
    assert "At home" in done.stdout
    assert "USD a session" in done.stdout


def test_danger_shows_no_price(run):
    done = run(DRAWING, {"facts": {"age": 30, "symptoms": ["thunderclap_headache"]}})
    assert done.returncode == 0
    assert "emergency" in done.stdout
    assert "USD" not in done.stdout
    assert "At home" not in done.stdout


def test_a_red_flag_of_the_drawing_counts(run):
    done = run(DRAWING | {"symptoms": ["thunderclap_headache"]}, HEALTHY, "--json")
    plan = json.loads(done.stdout)
    assert (plan["decision"], plan["course"], plan["home_care"]) == ("emergency", None, [])


def test_an_aim_alone(run):
    plan = json.loads(run({"aims": ["stress"]}, HEALTHY, "--json").stdout)
    assert plan["course"]["emphasis"]


def test_wishes(run):
    plan = json.loads(run(DRAWING, HEALTHY, "--json", "--pain-limit", "3", "--pressure", "2").stdout)
    holds = [hold for session in plan["course"]["sessions_plan"] for hold in session["holds"]]
    assert {hold["pain_ceiling"] for hold in holds} == {3}
    assert {level for hold in holds for level in hold["levels"]} == {2}


def test_stdin(run):
    assert run(DRAWING, HEALTHY, "--json", stdin=json.dumps(DRAWING)).returncode == 0


@pytest.mark.parametrize(
    ("drawing", "answers", "options", "says"),
    [
        ("{", HEALTHY, (), "JSON"),
        ({"regions": {"templ:left": 7}}, HEALTHY, (), "temple"),
        ({"regions": {"temple:left": 11}}, HEALTHY, (), "10"),
        ({}, HEALTHY, (), "aim"),
        (DRAWING, "[", (), "JSON"),
        (DRAWING, {"facts": {}}, (), "age"),
        (DRAWING, HEALTHY, ("--pain-limit", "0"), "between 1 and 10"),
        (DRAWING, HEALTHY, ("--pressure", "6"), "1 to 5"),
        (DRAWING, HEALTHY, ("--nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_one_line_on_stderr(run, drawing, answers, options, says):
    done = run(drawing, answers, "--json", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
