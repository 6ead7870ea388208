from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import override

from unknot.atlas import figures
from unknot.knowledge import load
from unknot.knowledge.muscles import Muscle
from unknot.knowledge.regions import Region
from unknot.web.learn.pictures import felt_pictures, referral_pictures, region_pictures, way_in

KB = load()


def zones(svg: str, kind: str) -> int:
    return len(re.findall(rf'class="zone zone-{kind}', svg))


@pytest.mark.parametrize("muscle", KB.muscles.values(), ids=lambda m: m.id)
def test_every_muscle_is_drawn_with_its_zones_and_points(muscle: Muscle) -> None:
    drawn = "".join(picture.svg for picture in referral_pictures(KB, muscle))
    assert zones(drawn, "essential") >= 1
    assert drawn.count('class="point"') >= 1
    essential, spillover = (
        {region for point in muscle.trigger_points for region in getattr(point, kind)}
        for kind in ("essential", "spillover")
    )
    if spillover - essential:
        assert zones(drawn, "spillover") >= 1


@pytest.mark.parametrize("region", KB.regions.values(), ids=lambda r: r.id)
def test_every_region_is_drawn_on_the_whole_body_or_on_a_part(region: Region) -> None:
    pictures = region_pictures(region, region.name)
    assert 1 <= len(pictures) <= 2
    assert all(zones(picture.svg, "essential") >= 1 for picture in pictures)


def test_both_sides_of_a_region_are_drawn() -> None:
    whole = region_pictures(KB.regions["knee_front"], "Knee")[-1]
    assert whole.whole
    assert zones(whole.svg, "essential") == 2


def test_the_map_offers_every_place() -> None:
    offered = {place for picture in way_in() for place in re.findall(r'data-place="([^"]+)"', picture.svg)}
    drawn = {str(shape.place) for figure in figures() for shape in figure.shapes}
    assert offered <= drawn
    assert {place.split(":")[0] for place in offered} >= {"temple", "knee_front", "sacrum", "heel"}


def test_the_map_is_hidden_from_those_who_have_the_list() -> None:
    assert all('aria-hidden="true"' in picture.svg for picture in way_in())
    assert all('role="img"' in picture.svg for picture in felt_pictures(KB, ["temple"]))


def test_a_figure_speaks_the_readers_language() -> None:
    english = way_in()[0].svg
    with override("es"):
        assert "Izquierda" in way_in()[0].svg
    assert "Left" in english
    assert way_in()[0].svg == english


def test_midline_regions_have_no_mirror() -> None:
    (back,) = felt_pictures(KB, ["sacrum"])
    assert zones(back.svg, "essential") == 1


@pytest.mark.parametrize("path", ["/library/muscles/masseter/", "/library/", "/library/regions/temple/"])
def test_a_page_with_figures_is_sent_compressed(client: Client, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    again = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304
