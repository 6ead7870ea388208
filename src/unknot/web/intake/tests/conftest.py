from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from unknot.web.intake.tests.visitor import Visitor


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test begins in English, whatever page the one before it asked for."""
    with translation.override("en"):
        yield
