"""The practitioner's day, week and visits."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from unknot.web.audit.models import Did, Entry
from unknot.web.booking import actions
from unknot.web.booking.models import Appointment, Status, TakenTime
from unknot.web.booking.tests.office import (
    NINE_TO_FIVE,
    book,
    call_of,
    carried,
    free,
    session_of,
    signed_in,
    visit,
    words,
)
from unknot.web.care.tests.clinic import note, opened
from unknot.web.desk import queries
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.directory.tests.people import place, practitioner
from unknot.web.intake.actions import Contact
from unknot.web.intake.models import Clearance, Intake, Person
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(ana: Practitioner) -> Client:
    client = Client()
    client.force_login(ana.user)
    return client


def page(of: Appointment, name: str = "visit") -> str:
    return reverse(f"desk:{name}", args=[of.public_id])


def words_of(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def on(of: Appointment) -> str:
    return f"?on={local_date(of.practitioner, of.starts_at)}"


# Day and week


def test_the_day_says_who_when_why_and_what_to_mind(ana: Practitioner, as_ana: Client) -> None:
    made = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=carried())
    shown = as_ana.get(reverse("desk:day") + on(made)).content.decode()
    assert "Jo Walker" in shown
    assert "No flags" in shown
    assert '<svg class="figure"' in shown


def test_what_is_open_or_flagged_stands_in_the_list(ana: Practitioner, as_ana: Client) -> None:
    starts = free(call_of(ana))
    first = book(signed_in(), call_of(ana), starts[0])
    book(
        signed_in("kim@example.org"),
        call_of(ana),
        starts[6],
        told=carried("conditions.thrombocytopenia"),
        name="Kim",
    )
    for name in ("day", "week"):
        shown = words(as_ana, reverse(f"desk:{name}") + on(first))
        assert "Questions open" in shown
        assert "Needs clearance" in shown


def test_the_list_flags_a_visit_as_its_page_does(ana: Practitioner, as_ana: Client) -> None:
    """For its own day, though another visit shares the answers; and with the notes on file."""
    lately = {"events.surgery-since": "0 weeks", "events.surgery-place": "nowhere"}
    told = carried("events.surgery", answers=lately)
    starts = free(session_of(ana), days=50)
    late = book(signed_in(), session_of(ana), starts[-1], told=told)
    soon = actions.book_for(
        session_of(ana), starts[0], late.person, place=None, by=ana.user, now=timezone.now()
    )
    assert soon.intake == late.intake
    for made, flag, verdict in (
        (soon, "Not to be treated", "Not to be treated now"),
        (late, "With adaptations", "With adaptations"),
    ):
        assert verdict in words(as_ana, page(made))
        for name in ("day", "week"):
            assert flag in words(as_ana, reverse(f"desk:{name}") + on(made)), (name, flag)


def test_a_recorded_clearance_changes_the_flag(ana: Practitioner, as_ana: Client) -> None:
    told = carried("conditions.thrombocytopenia")
    made = book(signed_in(), call_of(ana), free(call_of(ana))[0], told=told)
    note = {"rule": "low_platelets", "given_by": "Dr. Li", "given_on": f"{local_date(ana, timezone.now())}"}
    for flag, other in (("Needs clearance", "With adaptations"), ("With adaptations", "Needs clearance")):
        for name in ("day", "week"):
            shown = words(as_ana, reverse(f"desk:{name}") + on(made))
            assert flag in shown
            assert other not in shown
        as_ana.post(page(made, "clearance"), note)


def test_a_list_of_many_asks_the_database_no_more_often(ana: Practitioner, as_ana: Client) -> None:
    starts, counts = free(call_of(ana)), []
    for number in range(3):
        client = signed_in(f"jo{number}@example.org")
        made = book(client, call_of(ana), starts[number * 2], told=carried())
        with CaptureQueriesContext(connection) as asked:
            as_ana.get(reverse("desk:day") + on(made))
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_list_is_one_line_of_the_trail(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    as_ana.get(reverse("desk:day") + on(made))
    assert Entry.objects.filter(did=Did.READ).get().ids == [made.public_id]


def test_an_empty_day_offers_a_first_step(ana: Practitioner, as_ana: Client) -> None:
    today = words(as_ana, reverse("desk:day"))
    assert "Nobody is booked on this day" in today
    assert words(as_ana, reverse("desk:day") + "?on=tomorrow") == today  # no day, so today


def test_a_closed_day_says_so(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    actions.set_week(ana, {made.starts_at.weekday(): [NINE_TO_FIVE]}, by=ana.user)
    day_after = local_date(ana, made.starts_at) + timedelta(days=1)
    at = reverse("desk:day") + f"?on={day_after}"
    shown = words(as_ana, at)
    assert "You are closed on this day" in shown
    assert "Nobody is booked" not in shown
    assert f'href="{reverse("booking:hours")}"' in as_ana.get(at).content.decode()


def over(of: Appointment, **changes: object) -> Appointment:
    """Let a visit have been, two hours ago."""
    start = timezone.now() - timedelta(hours=2)
    changes = {"starts_at": start, "ends_at": start + timedelta(hours=1)} | changes
    Appointment.objects.filter(pk=of.pk).update(**changes)
    of.refresh_from_db()
    return of


def test_what_is_left_to_do_after_a_visit_stands_in_the_list(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    assert "Not paid" not in words(as_ana, reverse("desk:day") + on(made))
    over(made)
    lists = [reverse("desk:day") + on(made), reverse("desk:week") + on(made)]

    def shown(*told: str) -> bool:
        return all(word in words(as_ana, at) for at in lists for word in told)

    assert shown("Did they come?", "Not paid")
    over(made, status=Status.ARRIVED)
    assert shown("Nothing charted", "Not paid")
    assert "\u00b7 came" in words(as_ana, lists[0])
    as_ana.post(reverse("care:begin", args=[made.public_id]))
    assert shown("Note to sign")
    paid = {"amount": "10", "how": "cash", "paid_on": local_date(ana, timezone.now()), "token": uuid4()}
    as_ana.post(page(made, "pay"), paid)
    assert shown("Paid in part")
    as_ana.post(page(made, "pay"), paid | {"amount": "70", "token": uuid4()})
    assert shown("Paid")
    assert not shown("Paid in part")
    over(made, status=Status.NO_SHOW)
    assert not shown("Note to sign")


def test_from_what_was_paid_one_gets_back_to_what_follows(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    close = "Back to what follows"
    assert close not in words(as_ana, page(made, "pay"))
    over(made, status=Status.ARRIVED)
    as_ana.post(reverse("care:begin", args=[made.public_id]))
    assert close in words(as_ana, page(made, "pay"))


def test_notes_of_earlier_days_wait_on_todays_page(ana: Practitioner, as_ana: Client) -> None:
    _client, session = opened(ana)
    start = timezone.now() - timedelta(days=3)
    over(session.appointment, starts_at=start, ends_at=start + timedelta(hours=1))
    assert "Notes to sign" in words(as_ana, reverse("desk:day"))
    read = Entry.objects.filter(did=Did.READ, what="booking.appointment").latest("pk")
    assert session.appointment.public_id in read.ids
    assert "Notes to sign" not in words(as_ana, reverse("desk:day") + on(session.appointment))
    note(as_ana, session, sign="yes")
    assert "Notes to sign" not in words(as_ana, reverse("desk:day"))


def test_what_nobody_charted_waits_too_while_it_can_be_charted(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    for days, status, waits in (
        (3, Status.BOOKED, True),
        (3, Status.ARRIVED, True),
        (3, Status.CANCELLED, False),
        (3, Status.NO_SHOW, False),
        (32, Status.ARRIVED, False),
        (0, Status.ARRIVED, False),
    ):
        start = timezone.now() - timedelta(days=days)
        over(made, status=status, starts_at=start, ends_at=start + timedelta(hours=1))
        assert ("nothing charted" in words(as_ana, reverse("desk:day"))) == waits, (days, status)


def test_it_is_said_how_many_more_notes_wait(
    ana: Practitioner, as_ana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now() - timedelta(days=3)
    for _each in range(3):
        over(visit(ana), starts_at=start, ends_at=start + timedelta(hours=1))
    assert "more." not in words(as_ana, reverse("desk:day"))
    monkeypatch.setattr(queries, "MOST_NAMED", 1)
    assert "And 2 more." in words(as_ana, reverse("desk:day"))


def test_a_signed_note_is_nothing_to_do(ana: Practitioner, as_ana: Client) -> None:
    _client, session = opened(ana)
    note(as_ana, session, sign="yes")
    over(session.appointment)
    shown = words(as_ana, reverse("desk:day") + on(session.appointment))
    assert "Note signed" in shown
    assert "Note to sign" not in shown


# The visit


def test_the_visit_shows_all_that_is_known(ana: Practitioner, as_ana: Client) -> None:
    told = carried("conditions.open_wound", answers={"conditions.open_wound-place": "hand_back:left"})
    made = book(signed_in(), session_of(ana), free(session_of(ana))[0], told=told)
    shown = words(as_ana, page(made))
    for part in ("Jo Walker", "+12125550142", "jo@example.org", "Flags", "Keep to", "Check first"):
        assert part in shown


def test_another_practices_practitioner_finds_nothing(ana: Practitioner) -> None:
    made = visit(ana)
    bo = Client()
    bo.force_login(practitioner("bo@example.org").user)
    for name in ("visit", "visit-move", "visit-cancel", "clearance"):
        assert bo.get(page(made, name)).status_code == 404
    assert bo.post(page(made, "mark"), {"status": "arrived"}).status_code == 404
    assert Entry.objects.filter(did=Did.REFUSED).count() == 5


def test_marking(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    as_ana.post(page(made, "mark"), {"status": "arrived"})
    made.refresh_from_db()
    assert made.status == Status.BOOKED  # days too early
    Appointment.objects.update(starts_at=timezone.now() - timedelta(minutes=5))
    assert "can't be undone" in words_of(as_ana.post(page(made, "mark"), {"status": "no_show"}))
    for status in ("arrived", "booked", "no_show"):
        as_ana.post(page(made, "mark"), {"status": status, "sure": "yes"})
        made.refresh_from_db()
        assert made.status == status
    assert not TakenTime.objects.exists()
    as_ana.post(page(made, "mark"), {"status": "arrived"})
    made.refresh_from_db()
    assert made.status == Status.NO_SHOW


def test_from_the_same_moment_on_arrival_is_marked_and_a_session_begun(
    ana: Practitioner, as_ana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = visit(ana)
    opens = actions.opens_at(made)
    for at, is_open in ((opens - timedelta(seconds=1), False), (opens, True)):
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        shown = as_ana.get(page(made)).context
        assert (shown["can_mark"], shown["may_begin"]) == (is_open, is_open)
    as_ana.post(page(made, "mark"), {"status": "arrived"})
    made.refresh_from_db()
    assert made.status == Status.ARRIVED


def test_a_clearance_is_recorded_and_counts(ana: Practitioner, as_ana: Client) -> None:
    told = carried("conditions.thrombocytopenia")
    made = book(signed_in(), call_of(ana), free(call_of(ana))[0], told=told)
    assert "Record a clearance" in words(as_ana, page(made))
    note = {"rule": "low_platelets", "given_by": "Dr. Li", "given_on": f"{timezone.now().date()}"}
    wrong = as_ana.post(page(made, "clearance"), note | {"given_on": "2999-01-01"})
    assert wrong.status_code == 422
    as_ana.post(page(made, "clearance"), note | {"given_on": f"{local_date(ana, timezone.now())}"})
    assert Clearance.objects.get().by_whom == "oncology or haematology team"
    shown = words(as_ana, page(made))
    assert "Clearances on file" in shown
    assert "Clearance that the rules ask for" not in shown


def test_the_practice_moves_to_any_time_that_is_not_taken(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    early = {"on": f"{local_date(ana, made.starts_at)}", "start": "06:10", "message": "The train is late."}
    as_ana.post(page(made, "visit-move"), early)
    made.refresh_from_db()
    assert made.local_start.endswith("T06:10")
    letter = Message.objects.filter(to="jo@example.org").order_by("-id")[0]
    assert "train" not in letter.text
    assert "Ana Ruiz has moved your appointment" in letter.text
    assert "A message to you waits" in letter.text
    assert "The train is late." in words(Client(), letter_link(letter))


def test_pressed_twice_the_practice_moves_it_once(ana: Practitioner, as_ana: Client) -> None:
    made, before = visit(ana), Message.objects.count()
    early = {"on": f"{local_date(ana, made.starts_at)}", "start": "06:10", "message": "The train is late."}
    for _press in "12":
        assert as_ana.post(page(made, "visit-move"), early)["Location"] == page(made)
    made.refresh_from_db()
    assert made.revision == 1
    assert Message.objects.count() == before + 1


def test_no_treatment_is_booked_or_moved_past_the_licence(ana: Practitioner, as_ana: Client) -> None:
    made, today = visit(ana), local_date(ana, timezone.now())
    ana.credentials.update(expires_on=today + timedelta(days=3))
    late = {"on": f"{today + timedelta(days=5)}", "start": "10:00"}
    booking = {"service": str(session_of(ana).pk), "name": "Kim", "email": "kim@example.org"}
    for url, form in ((page(made, "visit-move"), late), (reverse("desk:book-for"), late | booking)):
        answer = as_ana.post(url, form)
        assert answer.status_code == 422
        assert "doesn&#x27;t reach to this day" in answer.content.decode()
    assert Appointment.objects.get().starts_at == made.starts_at


def letter_link(letter: Message) -> str:
    found = re.search(r"https?://[^/]+(/appointments/\S+)", letter.text)
    assert found
    return found[1]


def test_a_taken_time_is_told_by_its_field(ana: Practitioner, as_ana: Client) -> None:
    starts = free(session_of(ana))
    visit(ana, starts[0])
    made = visit(ana, starts[6], Contact(name="Kim"))
    local = starts[0]
    answer = as_ana.post(page(made, "visit-move"), {"on": f"{local:%Y-%m-%d}", "start": f"{local:%H:%M}"})
    assert answer.status_code == 422
    assert "taken already" in answer.content.decode()


def test_the_practice_cancels_with_a_message(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    as_ana.post(page(made, "visit-cancel"), {"message": "I am ill."})
    made.refresh_from_db()
    assert (made.status, made.ended_by_practice) == (Status.CANCELLED, True)
    letter = Message.objects.filter(to="jo@example.org").order_by("-id")[0].text
    for told in ("Ana Ruiz has cancelled", "is cancelled", "Nothing is owed", "A message to you waits"):
        assert told in letter


def test_who_gets_no_letter_is_told_by_the_practice(ana: Practitioner, as_ana: Client) -> None:
    starts = free(session_of(ana))
    by_phone = visit(ana, starts[0], Contact(name="Kim", phone="+12125550199"))
    by_nothing = visit(ana, starts[6], Contact(name="Lee"))
    for name in ("visit-move", "visit-cancel"):
        assert "Tell them yourself: +12125550199" in words(as_ana, page(by_phone, name))
        assert "nobody tells them but you" in words(as_ana, page(by_nothing, name))
        assert "gets a letter" not in words(as_ana, page(by_phone, name))
        assert "A message to the client" not in words(as_ana, page(by_phone, name))
    as_ana.post(page(by_phone, "visit-cancel"))
    by_phone.refresh_from_db()
    assert by_phone.status == Status.CANCELLED


def test_the_week_says_which_days_are_closed(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    actions.set_week(ana, {made.starts_at.weekday(): [NINE_TO_FIVE]}, by=ana.user)
    shown = words(as_ana, reverse("desk:week") + on(made))
    assert shown.count("closed") == 6
    local = made.starts_at.astimezone(ZoneInfo(ana.zone))
    assert f"{local:%H:%M}\N{EN DASH}{local + timedelta(hours=1):%H:%M}" in shown


def test_somebody_with_a_phone_only(ana: Practitioner, as_ana: Client) -> None:
    start = free(session_of(ana))[0]
    told = {
        "service": str(session_of(ana).pk),
        "on": f"{start:%Y-%m-%d}",
        "start": f"{start:%H:%M}",
        "name": "Old Mr. Walker",
        "phone": "(212) 555-0199",
    }
    answer = as_ana.post(reverse("desk:book-for"), told)
    made = Appointment.objects.get()
    assert answer["Location"] == page(made)
    assert made.person.contact.phone == "+12125550199"
    assert "The safety questions are open" in words(as_ana, page(made))
    assert Message.objects.filter(subject__contains="Walker").count() == 1  # to the practitioner only
    assert as_ana.post(reverse("desk:book-for"), told)["Location"] == page(made)  # pressed twice
    other = as_ana.post(reverse("desk:book-for"), told | {"name": "Somebody else"})
    assert other.status_code == 422
    assert "Somebody else" in other.content.decode()
    assert Person.objects.count() == 1


def shown_times(answer: HttpResponse) -> list[str]:
    """What the buttons of the free times say to the server."""
    found = re.findall(r'name="show" formaction="[^"]*" value="([^"]+)"', answer.content.decode())
    return [html.unescape(value) for value in found]


def test_free_times_are_there_to_choose_and_lose_nothing_typed(ana: Practitioner, as_ana: Client) -> None:
    start, session = free(session_of(ana))[0], session_of(ana)
    on = f"{start:%Y-%m-%d}"
    page_ = as_ana.get(reverse("desk:book-for"), {"service": session.pk, "on": on})
    time = f"service={session.pk}&from={on}&on={on}&start={start:%H%%3A%M}"
    assert time in shown_times(page_)  # type: ignore[arg-type]  # as Django's client answers
    typed = {"name": "Jo Walker", "phone": "(212) 555-0199", "on": "2020-01-01", "start": "03:00"}
    chosen = as_ana.post(reverse("desk:book-for"), typed | {"show": time})
    assert chosen.status_code == 200
    shown = chosen.content.decode()
    assert "Something is missing" not in shown
    for value in (on, f"{start:%H:%M}", "Jo Walker", "(212) 555-0199"):
        assert f'value="{value}"' in shown
    other = as_ana.post(
        reverse("desk:book-for"), typed | {"show": f"service={call_of(ana).pk}", "on": on}
    ).content.decode()
    assert 'value="Jo Walker"' in other
    assert f'<option value="{call_of(ana).pk}" selected>' in other


def test_the_next_session_has_free_times_from_the_courses_interval_on(
    ana: Practitioner, as_ana: Client
) -> None:
    made = visit(ana)
    shown = as_ana.get(page(made, "book-next"))
    proposed = local_date(ana, made.starts_at) + timedelta(days=7)
    times = shown_times(shown)  # type: ignore[arg-type]  # as Django's client answers
    assert f"&on={proposed}&" in times[0]
    assert f'value="{proposed}"' in shown.content.decode()
    chosen = as_ana.post(page(made, "book-next"), {"show": times[-1]}).content.decode()
    told = QueryDict(times[-1]).dict()
    assert f'value="{told["on"]}"' in chosen
    assert as_ana.post(page(made, "book-next"), told).status_code == 302
    assert Appointment.objects.filter(person=made.person).count() == 2


def test_nobody_is_booked_at_night_by_a_slip(ana: Practitioner, as_ana: Client) -> None:
    start = free(session_of(ana))[0]
    told = {
        "service": str(session_of(ana).pk),
        "on": f"{start:%Y-%m-%d}",
        "start": "03:00",
        "name": "Jo",
        "email": "jo@example.org",
    }
    asked = as_ana.post(reverse("desk:book-for"), told)
    assert asked.status_code == 422
    assert "outside your hours" in asked.content.decode()
    meant = re.search(r'name="outside_hours" value="([^"]+)"', asked.content.decode())
    assert meant
    other = told | {"outside_hours": meant[1], "start": "04:00"}
    assert as_ana.post(reverse("desk:book-for"), other).status_code == 422  # it was said of three
    as_ana.post(reverse("desk:book-for"), told | {"outside_hours": meant[1]})
    assert Appointment.objects.get().local_start.endswith("T03:00")


def test_whoever_is_booked_can_be_reached(ana: Practitioner, as_ana: Client) -> None:
    start = free(session_of(ana))[0]
    told = {
        "service": str(session_of(ana).pk),
        "on": f"{start:%Y-%m-%d}",
        "start": f"{start:%H:%M}",
        "name": "Jo",
    }
    answer = as_ana.post(reverse("desk:book-for"), told)
    assert answer.status_code == 422
    assert "Give a phone or an e-mail" in answer.content.decode()


def test_the_visit_speaks_of_the_client(ana: Practitioner, as_ana: Client) -> None:
    week = {"pregnancy-pregnancy_week": "29"}
    pregnant = carried("pregnancy", sex="female", answers=week, none=["pregnancy"])
    made = book(signed_in(), call_of(ana), free(call_of(ana))[2], told=pregnant)
    shown = words(as_ana, page(made))
    assert "The client lies or sits" in shown
    assert "You lie or sit" not in shown
    assert "the client's own word" in html.unescape(shown)
    assert "Thigh and knee, Lower leg and foot" in shown
    assert "pregnant, week 29" in shown


def test_who_works_at_two_places_says_which(ana: Practitioner, as_ana: Client) -> None:
    other = place(ana, street="9 River Road")
    start = free(session_of(ana))[0]
    told = {
        "service": str(session_of(ana).pk),
        "on": f"{start:%Y-%m-%d}",
        "start": f"{start:%H:%M}",
        "name": "Jo",
        "phone": "(212) 555-0199",
    }
    assert as_ana.post(reverse("desk:book-for"), told).status_code == 422
    as_ana.post(reverse("desk:book-for"), told | {"place": str(other.pk)})
    assert Appointment.objects.get().address == "9 River Road, Albany"


def test_answers_that_todays_questions_cannot_read_are_open_again(ana: Practitioner, as_ana: Client) -> None:
    made = book(signed_in(), call_of(ana), free(call_of(ana))[0], told=carried())
    old = Intake.objects.create(
        practice=ana.practice,
        person=made.person,
        told_at=timezone.now(),
        told_on=local_date(ana, timezone.now()),
        drawing="{}",
        selection='{"q-age": ["40"], "q-item": ["conditions.long_gone"]}',
    )
    Appointment.objects.update(intake=old)
    assert "The safety questions are open" in words(as_ana, page(made))
    assert "Questions open" in words(as_ana, reverse("desk:day") + on(made))


def test_the_questions_are_asked_together(ana: Practitioner, as_ana: Client) -> None:
    made = visit(ana)
    as_ana.post(page(made, "visit-tell"))
    as_ana.post(reverse("booking:told"), carried())
    done = as_ana.post(reverse("desk:told"), carried() | {"keeping": "yes"})
    assert done["Location"] == page(made)
    assert "Screened for" in words(as_ana, page(made))
