"""What is found and done, with what can't be meant refused."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from unknot.knowledge import load
from unknot.planning.result import LightWork
from unknot.pressure import Reading
from unknot.web.accounts.models import User
from unknot.web.audit.models import Did, Entry
from unknot.web.booking.tests.office import open_office, signed_in, words, words_of
from unknot.web.care import actions
from unknot.web.care.models import Finding, Hold, Motion, Session, Trace
from unknot.web.care.tests.clinic import POINT, agreed, begin, booked_now, checked, note, opened, pressed, url
from unknot.web.care.today import Today
from unknot.web.directory.models import Practitioner

pytestmark = pytest.mark.django_db


def said(answer: object) -> dict[str, str]:
    return answer.json()["wrong"]  # type: ignore[attr-defined, no-any-return]


def test_a_hold_sent_twice_is_there_once_and_what_comes_later_is_added(ana: Practitioner) -> None:
    client, session = opened(ana)
    key = str(uuid.uuid4())
    pressed(client, session, public_id=key)
    pressed(client, session, public_id=key, pain_after=2, response="half")
    hold = Hold.objects.get()
    assert (hold.seconds, hold.pain_during, hold.pain_after, hold.response) == (15, None, 2, "half")
    assert hold.technique == "pincer_compression"


@pytest.mark.parametrize(
    ("wrong", "field", "words_"),
    [
        ({"seconds": 0}, "seconds", "A hold lasts from 1 to 90 seconds."),
        ({"seconds": 900}, "seconds", "A hold lasts from 1 to 90 seconds."),
        ({"seconds": "long"}, "seconds", "A hold lasts from 1 to 90 seconds."),
        ({"pain_during": 11}, "pain_during", "A number from 0 (none) to 10"),
        ({"pain_after": -1}, "pain_after", "A number from 0 (none) to 10"),
        ({"level": 5}, "level", "At most level 3 is allowed here today."),
        ({"level": 6}, "level", "5"),
        ({"point": "no_muscle:left:TrP1"}, "point", "There is no such trigger point"),
        ({"point": "upper_trapezius:up:TrP1"}, "point", "There is no such trigger point"),
        ({"point": "gluteus_medius:left:TrP1"}, "point", "consent"),
        ({"response": "melted"}, "response", "melted"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    ana: Practitioner, wrong: dict[str, object], field: str, words_: str
) -> None:
    client, session = opened(ana)
    answer = pressed(client, session, **wrong)
    assert answer.status_code == 422
    assert words_ in said(answer)[field]
    assert not Hold.objects.exists()


def test_every_point_of_the_base_can_be_charted(ana: Practitioner) -> None:
    """By its id as the base writes it: those of the masseter are words."""
    client, session = opened(ana)
    longest = max((p.id for m in load().muscles.values() for p in m.trigger_points), key=len)
    for model in (Hold, Finding):
        length = model._meta.get_field("trigger_point").max_length
        assert length is not None
        assert length >= len(longest)
    point = "masseter:left:superficial-upper"
    assert pressed(client, session, point=point, level=1).json() == {"kept": True}
    client.post(url("finding", session), {"point": point, "tenderness": 5})
    assert Finding.objects.get().point == Hold.objects.get().point == point


def test_a_light_place_that_a_grip_opens_says_which(ana: Practitioner) -> None:
    """The front of the neck is for light work; this muscle is lifted away from the artery, or left alone."""
    client, session = opened(ana)
    points = client.get(url("treat", session)).context["guide"]["points"]
    opened_so = points["sternocleidomastoid_sternal:left:TrP-lower"]
    assert opened_so["only_by_grip"]
    assert "carotid" in opened_so["grip"]
    assert not points[POINT]["only_by_grip"]


def test_what_screening_leaves_alone_cannot_be_chosen(ana: Practitioner) -> None:
    wound = {"conditions.open_wound-place": "neck_base:left"}
    client, session = opened(ana, "conditions.open_wound", answers=wound)
    closed = [
        p for p in client.get(url("treat", session)).context["guide"]["points"].items() if "closed" in p[1]
    ]
    screened = [id_ for id_, point in closed if "screening" in point["closed"]]
    assert screened
    answer = pressed(client, session, point=screened[0])
    assert "Screening leaves this place alone today" in said(answer)["point"]


def test_another_sessions_hold_is_not_touched(ana: Practitioner) -> None:
    """Two clients, two sessions: the id of one's hold changes nothing in the other."""
    client, mine = opened(ana)
    key = str(uuid.uuid4())
    pressed(client, mine, public_id=key)
    other = Session.objects.exclude(pk=mine.pk)
    begin(client, booked_now(ana, nth=6))
    client.post(url("forget-hold", other.get()), {"hold": key})
    assert Hold.objects.get().session == mine


