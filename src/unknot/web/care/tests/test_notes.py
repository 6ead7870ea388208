"""The note: kept, signed once, never changed."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from unknot.web.booking.tests.office import open_office, words
from unknot.web.care import actions
from unknot.web.care.models import Addendum, Note, Session
from unknot.web.care.tests.clinic import as_practitioner, begin, booked_now, note, opened, pressed, url
from unknot.web.directory.models import Practitioner

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}


@pytest.fixture
def room(ana: Practitioner) -> tuple[Client, Session]:
    client, session = opened(ana)
    pressed(client, session, pain_during=5, pain_after=3)
    return client, session


def test_a_draft_is_kept_as_it_was_typed(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, assessment="Better than last week.")
    assert "Better than last week." in client.get(url("note", session)).content.decode()
    assert Note.objects.get().revision == 1


def test_it_keeps_itself(room: tuple[Client, Session]) -> None:
    client, session = room
    form = client.get(url("note", session)).context["form"]
    typed = {k: form.initial[k] for k in ("revision", "subjective", "objective", "assessment")}
    answer = client.post(url("note", session), typed | {"plan": "Ice."}, headers=JSON)
    assert answer.json() == {"revision": 1}
    again = client.post(url("note", session), typed | {"plan": "Ice.", "revision": 1}, headers=JSON)
    assert again.json() == {"revision": 1}


def test_two_windows_lose_nothing(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, plan="From the first window.")
    answer = note(client, session, revision=0, plan="From the second window.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the first window." in page
    assert "From the second window." in page
    assert Note.objects.get().plan == "From the first window."
    note(client, session, revision=1, plan="From the second window.")
    assert Note.objects.get().plan == "From the second window."


def test_the_autosave_of_another_window_is_refused(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, plan="One.")
    late = {"revision": 0, "subjective": "", "objective": "", "assessment": "", "plan": "Two."}
    assert client.post(url("note", session), late, headers=JSON).status_code == 409
    assert Note.objects.get().plan == "One."


def test_a_window_that_got_no_answer_goes_on_from_what_it_saved_itself(room: tuple[Client, Session]) -> None:
    client, session = room
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    typed = {"revision": 0, "subjective": "", "objective": "", "assessment": ""}
    client.post(url("note", session), typed | {"plan": "One.", "savings": first}, headers=JSON)
    later = typed | {"plan": "One, two.", "savings": f"{first},{second}"}
    assert client.post(url("note", session), later, headers=JSON).json() == {"revision": 2}
    late = client.post(url("note", session), typed | {"plan": "On", "savings": first}, headers=JSON)
    assert late.status_code == 409
    assert Note.objects.get().plan == "One, two."


def test_what_another_window_saved_since_is_not_overwritten(room: tuple[Client, Session]) -> None:
    client, session = room
    own = str(uuid.uuid4())
    typed = {"revision": 0, "subjective": "", "objective": "", "assessment": ""}
    client.post(url("note", session), typed | {"plan": "One.", "savings": own}, headers=JSON)
    note(client, session, plan="From the other window.")
    late = client.post(url("note", session), typed | {"plan": "One, two.", "savings": own}, headers=JSON)
    assert late.status_code == 409
    assert Note.objects.get().plan == "From the other window."


def test_signed_twice_it_is_signed_once(room: tuple[Client, Session]) -> None:
    client, session = room
    typed = client.get(url("note", session)).context["form"].initial | {"sign": "yes"}
    assert client.post(url("note", session), typed)["Location"] == url("close", session)
    first = Note.objects.get()
    client.post(url("note", session), typed | {"plan": "Something else."})
    kept = Note.objects.get()
    assert (kept.signed_at, kept.plan) == (first.signed_at, first.plan)
    assert kept.signed_name.startswith("Ana Ruiz, ")


def test_lines_stay_lines_however_a_browser_ends_them(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, sign="yes", plan="Ball, once a day.\r\nNext visit: Friday.")
    assert Note.objects.get().plan == "Ball, once a day.\nNext visit: Friday."
    assert "Ball, once a day.<br>Next visit: Friday." in client.get(url("note", session)).content.decode()
    pressed_again = note_typed_again(client, session)
    assert client.post(url("note", session), pressed_again)["Location"] == url("note", session)


def note_typed_again(client: Client, session: Session) -> dict[str, object]:
    """What a window of the signed note would send that didn't know: the same, with its own line ends."""
    kept = Note.objects.get(session=session)
    sections = ("subjective", "objective", "assessment", "plan")
    return {"revision": 0, **{key: getattr(kept, key).replace("\n", "\r\n") for key in sections}}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE care_note SET plan = 'x'", "DELETE FROM care_note", "TRUNCATE care_note CASCADE"],
)
def test_the_database_keeps_a_signed_note(room: tuple[Client, Session], statement: str) -> None:
    client, session = room
    note(client, session, sign="yes")
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE care_addendum SET text = 'x'", "DELETE FROM care_addendum"])
def test_what_is_added_stands_beside_it(room: tuple[Client, Session], statement: str) -> None:
    client, session = room
    note(client, session, sign="yes")
    client.post(url("add", session), {"text": "The client called: less pain."})
    assert "The client called: less pain." in words(client, url("note", session))
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_addendum_pressed_twice_is_one(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, sign="yes")
    form = client.get(url("note", session)).context["form"]
    typed = {"text": "The client called.", "key": form["key"].value()}
    for _press in range(2):
        assert client.post(url("add", session), typed)["Location"] == url("note", session)
    assert Addendum.objects.count() == 1
    again = client.get(url("note", session)).context["form"]
    client.post(url("add", session), {"text": "The client called.", "key": again["key"].value()})
    assert Addendum.objects.count() == 2


