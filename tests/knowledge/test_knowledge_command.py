from __future__ import annotations

import json
from functools import partial

import pytest

from unknot.cli.knowledge import PART_OF_KIND


@pytest.fixture
def unknot(unknot_command):
    return partial(unknot_command, "knowledge")


def test_check_finds_nothing_wrong(unknot):
    code, out, err = unknot("check", "--json")
    assert (code, json.loads(out), err) == (0, {"ok": True, "problems": []}, "")
    code, out, _ = unknot("check")
    assert code == 0
    assert "muscles" in out
    assert "120" in out


def test_check_says_what_is_wrong(unknot, edited, monkeypatch):
    broken = edited("techniques.toml", 'tags = ["', 'tags = ["x", "')
    monkeypatch.setattr("unknot.knowledge.load", lambda: broken)
    code, out, _ = unknot("check", "--json")
    assert code == 1
    (problem,) = json.loads(out)["problems"]
    assert (problem["file"], problem["entry"], problem["field"]) == (
        "techniques.toml",
        "ischemic_compression",
        "tags",
    )
    code, out, _ = unknot("check")
    assert code == 1
    assert "techniques.toml" in out


def test_a_region_shows_who_refers_there(unknot):
    code, out, _ = unknot("show", "region", "temple", "--json")
    assert code == 0
    assert json.loads(out) == {
        "region": "temple",
        "muscles": ["upper_trapezius", "temporalis", "semispinalis_capitis", "suboccipitals", "masseter"],
    }
    assert "Upper trapezius" in unknot("show", "region", "temple")[1]


def test_a_muscle_is_shown_whole(unknot):
    code, out, _ = unknot("show", "muscle", "infraspinatus", "--json")
    assert code == 0
    muscle = json.loads(out)
    assert muscle["id"] == "infraspinatus"
    assert muscle["trigger_point"][0]["press_at"] == ["scapula"]
    code, out, _ = unknot("show", "muscle", "infraspinatus")
    assert code == 0
    assert "turns the arm outward" in out
    assert "https://pubmed.ncbi.nlm.nih.gov/21711512/" in out


@pytest.mark.parametrize("kind", PART_OF_KIND)
def test_every_kind_is_listed_and_shown(unknot, kb, kind):
    code, out, _ = unknot("list", kind, "--json")
    assert code == 0
    listed = json.loads(out)
    assert [entry["id"] for entry in listed] == list(getattr(kb, PART_OF_KIND[kind]))
    assert all(entry["name"] for entry in listed) or kind == "score"
    code, out, _ = unknot("show", kind, listed[0]["id"], "--json")
    assert code == 0
    assert json.loads(out)
    assert unknot("show", kind, listed[0]["id"])[0] == 0


def test_a_kind_may_be_named_by_its_part(unknot):
    assert unknot("list", "muscles", "--json") == unknot("list", "muscle", "--json")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "muscle", "infraspinatis"], "unknown muscle 'infraspinatis'; did you mean infraspinatus"),
        (["show", "muscel", "infraspinatus"], "unknown kind 'muscel'; did you mean muscle"),
        (["show", "region", "halo"], "unknown region 'halo'"),
        (["list", "gods"], "unknown kind 'gods'"),
        (["show", "muscle"], "Missing argument 'ID'"),
        (["show"], "Missing argument"),
        (["sing"], "No such command"),
        (["show", "muscle", "infraspinatus", "--loud"], "No such option"),
        ([], "Missing command"),
    ],
)
def test_bad_input_gets_one_line_on_stderr_and_2(unknot, arguments, says):
    code, out, err = unknot(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