def test_a_mistake_is_taken_back_and_its_history_kept(ana: Practitioner) -> None:
    client, session = opened(ana)
    key = str(uuid.uuid4())
    pressed(client, session, public_id=key)
    client.post(url("forget-hold", session), {"hold": key})
    assert not Hold.objects.exists()
    assert [event.pgh_label for event in Hold.pgh_event_model.objects.order_by("pgh_id")] == [
        "insert",
        "delete",
    ]  # type: ignore[attr-defined]


def test_what_was_taken_back_stays_so(ana: Practitioner) -> None:
    """A rating of it that arrives late brings nothing back."""
    client, session = opened(ana)
    key = str(uuid.uuid4())
    pressed(client, session, public_id=key)
    client.post(url("forget-hold", session), {"hold": key})
    assert pressed(client, session, public_id=key, pain_after=2).json() == {"kept": True}
    assert not Hold.objects.exists()


def test_the_id_of_another_sessions_hold_is_refused_in_words(ana: Practitioner) -> None:
    client, mine = opened(ana)
    key = str(uuid.uuid4())
    pressed(client, mine, public_id=key)
    other = begin(client, booked_now(ana, nth=6))
    checked(client, other)
    agreed(client, other)
    answer = pressed(client, other, public_id=key)
    assert answer.status_code == 409
    assert "another session" in said(answer)[""]


def test_a_script_is_told_in_words_when_the_check_holds(ana: Practitioner) -> None:
    """A page is sent to the step that is next; a script would take that for being signed out."""
    client, session = opened(ana)
    Session.objects.update(consent=None)
    answer = pressed(client, session)
    assert answer.status_code == 409
    assert "come first" in said(answer)[""]
    assert client.get(url("treat", session))["Location"] == url("session", session) + "?first"


def test_a_script_is_told_that_the_visit_was_ended(ana: Practitioner) -> None:
    client, session = opened(ana)
    Session.objects.update(stopped="Fever: see a doctor.")
    answer = pressed(client, session)
    assert answer.status_code == 409
    assert "ended" in said(answer)[""]


@pytest.mark.parametrize(
    ("page", "fields", "wrong"),
    [
        ("examine", {"changed": "Slept better."}, {}),
        (
            "examine",
            {"measure": "yes", "name": "neck", "before": "200"},
            {"before": "Degrees from 0 to 180."},
        ),
        ("tick", {"0-level": "2"}, {}),
        (
            "tick",
            {"0-done": "on", "0-point": POINT, "0-level": "2"},
            {"0-seconds": "This field is required."},
        ),
    ],
)
def test_a_script_sends_the_pages_of_the_chart(
    ana: Practitioner, page: str, fields: dict[str, str], wrong: dict[str, str]
) -> None:
    client, session = opened(ana)
    answer = client.post(url(page, session), fields, headers={"accept": "application/json"})
    assert answer.status_code == (422 if wrong else 200)
    assert answer.json() == ({"wrong": wrong} if wrong else {"kept": True})


