"""Where it hurts: the first page, and what it refuses."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.reasoning.drawing import AIMS
from unknot.web.intake.tests.visitor import TEMPLE, Visitor, drawn

PLACES = [str(place) for region in load().regions for place in load().places(region)]


def test_every_place_of_the_body_and_every_aim_can_be_told(visitor: Visitor) -> None:
    page = visitor.start()
    assert page.status == 200
    assert page.headings[0] == "Where does it hurt?"
    assert [name for name in page.fields if name.startswith("pain-")] == [f"pain-{place}" for place in PLACES]
    assert page.offered["aim"] == set(AIMS)


def test_a_marked_place_leads_to_what_makes_it_worse(visitor: Visitor) -> None:
    page = visitor.press(visitor.start(), "Next", **{"pain-temple:left": "7"})
    assert (page.status, page.headings[0]) == (200, "What makes it worse?")


@pytest.mark.parametrize("aim", AIMS)
def test_no_pain_is_a_full_answer_and_goes_straight_on_to_safety(visitor: Visitor, aim: str) -> None:
    page = visitor.press(visitor.start(), "Next", aim=aim)
    assert (page.status, page.headings[0]) == (200, "Is it safe for you?")
    assert visitor.press(page, "Back").headings[0] == "Where does it hurt?"


@pytest.mark.parametrize("typed", ["0", "11", "3.5", "abc", "-1", "1e1", "٣", "9" * 5000])
def test_a_number_outside_1_to_10_is_refused_beside_its_field(visitor: Visitor, typed: str) -> None:
    page = visitor.press(visitor.start(), "Next", **{"pain-temple:left": typed, "pain-sacrum": "4"})
    assert page.status == 422
    assert page.errors == ["Give a whole number from 1 to 10, or leave it empty."]
    assert page.errors[0] in page.problem
    assert "#pain-temple:left" in page.links
    assert page.fields["pain-temple:left"] == [typed]
    assert page.fields["pain-sacrum"] == ["4"]


def test_all_wrong_numbers_are_told_at_once(visitor: Visitor) -> None:
    page = visitor.press(
        visitor.start(), "Next", **{"pain-temple:left": "0", "pain-nose": "11", "aim": "stress"}
    )
    assert len(page.errors) == 2
    assert {"#pain-temple:left", "#pain-nose"} <= set(page.links)
    assert page.fields["aim"] == ["stress"]


@pytest.mark.parametrize("place", ["wing:left", "sacrum:left", "", "temple:left:left", "x" * 5000])
def test_a_place_that_the_body_lacks_is_refused(visitor: Visitor, place: str) -> None:
    page = visitor.post("motions", {"step": "drawing", f"pain-{place}": "5", "pain-nose": "4"})
    assert page.status == 422
    assert f"“{place[:40]}” is no place on our list" in page.problem
    assert page.fields["pain-nose"] == ["4"]
    assert visitor.press(page, "Next").headings[0] == "What makes it worse?", "the way on must stay open"


def test_neither_a_drawing_nor_an_aim_is_refused(visitor: Visitor) -> None:
    page = visitor.press(visitor.start(), "Next")
    assert page.status == 422
    assert "Mark at least one place that hurts" in page.problem


def test_an_aim_that_is_not_on_the_list_is_refused(visitor: Visitor) -> None:
    page = visitor.post("motions", {"step": "drawing", "aim": "flying", "pain-nose": "4"})
    assert (page.status, page.fields["pain-nose"]) == (422, ["4"])
    assert page.problem == "Choose your aims from the list."


@pytest.mark.parametrize("route", ["safety", "answer", "letter"])
def test_no_page_goes_on_without_a_drawing(visitor: Visitor, route: str) -> None:
    page = visitor.post(route, {})
    assert (page.status, page.headings[0]) == (422, "Where does it hurt?")


def test_the_same_in_spanish() -> None:
    visitor = Visitor("es")
    page = visitor.press(visitor.start(), "Siguiente", **{"pain-temple:left": "11"})
    assert page.status == 422
    assert page.errors == ["Escriba un número entero del 1 al 10, o déjelo vacío."]
    page = visitor.post("motions", {"step": "drawing", "pain-wing": "5"})
    assert "«wing» no es un lugar de nuestra lista" in page.problem


def test_the_drawing_comes_back_as_it_was_left(visitor: Visitor) -> None:
    page = visitor.post("drawing", {"drawing": drawn({**TEMPLE, "sacrum": "4"}, aims=["sport"])})
    assert (page.fields["pain-temple:left"], page.fields["pain-sacrum"]) == (["7"], ["4"])
    assert page.fields["aim"] == ["sport"]
