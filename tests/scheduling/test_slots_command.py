"""`unknot slots`, as it is typed."""

from __future__ import annotations

import json
from functools import partial

import pytest

SCHEDULE = {
    "zone": "America/New_York",
    "weekly": [{"weekday": 0, "start": "09:00", "end": "11:00"}],
    "overrides": [{"date": "2026-06-11", "closed": True}],
    "busy": [["2026-06-08T14:00:00Z", "2026-06-08T15:00:00Z"]],
    "service_minutes": 60,
    "grid_minutes": 30,
    "buffer_before": 0,
    "buffer_after": 0,
    "minimum_notice_minutes": 120,
    "horizon_days": 60,
    "now": "2026-06-08T00:00:00Z",
    "from": "2026-06-08",
    "to": "2026-06-16",
}


@pytest.fixture
def run(unknot_command):
    return partial(unknot_command, "slots")


def test_json_holds_the_starts_as_utc_instants(run, tmp_path):
    file = tmp_path / "schedule.json"
    file.write_text(json.dumps(SCHEDULE))
    code, out, err = run(file, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "slots": [
            "2026-06-08T13:00:00Z",
            "2026-06-15T13:00:00Z",
            "2026-06-15T13:30:00Z",
            "2026-06-15T14:00:00Z",
        ]
    }


def test_the_table_has_a_row_a_date_by_the_wall_clock(run):
    code, out, _ = run("-", stdin=json.dumps(SCHEDULE))
    assert code == 0
    assert "Mon 2026-06-08   09:00" in out
    assert "Mon 2026-06-15   09:00  09:30  10:00" in out


def test_without_a_free_slot_it_says_so(run):
    code, out, _ = run("-", stdin=json.dumps(SCHEDULE | {"weekly": []}))
    assert (code, out) == (0, "No free slot on these dates.\n")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        "null",
        '"words"',
        "{}",
        json.dumps(SCHEDULE | {"zone": "Mars/Olympus"}),
        "\x00",
        "[" * 9999,
    ],
)
def test_what_is_no_schedule_is_one_line_on_stderr(run, given):
    code, out, err = run("-", "--json", stdin=given)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_a_missing_file_and_a_missing_argument_are_one_line_too(run, tmp_path):
    for arguments in ((tmp_path / "none.json",), (), ("-", "--nonsense")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