@pytest.mark.parametrize(
    ("ended", "why"),
    [({"stopped": "Fever: see a doctor."}, "ended at the check"), ({"consent": None}, "come first")],
)
def test_what_was_typed_and_is_not_kept_can_be_read(
    ana: Practitioner, ended: dict[str, object], why: str
) -> None:
    client, session = opened(ana)
    Session.objects.update(**ended)
    typed = {"changed": "Slept better.", "pain_before": "4", "posture": ["head_forward"]}
    answer = client.post(url("examine", session), typed | {"name": "neck, rotation", "before": "40"})
    assert answer.status_code == 409
    page = words_of(answer)
    assert why in page
    for said in (
        "as the client says: Slept better.",
        "Pain now, before treatment (0 to 10): 4",
        "Seen standing: head held forward",
        "Motion: neck, rotation",
        "Degrees before treatment: 40",
    ):
        assert said in page
    assert "Side:" not in page


def test_what_was_ticked_and_is_not_kept_can_be_read(ana: Practitioner) -> None:
    client, session = opened(ana)
    Session.objects.update(stopped="Fever: see a doctor.")
    ticked = {"0-done": "on", "0-point": POINT, "0-seconds": "17", "0-response": "half"}
    left = {"1-point": "masseter:left:superficial-upper", "1-seconds": "20"}
    page = words_of(client.post(url("tick", session), ticked | left))
    assert "Upper trapezius, right, TrP1" in page
    assert "Seconds: 17" in page
    assert "The point: half" in page
    assert "Masseter" not in page


def test_a_finding_said_again_is_as_it_was_said_last(ana: Practitioner) -> None:
    client, session = opened(ana)
    for tenderness in (7, 4):
        client.post(url("finding", session), {"point": POINT, "tenderness": tenderness, "familiar": "yes"})
    found = Finding.objects.get()
    assert (found.tenderness, found.familiar, found.twitch) == (4, True, None)


def test_the_guides_figures_speak_the_readers_language(ana: Practitioner) -> None:
    client, session = opened(ana)
    page = client.get("/es" + url("treat", session)).content.decode()
    assert ">Izquierda<" in page
    assert ">Left<" not in page


def test_a_finding_says_something(ana: Practitioner) -> None:
    client, session = opened(ana)
    answer = client.post(url("finding", session), {"point": POINT})
    assert answer.status_code == 422
    assert "Say at least one thing" in answer.content.decode()


def test_motions_are_measured_before_and_after(ana: Practitioner) -> None:
    client, session = opened(ana)
    client.post(
        url("examine", session), {"name": "neck, rotation", "side": "left", "before": 40, "measure": "yes"}
    )
    client.post(
        url("examine", session), {"name": "neck, rotation", "side": "left", "after": 55, "measure": "yes"}
    )
    motion = Motion.objects.get()
    assert (motion.before, motion.after) == (40, 55)
    client.post(url("forget-motion", session), {"motion": motion.pk})
    assert not Motion.objects.exists()


def test_a_measurement_keeps_what_was_typed_beside_it(ana: Practitioner) -> None:
    client, session = opened(ana)
    typed = {"changed": "Slept better.", "pain_before": "4", "posture": ["head_forward"]}
    measured = {"name": "neck, flexion", "side": "", "before": 40, "measure": "yes"}
    client.post(url("examine", session), typed | measured)
    session.refresh_from_db()
    assert (session.changed, session.pain_before, session.posture) == ("Slept better.", 4, ["head_forward"])


# Beside the holds


def offered(client: Client, session: Session) -> dict[str, str]:
    return dict(client.get(url("examine", session)).context["form"].fields["techniques"].choices)


