"""Which places touch: laws of the relation, and facts of the body."""

import pytest

from unknot.atlas import touching
from unknot.errors import UnknownId
from unknot.knowledge import Place, load

PLACES = [place for region in load().regions for place in load().places(region)]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_place_touches_others_mutually_and_never_itself(place: Place):
    near = touching(place)
    assert near
    assert place not in near
    assert all(place in touching(other) for other in near)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_mirrored_place_touches_the_mirrored_neighbours(place: Place):
    assert touching(place.mirrored()) == {other.mirrored() for other in touching(place)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("neck_base:left", "suprascapular:left"),  # both on the back
        ("flank:right", "low_back:right"),  # front to back
        ("temple:left", "ear:left"),  # the head from the side
        ("sacrum", "sacroiliac:right"),  # midline to side
        ("low_back:left", "low_back:right"),  # across the midline
        ("arch:left", "foot_top:left"),  # over the edge of the foot
    ],
)
def test_places_that_meet_on_the_body_touch(one: str, other: str):
    assert other in {str(place) for place in touching(place_of(one))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("temple:left", "temple:right"),
        ("thigh_front:left", "thigh_front:right"),
        ("palm:left", "hand_back:left"),
        ("knee_front:left", "knee_back:left"),
    ],
)
def test_places_that_only_look_near_do_not_touch(one: str, other: str):
    assert other not in {str(place) for place in touching(place_of(one))}


def test_the_whole_body_hangs_together():
    reached = {PLACES[0]}
    edge = set(reached)
    while edge:
        edge = {other for place in edge for other in touching(place)} - reached
        reached |= edge
    assert reached == set(PLACES)


def test_a_place_that_the_atlas_lacks_is_named():
    with pytest.raises(UnknownId, match="elbow"):
        touching(Place("elbow", "left"))


def place_of(text: str) -> Place:
    region, _, side = text.partition(":")
    return next(p for p in PLACES if p.region == region and p.side == side)
