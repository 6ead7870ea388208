"""`unknot reason`, as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

import msgspec
import pytest

FIRST_EXAMPLE = (
    "--pain", "temple:left=7", "--pain", "neck_side:left=5", "--aggravated-by", "turning the head",
)  # fmt: skip


@pytest.fixture
def run(unknot_command):
    return partial(unknot_command, "reason")


def test_the_first_example(run):
    code, out, err = run(*FIRST_EXAMPLE, "--json")
    document = json.loads(out)
    first = document["candidates"][0]
    assert (code, err) == (0, "")
    assert (first["muscle"], first["side"], first["trigger_points"]) == ("upper_trapezius", "left", ["TrP1"])
    assert set(first["explains"]) == {"temple:left", "neck_side:left"}
    assert list(document) == ["candidates", "unexplained", "red_flags", "not_understood"]


def test_a_file_says_the_same_as_options(run, tmp_path):
    drawing = {"regions": {"temple:left": 7, "neck_side:left": 5}, "aggravated_by": ["turning the head"]}
    file = tmp_path / "drawing.json"
    file.write_text(json.dumps(drawing))
    by_options = run(*FIRST_EXAMPLE, "--json")
    assert run(file, "--json") == by_options
    assert run("-", "--json", stdin=json.dumps(drawing)) == by_options


def test_options_add_to_a_file(run, think):
    drawing = {"regions": {"temple:left": 2, "sacrum": 3}, "aggravated_by": ["sitting long"]}
    _, out, _ = run(
        "-",
        "--pain",
        "temple:left=7",
        "--aggravated-by",
        "turning the head",
        "--json",
        stdin=json.dumps(drawing),
    )
    told = think({"temple:left": 7, "sacrum": 3}, aggravated_by=["sitting long", "turning the head"])
    assert json.loads(out) == json.loads(msgspec.json.encode(told))


def test_every_option_arrives(run):
    code, out, _ = run(
        "--aim", "stress", "--symptom", "thunderclap_headache", "--restricted-motion", "the tango", "--json"
    )
    document = json.loads(out)
    assert code == 0
    assert document["red_flags"][0]["rule"] == "thunderclap"
    assert document["not_understood"] == ["the tango"]


def test_for_people(run):
    code, out, err = run(*FIRST_EXAMPLE, "--aggravated-by", "chess", "--symptom", "thunderclap_headache")
    assert (code, err) == (0, "")
    for text in (
        "Red flag: ",
        "Check first",
        "Upper trapezius, left",
        'Not understood: "chess"',
        "not a diagnosis",
    ):
        assert text in out
    assert out.index("Red flag") < out.index("Check first")


def test_aims_alone_for_people(run):
    assert "nothing to explain" in run("--aim", "sport")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "say where it hurts"),
        (("--pain", "temple:left=11"), "from 1 to 10, not 11"),
        (("--pain", "temple:left"), "as in temple:left=7"),
        (("--pain", "temple:left=seven"), "as in temple:left=7"),
        (("--pain", "sacrum=3", "--pain", "sacrum=4"), "tells sacrum twice"),
        (("--pain", "tempel=3"), "did you mean temple"),
        (("--aim", "fun"), "choose from stress"),
        (("--aim", "sport", "--symptom", "dizzyness"), "did you mean dizziness"),
        (("--aim", "sport", "--aggravated-by", "a" * 2001), "2000 are the most"),
        (("no-such-file.json",), "can't read no-such-file.json"),
        (("--pain",), "requires an argument"),
        (("--intensity", "3"), "No such option"),
        (("a.json", "b.json"), "unexpected extra argument"),
    ],
)
def test_bad_input_is_one_line_on_stderr(arguments, says, run):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "stdin is not JSON"),
        ("{", "stdin is not JSON"),
        ("[1]", "must be an object"),
        ('{"regions": {"temple:left": 7.5}}', "not 7.5"),
        ('{"regions": 3}', "regions must be an object"),
        ('{"aims": 3}', "aims must be a list"),
        (" " * 1_000_001, "stdin is too large"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--pain", "sacrum=3", "--aim", "sport")])
def test_a_bad_document_is_one_line_on_stderr(text, says, more, run):
    code, out, err = run("-", *more, "--json", stdin=text)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_a_folder_is_no_drawing(run, tmp_path):
    code, out, err = run(tmp_path)
    assert (code, out) == (2, "")
    assert "can't read" in err


def test_its_help_imports_neither_numpy_nor_the_knowledge():
    script = (
        "import sys; sys.argv = ['unknot', 'reason', '--help']\n"
        "from unknot.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'unknot.knowledge', 'rich.table')))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
