"""What travels from page to page: nothing is lost on any way; what our pages never send is refused."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from unknot.web.intake.tests.visitor import COURSE, Page, Visitor, drawn, told

TOO_LARGE = 256 * 1024
WORDS = 'it\'s "worse" <at> night & on Mondays\nañ 🙂'
PAINS = {"temple:left": "7", "sacrum": "4", "nose": "11"}
UNREADABLE = {
    "no JSON": "{",
    "a list": "[]",
    "a number": "3",
    "null": "null",
    "nested lists": "[" * 50_000,
    "nested objects": '{"pains":' * 5_000 + "1" + "}" * 5_000,
    "a number for a text": '{"pains": {"temple:left": 7}, "q-age": [34]}',
    "a list for an object": '{"pains": ["temple:left"], "q-age": 34}',
    "half a surrogate pair": '{"words": "\\ud800", "q-age": ["\\ud800"]}',
    "half a surrogate pair as a name": '{"pains": {"\\udfff": "1"}, "\\udfff": ["1"]}',
    "too long a number": '{"words": ' + "9" * 5_000 + "}",
}


def carried(page: Page) -> tuple[object, object]:
    return json.loads(page.fields["drawing"][0]), json.loads(page.fields["selection"][0])


@pytest.fixture
def everything() -> dict[str, object]:
    """The fields of the safety page, after all pages before it."""
    drawing = drawn(
        {"temple:left": "7", "sacrum": "4"}, aims=["sport"], worse=["Turning the head"], words=WORDS
    )
    return told("conditions.asthma", unknown=["conditions.migraine"], drawing=drawing)


@pytest.mark.parametrize(
    "way", [("drawing", "motions", "safety"), ("safety", "drawing", "motions", "answer", "drawing")]
)
def test_the_hidden_fields_come_out_of_every_page_as_they_went_in(
    visitor: Visitor, everything: dict[str, object], way: tuple[str, ...]
) -> None:
    page = visitor.post("answer", everything)
    given = carried(page)
    assert given[0] == json.loads(str(everything["drawing"]))
    for route in way:
        page = visitor.post(route, page.fields)
        assert page.status == 200
        assert carried(page) == given, route


@pytest.mark.parametrize("spelt", [WORDS, "'\"><script>alert(1)</script>", "&quot;&#39;", "\\", "{{ walk }}"])
def test_words_come_back_letter_by_letter(visitor: Visitor, spelt: str) -> None:
    page = visitor.post("motions", {"drawing": drawn(words=spelt)})
    assert page.fields["words"] == [spelt]
    assert "<script>alert" not in page.html


def test_the_pages_buttons_lead_back_and_forth_without_loss(
    visitor: Visitor, everything: dict[str, object]
) -> None:
    answer = visitor.post("answer", everything)
    safety = visitor.press(answer, "Change my answers")
    motions = visitor.press(safety, "Back")
    drawing = visitor.press(motions, "Back")
    assert drawing.fields["pain-temple:left"] == ["7"]
    again = visitor.press(visitor.press(visitor.press(drawing, "Next"), "Next"), "Show the answer")
    assert again.text == answer.text


@pytest.mark.parametrize(("here", "there"), [("en", "es"), ("es", "en")])
def test_a_change_of_language_keeps_everything(here: str, there: str, everything: dict[str, object]) -> None:
    page = Visitor(here).post("safety", everything)
    assert Visitor(there).path("safety") in {button.action for button in page.buttons}
    other = Visitor(there).post("safety", page.fields)
    assert other.status == 200
    assert carried(other) == carried(page)
    assert {**other.fields, "selection": ""} == {**page.fields, "selection": ""}


def test_a_page_with_a_problem_keeps_what_other_pages_gave(
    visitor: Visitor, everything: dict[str, object]
) -> None:
    safety = visitor.post("safety", everything)
    wrong = {**safety.fields, "step": "drawing", **{f"pain-{place}": typed for place, typed in PAINS.items()}}
    page = visitor.post("motions", wrong)
    assert page.status == 422
    assert json.loads(page.fields["selection"][0])["q-item"] == ["conditions.asthma"]
    assert {place: page.fields[f"pain-{place}"] for place in PAINS} == {
        p: [typed] for p, typed in PAINS.items()
    }


def test_the_first_page_is_no_form_to_change_the_language_of(visitor: Visitor) -> None:
    assert "/es/" in visitor.start().links


# ---- what our pages never send


@pytest.mark.parametrize("field", ["drawing", "selection"])
@pytest.mark.parametrize("route", ["drawing", "motions", "safety", "answer", "letter"])
def test_an_unreadable_field_is_refused(visitor: Visitor, route: str, field: str) -> None:
    page = visitor.post(route, {field: "{"})
    assert (page.status, page.headings[0]) == (400, "Where does it hurt?")
    assert page.problem == "Part of what came with this page could not be read. Please look it through again."


@pytest.mark.parametrize("field", ["drawing", "selection"])
@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_whatever_is_unreadable_about_it(visitor: Visitor, field: str, text: str) -> None:
    page = visitor.post("safety", {field: text, "step": "motions", "words": "kept"})
    assert page.status == 400
    assert json.loads(page.fields["drawing"][0])["words"] == "kept"


def test_an_unreadable_drawing_loses_no_answers_and_the_other_way_round(visitor: Visitor) -> None:
    page = visitor.post("answer", told("conditions.asthma", drawing="{"))
    assert json.loads(page.fields["selection"][0])["q-item"] == ["conditions.asthma"]
    page = visitor.post("motions", {"step": "drawing", "pain-sacrum": "4", "drawing": "{}", "selection": "{"})
    assert page.fields["pain-sacrum"] == ["4"]
    assert visitor.press(page, "Next").headings[0] == "What makes it worse?"


def test_the_same_in_spanish() -> None:
    page = Visitor("es").post("safety", {"drawing": "{"})
    assert page.status == 400
    assert page.problem.startswith("No se pudo leer una parte de lo que llegó")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "That was more than we can take"), ("es", "Eso es más de lo que podemos recibir")],
)
@pytest.mark.parametrize(
    "fields",
    [{"words": "x" * TOO_LARGE}, {f"field-{n}": "1" for n in range(2_001)}],
    ids=["large", "many fields"],
)
def test_a_form_that_is_too_large_gets_its_own_page(
    language: str, words: str, fields: dict[str, object]
) -> None:
    page = Visitor(language).post("answer", fields)
    assert (page.status, page.headings[0]) == (413, words)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"drawing": 1}', "application/json", 422),
        (b"x", "multipart/form-data; boundary=x", 422),
        (b"x", "multipart/form-data", 400),
        (b"step=safety", "application/x-www-form-urlencoded; charset=utf-7", 400),
        (b"step=%ff%fe&drawing=%ed%a0%80", "application/x-www-form-urlencoded", 400),
        (b"\x00\xff", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_that_is_no_form_is_refused(client: Client, body: bytes, kind: str, status: int) -> None:
    assert client.post("/check/safety/", body, content_type=kind).status_code == status


def test_a_file_is_no_answer(visitor: Visitor, client: Client) -> None:
    body = (
        '--x\r\nContent-Disposition: form-data; name="drawing"; filename="drawing.json"\r\n'
        "Content-Type: application/json\r\n\r\n{}\r\n--x--\r\n"
    )
    response = client.post("/check/motions/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 422


def test_an_unknown_step_carries_on_with_what_it_brings(visitor: Visitor) -> None:
    page = visitor.post("motions", {"step": "nowhere", "drawing": drawn()})
    assert page.status == 200


def test_sent_twice_it_is_answered_twice_alike(visitor: Visitor) -> None:
    first, second = (visitor.post("answer", told("conditions.asthma")) for _ in range(2))
    assert (first.status, first.main) == (second.status, second.main)
    assert COURSE & set(second.ids)
