"""The safety questions: asked, asked again once, and refused where they can't be read."""

from __future__ import annotations

import pytest

from unknot.knowledge import load
from unknot.screening.questionnaire import questionnaire
from unknot.web.intake.tests.visitor import Page, Visitor, drawn, groups, told

FORM = questionnaire(load())
AIM = drawn({}, aims=["stress"])
MISSING = "A few answers are missing; they are marked below."


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.post("safety", {"drawing": AIM})


def test_every_item_can_be_ticked_or_marked_unsure_and_every_part_denied(page: Page) -> None:
    items = {item.id for item in FORM.items()}
    assert page.offered["q-item"] == page.offered["q-unknown"] == items
    asking = {item.id for item in FORM.items() if item.follow_ups}
    assert page.offered["q-none"] == {group.id for group in FORM.groups} | asking


def test_every_qualifier_has_its_field(page: Page) -> None:
    fields = {*page.fields, *page.offered}
    wanted = {f"q-{item.id}-{q.key}" for item in FORM.items() for q in item.qualifiers}
    assert wanted <= fields


def test_no_id_stands_twice(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))


# ---- what is missing


def test_nothing_answered_marks_every_part_and_asks_for_the_age(visitor: Visitor, page: Page) -> None:
    again = visitor.press(page, "Show the answer")
    assert again.status == 422
    assert again.problem.startswith("Please say how old you are, in years.")
    assert {"#q-age", *(f"#group-{group.id}" for group in FORM.groups)} <= set(again.links)
    assert {link.removeprefix("#") for link in again.links if link.startswith("#")} <= {*again.ids}


def test_what_is_missing_is_asked_for_once_and_then_held(visitor: Visitor) -> None:
    again = visitor.post("answer", told(silent=["medicines"]))
    assert (again.status, again.problem.startswith(MISSING)) == (422, True)
    assert again.errors == ["Tick what is true, or the last line of this part."]
    assert "#group-medicines" in again.links
    answer = visitor.press(again, "Show the answer")
    assert (answer.status, answer.headings[0]) == (200, "Almost there")


def test_a_ticks_own_questions_are_asked_for(visitor: Visitor) -> None:
    again = visitor.post("answer", told("conditions.cancer"))
    assert again.status == 422
    assert {"#q-conditions.cancer-status", "#q-conditions.cancer-place", "#line-conditions.cancer"} <= {
        *again.links
    }


def test_who_was_asked_once_is_not_asked_again_because_of_another_mistake(visitor: Visitor) -> None:
    again = visitor.post("answer", told(silent=["medicines"]))
    again.fields["q-age"] = ["old"]
    again = visitor.press(again, "Show the answer")
    assert again.errors == ["Give your age in whole years, for example 34."]
    again.fields["q-age"] = ["70"]
    assert visitor.press(again, "Show the answer").status == 200


def test_a_healthy_pregnancy_comes_through(visitor: Visitor) -> None:
    week = {"pregnancy-pregnancy_week": "20"}
    page = visitor.post("answer", told("pregnancy", sex="female", answers=week, none=["pregnancy"]))
    assert (page.status, page.headings[0]) == (200, "Yes, with some changes")


# ---- what can't be read


@pytest.mark.parametrize("age", ["200", "abc", "12.5", "-1", "٣٤", "1e2", "9" * 5000])
def test_an_age_that_is_none_is_refused_beside_its_field(visitor: Visitor, age: str) -> None:
    page = visitor.post("answer", told(age=age))
    assert page.status == 422
    assert page.errors == ["Give your age in whole years, for example 34."]
    assert "#q-age" in page.links
    assert page.fields["q-age"] == [age]


@pytest.mark.parametrize(
    ("item", "key", "typed"),
    [
        ("conditions.eczema", "place", "Atlantis"),
        ("conditions.hypertension", "bp_systolic", "abc"),
        ("conditions.hypertension", "bp_systolic", "1e400"),
        ("conditions.hypertension", "bp_systolic", "-5"),
        ("conditions.hypertension", "status", "purple"),
        ("symptoms.headache", "new", "perhaps"),
        ("events.surgery", "since", "yesterday"),
        ("medications.analgesic", "days_per_month", "99"),
    ],
)
def test_what_is_no_answer_to_a_question_is_refused_beside_it(
    visitor: Visitor, item: str, key: str, typed: str
) -> None:
    page = visitor.post("answer", told(item, answers={f"{item}-{key}": typed}))
    assert page.status == 422
    assert typed in page.errors[0]
    assert f"#q-{item}-{key}" in page.links
    assert page.fields["q-age"] == ["34"]
    assert item in page.fields["q-item"]


def test_a_place_that_was_mistyped_is_kept_to_be_mended(visitor: Visitor) -> None:
    page = visitor.post(
        "answer", told("conditions.eczema", answers={"conditions.eczema-place": "Atlantis; Nose"})
    )
    assert page.errors == ["Eczema: there is no place “Atlantis” on our list. Choose one as you type."]
    assert page.fields["q-conditions.eczema-place"] == ["Atlantis; Nose"]


