"""Pictures: well-formed SVG, safe under a strict content security policy, with every layer asked for."""

import re
from xml.etree import ElementTree as ET

import pytest

from unknot.atlas import MAIN, PointMark, figure, figures, figures_showing, render_figure, shapes_of
from unknot.knowledge import Place

TEMPLE = Place("temple", "left")
EAR = Place("ear", "left")
SCAPULA = Place("scapula", "left")
SVG = "{http://www.w3.org/2000/svg}"


def picture(id_: str = "head_left", **layers) -> ET.Element:
    text = render_figure(figure(id_), title="Head", id_prefix="a", **layers)
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def by_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


@pytest.mark.parametrize("drawn", figures(), ids=lambda drawn: drawn.id)
def test_every_figure_is_well_formed_and_has_all_its_regions(drawn):
    root = picture(drawn.id, interactive=True)
    places = [path.get("data-place") for path in by_class(root, "region")]
    assert places == [str(shape.place) for shape in drawn.shapes]


def test_a_picture_has_a_name_and_a_description():
    root = picture(description="Pain of 7 at the left temple <script>")
    assert root.get("role") == "img"
    words = [root.find(f".//*[@id='{id_}']").text for id_ in root.get("aria-labelledby").split()]
    assert words == ["Head", "Pain of 7 at the left temple <script>"]


def test_an_interactive_figure_leaves_assistive_technology_to_the_list():
    root = picture(interactive=True)
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None


def test_pain_is_a_class_with_its_number():
    root = picture(pain={TEMPLE: 7}, interactive=True)
    (region,) = [path for path in by_class(root, "region") if path.get("data-place") == "temple:left"]
    assert "pain-7" in region.get("class")
    (number,) = by_class(root, "pain-number")
    assert number.text == "7"
    assert len(by_class(root, "pain-7")) == 1


def test_essential_zones_are_solid_and_spillover_is_hatched():
    root = picture(essential={TEMPLE: 2}, spillover={TEMPLE: 2, EAR: 3})
    (solid,) = by_class(root, "zone-essential")
    (hatched,) = by_class(root, "zone-spillover")
    assert "zone-2" in solid.get("class")
    assert "zone-3" in hatched.get("class")
    pattern = hatched.get("fill").removeprefix("url(#").removesuffix(")")
    assert root.find(f".//*[@id='{pattern}']").tag == f"{SVG}pattern"


def test_a_zone_over_pain_leaves_the_pain_its_colour():
    root = picture(pain={TEMPLE: 4, EAR: 2}, essential={TEMPLE: 0}, spillover={EAR: 0})
    assert len(by_class(root, "zone-over-pain")) == 2
    assert [zone.get("fill") for zone in by_class(root, "zone-spillover")] == ["none"]


def test_points_of_one_region_stand_apart():
    marks = [PointMark(SCAPULA, f"TrP{n}") for n in range(1, 5)]
    root = picture("back", points=marks)
    starts = {point.get("d").partition("l")[0] for point in by_class(root, "point")}
    assert len(starts) == 4
    assert [label.text for label in by_class(root, "point-label")] == ["TrP1", "TrP2", "TrP3", "TrP4"]


def test_a_single_point_stands_in_the_middle():
    root = picture("back", points=[PointMark(SCAPULA)])
    (point,) = by_class(root, "point")
    x, y, arm = map(float, re.match(r"M(\S+) (\S+)l(\S+)", point.get("d")).groups())
    assert (x + arm / 2, y + arm / 2) == pytest.approx(shapes_of(SCAPULA)["back"].centre, abs=0.2)


def test_a_label_that_the_edge_would_cut_stands_on_the_other_side_of_its_x():
    thumb = Place("thumb", "right")
    root = picture("back", points=[PointMark(thumb, "TrP1"), PointMark(SCAPULA, "TrP1")])
    anchors = {label.get("text-anchor"): float(label.get("x")) for label in by_class(root, "point-label")}
    left, _, width, _ = figure("back").view
    assert anchors.keys() == {"start", "end"}
    assert anchors["end"] < left + width


def test_what_does_not_show_on_the_figure_is_left_out():
    sacrum = Place("sacrum")
    root = picture(pain={sacrum: 3}, essential={sacrum: 1}, points=[PointMark(sacrum)])
    assert not [e for name in ("pain-number", "zone", "point") for e in by_class(root, name)]


def test_sides_are_named_in_the_words_given():
    root = picture("front", side_names={"left": "Izquierda", "right": "Derecha"})
    sides = {label.text: float(label.get("x")) for label in by_class(root, "figure-side")}
    assert sides["Derecha"] < 0 < sides["Izquierda"]
    assert not by_class(picture("head_left"), "figure-side")


@pytest.mark.parametrize("id_", MAIN)
def test_nothing_in_a_picture_needs_a_looser_policy(id_: str):
    text = render_figure(figure(id_), title="t", id_prefix="a", pain={TEMPLE: 1}, essential={EAR: 0})
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script|href=", text)


def test_figures_that_show_all_places_are_found():
    main = [figure(id_) for id_ in MAIN]
    shown = figures_showing([SCAPULA, Place("sternum")], main)
    assert [drawn.id for drawn in shown] == ["front", "back"]
    assert [drawn.id for drawn in figures_showing([Place("coccyx")], main)] == ["back"]
    assert figures_showing([Place("arch", "left")], main) == ()
