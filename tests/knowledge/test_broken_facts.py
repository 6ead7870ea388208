"""A wrong fact is named by its file, its entry and its field, and by what is wrong with it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from unknot.errors import KnowledgeError
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.crossing import check


class Break(NamedTuple):
    """One fact made wrong, and the error that must come of it; the keys of broken_facts.toml."""

    file: str
    old: str
    new: str
    field: str
    problem: str
    part: str = ""
    entry: str = ""


CASES = tomllib.loads(Path(__file__).with_name("broken_facts.toml").read_text("utf-8"))
WITHIN_A_PART = [Break(**case) for case in CASES["within"]]
BETWEEN_PARTS = [Break(**case) for case in CASES["between"]]


@pytest.mark.parametrize("broken", WITHIN_A_PART, ids=lambda b: f"{b.part}-{b.field}-{b.new[:24]}")
def test_a_part_with_a_wrong_fact_is_refused(edited, broken):
    kb = edited(broken.file, broken.old, broken.new)
    with pytest.raises(KnowledgeError) as caught:
        getattr(kb, broken.part)
    error = caught.value
    assert (error.file, error.field) == (broken.file, broken.field)
    assert error.entry == broken.entry or not broken.entry
    assert broken.problem in error.problem
    assert str(error) == f"{error.file}: {error.entry}: {error.field}: {error.problem}"


@pytest.mark.parametrize("broken", BETWEEN_PARTS, ids=lambda b: f"{b.file}-{b.field}")
def test_what_parts_disagree_on_is_found(edited, broken):
    problems = check(edited(broken.file, broken.old, broken.new))
    assert problems
    for problem in problems:
        assert (problem.file, problem.field) == (broken.file, broken.field)
        assert problem.entry == broken.entry or not broken.entry
        assert broken.problem in problem.problem


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match=r"regions\.toml: file: -: is missing"):
        _ = KnowledgeBase(tmp_path).regions


def test_a_wrong_part_leaves_the_others_readable(edited):
    kb = edited("billing.toml", "low = 70", "low = 0")
    assert kb.muscles
    assert [p.entry for p in check(kb)] == ["neuromuscular_60"]
