from __future__ import annotations

import pytest

from unknot.web.booking.tests.office import open_office
from unknot.web.directory.models import Practitioner


@pytest.fixture
def ana() -> Practitioner:
    return open_office()
