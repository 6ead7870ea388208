"""Dates have one form in each language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from unknot.web.site.formats.en import formats as english
from unknot.web.site.formats.es import formats as spanish

AT = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
WEB = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("lang", "form", "written"),
    [
        ("en", "DATE_FORMAT", "26 November 2026"),
        ("en", "DATETIME_FORMAT", "26 November 2026, 09:05"),
        ("en", "SHORT_DAY_TIME", "Thu, 26 Nov, 09:05"),
        ("es", "DATE_FORMAT", "26 de noviembre de 2026"),
        ("es", "DAY_TIME", "jueves, 26 de noviembre, 09:05"),
        ("es", "SHORT_DAY_TIME", "jue, 26 nov, 09:05"),
    ],
)
def test_a_date_is_written(lang: str, form: str, written: str) -> None:
    with override(lang):
        assert date_format(AT, form) == written


def test_each_language_has_every_form() -> None:
    assert {name for name in vars(english) if name.isupper()} == {n for n in vars(spanish) if n.isupper()}


def test_templates_ask_for_a_form_by_its_name() -> None:
    known = {name for name in vars(english) if name.isupper()} | {"T", "U", "c", "Y-m-d"}
    asked = {
        (path.name, form)
        for path in WEB.glob("*/templates/**/*.html")
        for form in re.findall(r"\|date:[\"']([^\"']+)[\"']", path.read_text("utf-8"))
    }
    assert {each for each in asked if each[1] not in known} == set()
