"""Places in words: by side, and by whole parts of the body."""

from __future__ import annotations

from unknot.knowledge import Place, load
from unknot.web.intake.adaptations import places_words


def whole(group: str, *, but: str = "") -> list[Place]:
    regions = [r for r in load().regions.values() if r.group == group and r.id != but]
    both = [Place(r.id, side) for r in regions if r.sided for side in ("left", "right")]
    return [*both, *(Place(r.id) for r in regions if not r.sided)]


def test_a_region_is_named_with_its_side() -> None:
    told = [
        Place("temple", "left"),
        Place("calf_upper", "left"),
        Place("calf_upper", "right"),
        Place("sacrum"),
    ]
    assert places_words(told, load()) == "Temple (left), Sacrum, Upper calf (both sides)"


def test_a_whole_part_is_named_once() -> None:
    told = [*whole("thigh_and_knee"), *whole("leg_and_foot"), Place("groin", "left")]
    assert places_words(told, load()) == "Groin (inguinal) (left), Thigh and knee, Lower leg and foot"


def test_a_part_that_lacks_something_is_named_by_its_regions() -> None:
    assert places_words(whole("abdomen", but="groin"), load()).startswith("Upper abdomen")
    one_side = [place for place in whole("hand") if place.side == "left"]
    assert "Thumb (left)" in places_words(one_side, load())