def test_another_addendum_from_a_page_that_was_sent_before_is_asked_about(
    room: tuple[Client, Session],
) -> None:
    """Back on the page, corrected, pressed again: neither dropped nor added unseen."""
    client, session = room
    note(client, session, sign="yes")
    key = client.get(url("note", session)).context["form"]["key"].value()
    client.post(url("add", session), {"text": "The client called.", "key": key})
    answer = client.post(url("add", session), {"text": "The client wrote.", "key": key})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "another text was added already" in page
    assert "The client called." in page
    assert Addendum.objects.get().text == "The client called."
    form = answer.context["form"]
    again = {name: form[name].value() for name in ("text", "key")}
    assert client.post(url("add", session), again)["Location"] == url("note", session)
    assert [one.text for one in Addendum.objects.all()] == ["The client called.", "The client wrote."]


def test_an_empty_addendum_is_none(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, sign="yes")
    assert client.post(url("add", session), {"text": "  "}).status_code == 422
    assert not Addendum.objects.exists()


def test_nothing_is_added_to_a_draft(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session)
    assert client.post(url("add", session), {"text": "x"})["Location"] == url("note", session)
    assert not Addendum.objects.exists()


def test_nothing_is_signed_before_there_is_something(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    empty = {"revision": 0, "subjective": "", "objective": "", "assessment": "", "plan": "", "sign": "yes"}
    answer = client.post(url("note", session), empty)
    assert answer.status_code == 422
    assert "nothing to sign yet" in answer.content.decode()
    assert not Note.objects.exists()


def test_what_a_window_typed_that_did_not_know_becomes_an_addendum(room: tuple[Client, Session]) -> None:
    client, session = room
    typed = client.get(url("note", session)).context["form"].initial
    note(client, session, sign="yes")
    answer = client.post(url("note", session), typed | {"plan": "Call on Friday."})
    assert answer.status_code == 409
    assert answer.context["form"].initial["text"] == "Call on Friday."
    assert "The note was signed in another window." in answer.content.decode()
    assert client.post(url("note", session), typed, headers=JSON).json() == {"signed": True}


def test_what_is_drafted_again_can_be_saved(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, objective="Nothing.")
    page = client.post(url("draft-again", session))
    assert f'action="{url("note", session)}"' in page.content.decode()
    client.post(url("note", session), page.context["form"].initial)
    assert Note.objects.get().objective != "Nothing."


def test_it_can_be_drafted_again(room: tuple[Client, Session]) -> None:
    client, session = room
    note(client, session, objective="Nothing.")
    pressed(client, session, seconds=22)
    page = client.post(url("draft-again", session)).content.decode()
    assert "22 s" in page
    assert Note.objects.get().objective == "Nothing."


@pytest.mark.django_db(transaction=True)
def test_pressed_in_the_same_instant_it_is_signed_once() -> None:
    _client, session = opened(open_office())
    sections = {"subjective": "a", "objective": "b", "assessment": "c", "plan": "d"}
    outcomes: list[str] = []

    def sign(by: object) -> None:
        try:
            actions.sign(session, sections, 0, name="Ana", by=by, now=timezone.now())  # type: ignore[arg-type]
            outcomes.append("signed")
        except (actions.Signed, actions.ChangedMeanwhile):
            outcomes.append("refused")
        finally:
            connection.close()

    user = session.course.practitioner.user
    threads = [threading.Thread(target=sign, args=[user]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["signed"]
    assert Note.objects.get().revision == 1