def test_what_was_done_beside_the_holds_is_in_the_note_and_told_the_client(ana: Practitioner) -> None:
    client, session = opened(ana)
    assert "Stripping and gliding strokes" in offered(client, session).values()
    assert not {"ischemic_compression", "self_compression"} & set(offered(client, session))
    assert not session.was_treated
    client.post(url("examine", session), {"techniques": ["stripping_gliding", "moist_heat_after"]})
    session.refresh_from_db()
    assert session.techniques == ["stripping_gliding", "moist_heat_after"]
    assert session.was_treated
    drafted = client.get(url("note", session)).context["form"].initial["objective"]
    assert "Done: stripping and gliding strokes; moist heat after treatment." in drafted
    page = words(signed_in(), reverse("desk:appointment", args=[session.appointment.public_id]))
    assert "Stripping and gliding strokes" in page
    assert "Moist heat after treatment" in page


def test_what_screening_leaves_out_is_neither_offered_nor_kept(ana: Practitioner) -> None:
    """Fibromyalgia: level 2 at most, no friction."""
    client, session = opened(ana, "conditions.fibromyalgia")
    choices = offered(client, session)
    assert "transverse_friction" not in choices
    assert choices["stripping_gliding"] == "Stripping and gliding strokes, lightly: at most level 2 of 5"
    answer = client.post(
        url("examine", session), {"techniques": ["transverse_friction"], "changed": "Slept better."}
    )
    assert answer.status_code == 422
    assert "Screening leaves this out today" in answer.content.decode()
    assert "Slept better." in answer.content.decode()
    client.post(url("examine", session), {"techniques": ["stripping_gliding"]})
    drafted = client.get(url("note", session)).context["form"].initial["objective"]
    assert "stripping and gliding strokes, lightly" in drafted


