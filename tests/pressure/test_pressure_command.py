"""`unknot pressure`, as it is typed."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

KEYS = ["start_s", "end_s", "seconds", "mean_n", "steadiness", "within_target"]


def csv(*, begin_s: float = 0.0, offset_n: float = 0.0) -> str:
    time = np.arange(0, 22, 0.02)
    force = np.interp(time, [2, 3, 17, 18], [0, 20, 20, 0]) + offset_n
    lines = (f"{t + begin_s:.2f},{f:.3f}" for t, f in zip(time, force, strict=True))
    return "\n".join(["time_s,force_n", *lines])


@pytest.fixture
def run(unknot_command):
    return partial(unknot_command, "pressure")


def test_json_has_holds_and_warnings(run, tmp_path):
    file = tmp_path / "trace.csv"
    file.write_text(csv())
    code, out, err = run(file, "--json")
    assert (code, err) == (0, "")
    reading = json.loads(out)
    assert list(reading) == ["holds", "warnings"]
    (hold,) = reading["holds"]
    assert list(hold) == KEYS
    assert (hold["start_s"], hold["end_s"]) == pytest.approx((2.9, 17), abs=0.1)
    assert hold["seconds"] == pytest.approx(14.1, abs=0.1)
    assert hold["mean_n"] == pytest.approx(20, rel=0.01)
    assert (hold["steadiness"], hold["within_target"]) == ("steady", True)
    assert reading["warnings"] == []


def test_start_and_end_are_in_the_clock_of_the_file(run):
    _, out, _ = run("-", "--json", stdin=csv(begin_s=1_700_000_000))
    (hold,) = json.loads(out)["holds"]
    assert (hold["start_s"], hold["end_s"]) == pytest.approx((1_700_000_002.9, 1_700_000_017), abs=0.1, rel=0)


def test_the_table_has_a_row_a_hold_and_the_warnings_below(run):
    code, out, _ = run("-", stdin=csv(offset_n=3))
    assert code == 0
    assert "Within 10-30 s" in out
    row = next(line for line in out.splitlines() if "steady" in line).split()
    assert row[3:] == ["20.0", "steady", "yes"]
    assert "Note: the sensor shows 3 N when nobody presses (an offset): it was taken off." in out


def test_without_a_hold_it_says_so(run):
    code, out, _ = run("-", stdin="time_s,force_n\n0,0\n0.1,0\n")
    assert (code, out) == (0, "No hold in this trace.\n")


@pytest.mark.parametrize(
    ("target", "within"), [("10-30", True), ("20-30", False), ("8 - 12.5", False), ("5..14.5", True)]
)
def test_the_target_can_be_given(run, target, within):
    _, out, _ = run("-", "--json", "--target", target, stdin=csv())
    assert json.loads(out)["holds"][0]["within_target"] is within


@pytest.mark.parametrize("target", ["", "10", "30-10", "-5-10", "0-10", "ten", "1-2", "1.2.3-5", "10-30 min"])
def test_a_wrong_target_is_refused_in_one_line(run, target):
    code, out, err = run("-", f"--target={target}", stdin=csv())
    assert (code, out) == (2, "")
    assert err.startswith("unknot: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"time_s,force_kg\n0,1\n",
        b"time_s,force_n\n0,1\n-1,1\n",
        b"time_s,force_n\n",
        b"x" * 20_000_001,
    ],
    ids=["empty", "binary", "unit", "clock", "no sample", "huge"],
)
def test_what_cannot_be_read_is_refused_in_one_line(run, tmp_path, content):
    file = tmp_path / "trace.csv"
    file.write_bytes(content)
    code, out, err = run(file, "--json")
    assert (code, out) == (2, "")
    assert err.startswith("unknot: ")
    assert err.count("\n") == 1


def test_a_folder_and_a_missing_file_are_refused(run, tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        code, _, err = run(path)
        assert code == 2
        assert err.startswith(f"unknot: can't read {path}: ")
