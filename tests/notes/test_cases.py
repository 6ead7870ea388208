"""Whole sessions: their notes are checked in, to be read; and so are those that the documentation prints."""

from __future__ import annotations

import re

import pytest
from note_cases import CASES, DOCUMENT, read_cases, with_notes


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: f"{case.name}.{case.lang}")
def test_the_note_is_the_one_checked_in(case):
    assert case.drafted == case.checked_in.read_text("utf-8")


def test_every_note_checked_in_has_its_case():
    assert {path.stem for path in CASES.glob("*.txt")} == {path.stem for path in CASES.glob("*.json")}


def test_the_documentation_prints_what_is_drafted():
    document = DOCUMENT.read_text("utf-8")
    assert len(re.findall("<!-- end -->", document)) >= 3
    assert with_notes(document) == document
