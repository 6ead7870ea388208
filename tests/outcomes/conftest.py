"""What the tests of outcomes share."""

from __future__ import annotations

import pytest

from unknot.knowledge import load


@pytest.fixture(scope="session")
def kb():
    return load()