def test_several_mistakes_are_told_at_once(visitor: Visitor) -> None:
    page = visitor.post(
        "answer",
        told("conditions.eczema", age="old", sex="dragon", answers={"conditions.eczema-place": "Mars"}),
    )
    assert page.problem.startswith("Some answers could not be read; they are marked below.")
    assert {"#q-age", "#q-sex", "#q-conditions.eczema-place"} <= set(page.links)
    assert len(page.errors) == 3


@pytest.mark.parametrize("field", ["q-item", "q-unknown", "q-none"])
def test_a_tick_that_is_not_on_the_list_is_never_passed_over(visitor: Visitor, field: str) -> None:
    fields = told()
    fields[field] = [*fields[field], "conditions.vampirism"]  # type: ignore[misc]
    page = visitor.post("answer", fields)
    assert page.status == 422
    assert "Something that you ticked is not on our list" in page.problem
    assert visitor.press(page, "Show the answer").status == 200, "the way on must stay open"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (told("conditions.asthma", none=["conditions"]), "#group-conditions"),
        (told("conditions.asthma", unknown=["conditions.asthma"]), "#line-conditions.asthma"),
        (told("gate.stroke", "symptoms.face_droop", none=["gate.stroke"]), "#line-gate.stroke"),
    ],
    ids=["none of these", "not sure", "none of the follow-ups"],
)
def test_ticks_that_contradict_each_other_are_told_where_they_stand(
    visitor: Visitor, fields: dict[str, object], where: str
) -> None:
    page = visitor.post("answer", fields)
    assert page.status == 422
    assert page.problem.startswith("Two of your answers do not fit together; see below.")
    assert where in page.links
    assert "Please keep one of the two" in page.errors[0]


def test_the_same_in_spanish() -> None:
    visitor = Visitor("es")
    again = visitor.post("answer", told(silent=["medicines"]))
    assert again.problem.startswith("Faltan algunas respuestas")
    assert again.errors == ["Marque lo que sea cierto, o la última línea de esta parte."]
    page = visitor.post("answer", told("conditions.eczema", answers={"conditions.eczema-place": "Atlántida"}))
    assert "«Atlántida» no está en nuestra lista" in page.errors[0]
    page = visitor.post("answer", told(age="x"))
    assert page.errors == ["Escriba su edad en años cumplidos, por ejemplo 34."]
    page = visitor.post("answer", told("conditions.asthma", none=["conditions"]))
    assert "Dos de sus respuestas no encajan entre sí" in page.problem


def test_a_place_is_understood_in_the_language_of_the_page() -> None:
    wound = told("conditions.open_wound", answers={"conditions.open_wound-place": "nariz"})
    page = Visitor("es").post("answer", wound)
    assert "Nariz" in page.text
    assert page.status == 200


# ---- ticks come back where they can be seen

ASKED_TWICE = "symptoms.visual_disturbance"  # from the age of 50 by itself, and of who is pregnant


def ticks(page: Page, item: str) -> int:
    return page.twins.count(("q-item", item))


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (told(ASKED_TWICE, age="55", answers={f"{ASKED_TWICE}-new": "no"}), 1),
        (told("pregnancy", ASKED_TWICE, age="30", sex="female", answers={f"{ASKED_TWICE}-new": "no"}), 1),
        (told("events.birth", "pregnancy", ASKED_TWICE, age="30", sex="female"), 2),
        (told(ASKED_TWICE, age="30", sex="female"), 1),
    ],
    ids=["in its group", "under what opened it", "under both that opened it", "where nothing opened it"],
)
def test_a_sign_that_is_asked_twice_is_ticked_where_it_can_be_seen(
    visitor: Visitor, fields: dict[str, object], shown: int
) -> None:
    """A tick out of sight would be sent along again, whatever the visitor unticks."""
    page = visitor.post("safety", fields)
    assert ticks(page, ASKED_TWICE) == shown
    answer = fields.get(f"q-{ASKED_TWICE}-new")
    if answer:
        assert page.twins.count((f"q-{ASKED_TWICE}-new", answer)) == 1


def test_every_ticked_item_comes_back_at_least_once(visitor: Visitor) -> None:
    everything = told(*groups())
    page = visitor.post("safety", everything)
    assert {item for item in groups() if ticks(page, item) == 0} == set()


def test_everything_ticked_still_fits_into_one_form(visitor: Visitor) -> None:
    page = visitor.post("safety", told(*groups(), unknown=[*groups()]))
    page.fields = {name: values or ["x"] for name, values in page.fields.items()}
    again = visitor.press(page, "Show the answer")
    assert again.status == 422
    assert len(again.errors) > 50