@pytest.mark.parametrize("page", ["consent", "treat"])
def test_the_light_work_of_the_plan_stands_with_its_holds(
    ana: Practitioner, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Where the plan has some: a letter of clearance that allows the lightest touch only."""
    client, session = opened(ana)
    work = LightWork(
        muscle="upper_trapezius", side="left", trigger_point="TrP1", press_at=("neck_base:left",),
        technique="positional_release", position="supine", seconds=90, level=1, repetitions=1,
        pain_ceiling=3, stop_when="It hurts.",
    )  # fmt: skip
    monkeypatch.setattr(Today, "light_work", lambda _self: iter([work]))
    shown = words(client, url(page, session))
    assert "Upper trapezius, left, TrP1 Positional release (strain-counterstrain): 90 seconds" in shown


def test_what_was_done_stays_when_a_later_check_leaves_it_out(ana: Practitioner) -> None:
    client, session = opened(ana)
    client.post(url("examine", session), {"techniques": ["transverse_friction"]})
    checked(client, session, "conditions.fibromyalgia")
    agreed(client, session)
    assert "transverse_friction" in offered(client, session)


@pytest.mark.parametrize(
    ("fields", "words_"),
    [({"before": 200}, "Degrees from 0 to 180."), ({}, "Write the degrees"), ({"before": -5}, "0")],
)
def test_a_motion_has_degrees(ana: Practitioner, fields: dict[str, int], words_: str) -> None:
    client, session = opened(ana)
    answer = client.post(
        url("examine", session), {"name": "neck, flexion", "side": "", "measure": "yes"} | fields
    )
    assert answer.status_code == 422
    assert words_ in answer.content.decode()


def test_a_measurement_goes_along_with_whatever_is_pressed(ana: Practitioner) -> None:
    client, session = opened(ana)
    measured = {"name": "neck, flexion", "side": "", "before": 30}
    answer = client.post(url("examine", session), measured)
    assert answer["Location"] == url("home-care", session)
    assert session.motions.get().before == 30
    assert client.post(url("examine", session), {"name": "neck, flexion"}).status_code == 422


def test_what_was_done_is_ticked_afterwards(ana: Practitioner) -> None:
    client, session = opened(ana)
    rows = client.get(url("tick", session)).context["rows"]
    assert len(rows) >= 2
    fields: dict[str, object] = {}
    for _row, form, _charted in rows:
        for name in ("point", "public_id", "level", "seconds", "from_memory"):
            fields[form.add_prefix(name)] = form.initial[name]
    fields |= {rows[0][1].add_prefix("done"): "on", rows[0][1].add_prefix("pain_after"): 2}
    for _again in range(2):
        assert client.post(url("tick", session), fields)["Location"] == url("examine", session)
    hold = Hold.objects.get()
    assert (hold.from_memory, hold.pain_after) == (True, 2)
    assert "afterwards" in words(client, url("note", session))


def test_what_the_timer_charted_stands_where_it_would_be_ticked(ana: Practitioner) -> None:
    client, session = opened(ana)
    planned = client.get(url("tick", session)).context["rows"][0][0].point.id
    pressed(client, session, point=planned, level=1, seconds=17)
    pressed(client, session, point="masseter:left:superficial-upper", level=1, seconds=9)
    answer = client.get(url("tick", session))
    assert [hold.seconds for hold in answer.context["rows"][0][2]] == [17]
    assert [charted for _row, _form, charted in answer.context["rows"][1:] if charted] == []
    assert [(name, hold.seconds) for name, (hold,) in answer.context["elsewhere"]] == [
        ("Masseter, left, superficial-upper", 9)
    ]
    assert "Charted already: 17 s at level 1" in words(client, url("tick", session))


def test_a_wrong_row_keeps_the_others(ana: Practitioner) -> None:
    client, session = opened(ana)
    (_row, form, _charted), *_rest = client.get(url("tick", session)).context["rows"]
    fields = {form.add_prefix(name): form.initial[name] for name in ("point", "public_id", "level")}
    answer = client.post(url("tick", session), fields | {"0-done": "on", "0-seconds": 900})
    assert answer.status_code == 422
    assert 'value="900"' in answer.content.decode()
    assert not Hold.objects.exists()


def trace(
    header: str = "time_s,force_n", seconds: int = 20, *, hz: int = 50, encoding: str = "utf-8"
) -> SimpleUploadedFile:
    """Nobody presses, then 25 N for so long, then nobody again."""
    pressed_at = range(3 * hz, (3 + seconds) * hz)
    lines = [f"{t / hz:.2f},{25.0 if t in pressed_at else 0.0}" for t in range(hz * (seconds + 6))]
    return SimpleUploadedFile("trace.csv", "\n".join([header, *lines]).encode(encoding))


def test_a_trace_belongs_to_a_hold_and_stands_in_the_note(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    hold = Hold.objects.get()
    client.post(url("trace", session), {"of": str(hold.public_id), "trace": trace()})
    hold.refresh_from_db()
    (found,) = hold.trace.reading["holds"]
    assert found["seconds"] == pytest.approx(20, abs=0.5)
    assert found["mean_n"] == pytest.approx(25, abs=0.5)
    page = client.get(url("note", session)).content.decode()
    assert "25 N" in page
    assert "trace-curve" in page


def attached(client: Client, session: Session, file: SimpleUploadedFile) -> HttpResponse:
    pressed(client, session)
    return client.post(url("trace", session), {"of": str(Hold.objects.get().public_id), "trace": file})  # type: ignore[return-value]


@pytest.mark.parametrize(("charted", "differs"), [(18, False), (2, True)])
def test_a_trace_that_is_another_length_than_its_hold_says_so(
    ana: Practitioner, *, charted: int, differs: bool
) -> None:
    client, session = opened(ana)
    pressed(client, session, seconds=charted)
    client.post(url("trace", session), {"of": str(Hold.objects.get().public_id), "trace": trace()})
    page = words(client, url("trace", session))
    assert (f"Trace and chart differ: {charted} s are charted" in page) == differs
    assert "Take the trace off" in page
    assert "Take the trace off" not in words(client, url("note", session))


def test_a_trace_is_taken_off_and_its_history_kept(ana: Practitioner) -> None:
    client, session = opened(ana)
    attached(client, session, trace())
    written = Entry.objects.filter(did=Did.CHANGED, what="care.trace")
    hold = Hold.objects.get()
    for off in (str(hold.public_id), str(hold.public_id), str(uuid.uuid4())):
        assert client.post(url("forget-trace", session), {"hold": off})["Location"] == url("trace", session)
    assert not Trace.objects.exists()
    assert Hold.objects.get() == hold
    assert [event.pgh_label for event in Trace.pgh_event_model.objects.order_by("pgh_id")] == [  # type: ignore[attr-defined]
        "insert",
        "delete",
    ]
    assert written.count() == 2
    assert client.post(url("forget-trace", session), {"hold": "none"}).status_code == 404


def test_the_trace_of_a_signed_note_stays(ana: Practitioner) -> None:
    client, session = opened(ana)
    attached(client, session, trace())
    note(client, session, sign="yes")
    answer = client.post(url("forget-trace", session), {"hold": str(Hold.objects.get().public_id)})
    assert answer.status_code == 409
    with pytest.raises(actions.Signed):
        actions.forget_trace(session, Hold.objects.get().public_id, by=ana.user)
    assert Trace.objects.exists()


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("time_s,force_n", "utf-8-sig"),
        ("time_s,force_n", "utf-16"),
        ("# señal\ntime_s,force_n", "latin-1"),
    ],
)
def test_a_trace_is_kept_as_it_was_read(ana: Practitioner, header: str, encoding: str) -> None:
    client, session = opened(ana)
    assert attached(client, session, trace(header, encoding=encoding)).status_code == 302
    assert Hold.objects.get().trace.content.startswith(header)
    assert "trace-curve" in client.get(url("note", session)).content.decode()


def test_ten_minutes_at_a_hundred_samples_a_second_are_taken(ana: Practitioner) -> None:
    client, session = opened(ana)
    file = trace(seconds=594, hz=100)
    assert file.size is not None
    assert file.size > 600_000
    assert attached(client, session, file).status_code == 302
    assert Hold.objects.get().trace.reading["holds"]


def test_a_trace_has_a_limit_too(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    for size, status in ((4_000_001, 422), (4_200_000, 413)):
        fields = {"of": str(Hold.objects.get().public_id), "trace": SimpleUploadedFile("x.csv", b"0" * size)}
        assert client.post(url("trace", session), fields).status_code == status


@pytest.mark.parametrize(
    "file",
    [
        trace("time_s,force_kg"),
        SimpleUploadedFile("x.csv", b""),
        SimpleUploadedFile("x.csv", bytes(range(256))),
    ],
)
def test_a_trace_that_cannot_be_read_is_refused(ana: Practitioner, file: SimpleUploadedFile) -> None:
    client, session = opened(ana)
    assert attached(client, session, file).status_code == 422
    assert not hasattr(Hold.objects.get(), "trace")


# Once the visit was ended, or consent taken back, nothing more is charted


def charting(session: Session) -> dict[str, Callable[[], None]]:
    by, found = session.course.practitioner.user, Hold.objects.get(session=session)
    at = {"muscle": "masseter", "side": "left", "trigger_point": "superficial-upper"}
    held = actions.Pressed(public_id=uuid.uuid4(), technique="stroke", level=1, seconds=9, **at)
    return {
        "hold": lambda: actions.chart_hold(session, held, by=by),
        "forget-hold": lambda: actions.forget_hold(session, found.public_id, by=by),
        "finding": lambda: actions.chart_finding(session, Finding(tenderness=5, **at), by=by),
        "motion": lambda: actions.measure(session, Motion(name="neck, flexion", before=40), by=by),
        "forget-motion": lambda: actions.forget_motion(session, 1, by=by),
        "whole": lambda: actions.chart_session(session, {"reaction": "Dizzy."}, by=by),
        "trace": lambda: actions.add_trace(
            session, found, "time_s,force_n", Reading(holds=(), warnings=()), by=by
        ),
        "forget-trace": lambda: actions.forget_trace(session, found.public_id, by=by),
    }


@pytest.mark.parametrize("ended", [{"stopped": "Fever: see a doctor."}, {"consent": None}], ids=str)
def test_nothing_is_charted_after_the_end(ana: Practitioner, ended: dict[str, object]) -> None:
    client, session = opened(ana)
    pressed(client, session)
    Session.objects.update(**ended)
    for chart in charting(session).values():
        with pytest.raises(actions.HandsOff):
            chart()


@pytest.mark.parametrize(
    ("ended", "why"), [({"stopped": "Fever."}, "ended at the check"), ({"consent": None}, "come first")]
)
def test_what_ends_it_between_two_looks_is_said(
    ana: Practitioner, monkeypatch: pytest.MonkeyPatch, ended: dict[str, object], why: str
) -> None:
    client, session = opened(ana)

    def meanwhile(held: Session, one: actions.Pressed, *, by: User) -> None:
        Session.objects.update(**ended)
        chart_hold(held, one, by=by)

    chart_hold = actions.chart_hold
    monkeypatch.setattr(actions, "chart_hold", meanwhile)
    answer = pressed(client, session)
    assert answer.status_code == 409
    assert why in said(answer)[""]


@pytest.mark.django_db(transaction=True)
def test_what_is_pressed_while_the_visit_ends_is_not_charted() -> None:
    client, session = opened(open_office())
    pressed(client, session)
    outcomes: list[str] = []

    def press() -> None:
        try:
            charting(session)["hold"]()
            outcomes.append("charted")
        except actions.HandsOff:
            outcomes.append("refused")
        finally:
            connection.close()

    late = threading.Thread(target=press)
    with transaction.atomic():
        actions.stop(session, "Fever: see a doctor.", by=session.course.practitioner.user)
        late.start()
        late.join(0.5)  # it waits for the lock
    late.join()
    assert outcomes == ["refused"]
    assert Hold.objects.count() == 1


# Once the note is signed nothing of the session changes


@pytest.fixture
def signed(ana: Practitioner) -> Session:
    client, session = opened(ana)
    pressed(client, session)
    client.post(url("finding", session), {"point": POINT, "tenderness": 6})
    client.post(
        url("examine", session), {"name": "neck, rotation", "side": "left", "before": 40, "measure": "yes"}
    )
    note(client, session, sign="yes")
    session.refresh_from_db()
    return session


def test_what_comes_too_late_says_what_to_do(ana: Practitioner, signed: Session) -> None:
    from unknot.web.care.tests.clinic import as_practitioner

    answer = pressed(as_practitioner(ana), signed)
    assert answer.status_code == 409
    assert "addendum" in said(answer)[""]


def test_a_trace_that_another_replaced_is_kept(ana: Practitioner) -> None:
    client, session = opened(ana)
    attached(client, session, trace(seconds=20))
    client.post(url("trace", session), {"of": str(Hold.objects.get().public_id), "trace": trace(seconds=12)})
    assert Trace.objects.count() == 1
    history = Trace.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.pgh_label for event in history] == ["insert", "update"]
    assert len(history[0].content) > len(history[1].content)


@pytest.mark.parametrize("table", ["hold", "finding", "motion", "check"])
@pytest.mark.parametrize("statement", ["UPDATE care_{} SET session_id = session_id", "DELETE FROM care_{}"])
def test_the_database_refuses_to_change_what_was_signed(signed: Session, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement.format(table))


def test_nor_may_anything_be_added_to_it(signed: Session) -> None:
    with pytest.raises(DatabaseError, match="signed"), transaction.atomic():
        Finding.objects.create(session=signed, muscle="masseter", side="left", trigger_point="TrP1")


@pytest.mark.parametrize("field", ["seconds", "level"])
def test_the_database_refuses_what_no_hold_is(ana: Practitioner, field: str) -> None:
    _client, session = opened(ana)
    hold = Hold(session=session, muscle="masseter", side="left", trigger_point="TrP1", level=2, seconds=9)
    setattr(hold, field, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        hold.save()
