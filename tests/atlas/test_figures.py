"""The figures: every place can be reached, and the shapes divide each outline without gap or overlap."""

from collections import defaultdict
from itertools import combinations
from math import dist

import pytest

from unknot.atlas import MAIN, Figure, figure, figures, shapes_of, touching
from unknot.atlas.geometry import Ring, contains, mirrored
from unknot.errors import UnknownId
from unknot.knowledge import Place, load

PLACES = [place for region in load().regions for place in load().places(region)]
each_figure = pytest.mark.parametrize("drawn", figures(), ids=lambda drawn: drawn.id)


def test_the_atlas_has_the_figures_of_the_chart():
    assert tuple(drawn.id for drawn in figures()[:4]) == MAIN
    assert len(figures()) == 14
    assert len({drawn.id for drawn in figures()}) == 14


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_place_has_a_shape_that_can_be_reached_from_a_main_figure(place: Place):
    shown = shapes_of(place)
    opened = {shape.opens for id_ in MAIN for shape in figure(id_).shapes}
    assert shown
    assert any(id_ in MAIN or id_ in opened for id_ in shown)


def test_what_opens_larger_shows_the_place_or_its_surroundings():
    for drawn in figures():
        for shape in drawn.shapes:
            if shape.opens:
                assert shape.place in {larger.place for larger in figure(shape.opens).shapes}, shape


def test_every_region_shows_in_the_view_where_it_is_seen_best():
    for region in load().regions.values():
        for place in load().places(region.id):
            shown = shapes_of(place)
            wanted = {
                "front": {"front", "face"},
                "back": {"back", "head_back", *(f"sole_{place.side}", f"hand_back_{place.side}")},
                "side": {f"head_{place.side}"},
            }[region.view]
            assert wanted & shown.keys(), f"{place} isn't on {wanted}"


@each_figure
def test_spots_lie_in_their_shape_and_in_view(drawn: Figure):
    left, top, width, height = drawn.view
    for shape in drawn.shapes:
        assert len(shape.spots) > 1, shape.place
        for x, y in shape.spots:
            assert contains(shape.ring, (x, y)), (shape.place, x, y)
            assert left <= x <= left + width, shape.place
            assert top <= y <= top + height, shape.place


@each_figure
def test_the_shapes_fill_the_outline(drawn: Figure):
    covered = sum(area(shape.ring) for shape in drawn.shapes)
    assert covered == pytest.approx(area(drawn.outline), rel=0.002)


@each_figure
def test_no_point_lies_in_two_shapes_or_outside_the_outline(drawn: Figure):
    for x, y in grid(drawn, step=drawn.view[2] / 45):
        holders = [shape.place for shape in drawn.shapes if in_box(shape.ring, x, y)]
        holders = [s.place for s in drawn.shapes if s.place in holders and contains(s.ring, (x, y))]
        assert len(holders) <= 1, (x, y, holders)
        if holders and not near_border(drawn.outline, x, y):
            assert contains(drawn.outline, (x, y)), (x, y, holders)


@each_figure
def test_a_place_stands_on_a_figure_once(drawn: Figure):
    places = [shape.place for shape in drawn.shapes]
    assert len(places) == len(set(places))


@each_figure
def test_shapes_that_share_a_border_touch(drawn: Figure):
    for (one, other), length in shared_borders(drawn).items():
        if length > 5:  # shorter ones are corners where four shapes meet
            assert other in touching(one), f"{one} and {other} share {length:.1f} units"


def test_whole_figures_are_their_own_mirror_image():
    for id_ in ("front", "back", "face", "head_back"):
        drawn = figure(id_)
        by_place = {shape.place: shape for shape in drawn.shapes}
        for place, shape in by_place.items():
            if place.side:
                assert by_place[place.mirrored()].ring == mirrored(shape.ring)
            else:
                assert area(mirrored(shape.ring)) == pytest.approx(area(shape.ring))
                assert abs(shape.centre[0]) < 1, "the middle of a midline region lies on the midline"


@pytest.mark.parametrize("base", ["head", "hand_palm", "hand_back", "foot_top", "sole"])
def test_pairs_mirror_each_other(base: str):
    left, right = figure(f"{base}_left"), figure(f"{base}_right")
    assert left.outline == mirrored(right.outline)
    of_right = {shape.place: shape for shape in right.shapes}
    for shape in left.shapes:
        assert shape.place.side in ("left", "")
        assert of_right[shape.place.mirrored()].ring == mirrored(shape.ring)


def test_left_is_left_as_one_looks_at_the_person():
    """Facing a person, their left is at the viewer's right; from behind it is at the viewer's left."""
    assert shapes_of(Place("chest", "left"))["front"].centre[0] > 0
    assert shapes_of(Place("chest", "right"))["front"].centre[0] < 0
    assert shapes_of(Place("scapula", "left"))["back"].centre[0] < 0
    assert shapes_of(Place("eye", "left"))["face"].centre[0] > 0
    assert figure("front").right_is == "left"
    assert figure("back").right_is == "right"


def test_profiles_look_away_from_the_side_that_is_hidden():
    """The left side of a head shows with the nose to the viewer's left."""
    for side, looks in (("left", -1), ("right", 1)):
        shown = {shape.place.region: shape.centre for shape in figure(f"head_{side}").shapes}
        assert (shown["nose"][0] - shown["occiput"][0]) * looks > 0


def test_thumbs_and_great_toes_point_the_right_way():
    """Palms to the front, thumbs lie outside; great toes lie inside, on both feet."""
    thumb, little = (shapes_of(Place(r, "left"))["front"].centre for r in ("thumb", "little_finger"))
    assert thumb[0] > little[0] > 0
    great, lesser = (shapes_of(Place(r, "left"))["front"].centre for r in ("great_toe", "lesser_toes"))
    assert 0 < great[0] < lesser[0]


def test_an_unknown_figure_is_named():
    with pytest.raises(UnknownId, match="head_top"):
        figure("head_top")


# ---- measuring


def area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def grid(drawn: Figure, step: float):
    left, top, width, height = drawn.view
    for i in range(int(width / step)):
        for j in range(int(height / step)):
            yield left + (i + 0.512) * step, top + (j + 0.487) * step


def in_box(ring: Ring, x: float, y: float) -> bool:
    xs, ys = zip(*ring, strict=True)
    return min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)


def near_border(ring: Ring, x: float, y: float) -> bool:
    return any(dist((x, y), corner) < 3 for corner in ring)


def shared_borders(drawn: Figure) -> dict[tuple[Place, Place], float]:
    owners = defaultdict(list)
    for shape in drawn.shapes:
        for edge in zip(shape.ring, (*shape.ring[1:], shape.ring[0]), strict=True):
            owners[frozenset(edge)].append(shape.place)
    lengths: dict[tuple[Place, Place], float] = defaultdict(float)
    for edge, places in owners.items():
        for one, other in combinations(sorted(set(places)), 2):
            lengths[one, other] += dist(*edge)
    return lengths
