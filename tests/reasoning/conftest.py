import pytest

from unknot.knowledge import load
from unknot.reasoning import read_drawing, reason

KB = load()


@pytest.fixture
def kb():
    return KB


@pytest.fixture
def think():
    """Reason from regions as text, with whatever else a drawing holds."""

    def think(regions, **more):
        return reason(read_drawing({"regions": regions, **more}, KB), KB)

    return think
