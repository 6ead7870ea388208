"""Before a visit, at home, and whether it gets better."""

from __future__ import annotations

import importlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from unknot.knowledge import load
from unknot.outcomes import Answer
from unknot.outcomes.series import Point, Series
from unknot.outcomes.words import Speaker as Outcomes
from unknot.web.audit.models import Did, Entry
from unknot.web.booking.keys import key_of, page_of
from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import signed_in, visit, words
from unknot.web.care import actions
from unknot.web.care.home_care import as_read, given_after
from unknot.web.care.models import Activity, CheckIn, HomeCare, HomeCareDone, Reevaluation, Score, Session
from unknot.web.care.progress import FOOT, HEAD, HIGH, plot, progress, ratings_of
from unknot.web.care.queries import course_of
from unknot.web.care.tests.clinic import (
    after_three_sessions,
    agreed,
    as_practitioner,
    begin,
    booked_now,
    brought_to,
    checked,
    note,
    opened,
    pressed,
    url,
    was_treated,
)
from unknot.web.care.today import today
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import user
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db

BASELINE = {
    "pain_last_week": "7",
    "named-0": "turning my head in the car",
    "rated-0": "3",
    "named-1": "sleeping on my side",
    "rated-1": "5",
    "changed": "",
}


@pytest.fixture
def coming(ana: Practitioner) -> Appointment:
    appointment = booked_now(ana)
    return brought_to(appointment, timezone.now() + timedelta(hours=20))


def give(client: Client, session: Session, *places: int) -> None:
    """Choose some of what is offered to be done at home."""
    choices = [
        key for key, _text in client.get(url("home-care", session)).context["form"].fields["chosen"].choices
    ]
    answer = client.post(url("home-care", session), {"chosen": [choices[n] for n in places]})
    assert answer.status_code == 302


def before(appointment: Appointment) -> str:
    return reverse("desk:check-in", args=[appointment.public_id])


def test_a_baseline_is_told_before_the_first_session(coming: Appointment) -> None:
    client = signed_in()
    assert "Something that is hard for you now" in words(client, before(coming))
    client.post(before(coming), BASELINE)
    assert set(Score.objects.values_list("instrument", "value")) == {("nprs", 7), ("psfs", 3), ("psfs", 5)}
    assert list(Activity.objects.values_list("words", flat=True)) == [
        "turning my head in the car",
        "sleeping on my side",
    ]


def test_an_empty_form_says_that_nothing_was_told(coming: Appointment) -> None:
    client = signed_in()
    empty = client.post(before(coming), {"pain_last_week": "", "changed": ""})
    assert empty.status_code == 422
    assert "Nothing is told yet" in empty.content.decode()
    assert not CheckIn.objects.exists()


def test_its_page_says_the_time_as_the_appointments_does(coming: Appointment) -> None:
    client = signed_in()
    time = re.compile(r'<p class="what-time">.*?</p>', re.DOTALL)
    pages = [client.get(at).content.decode() for at in (before(coming), page_of(coming))]
    shown = [found[0] for found in map(time.search, pages) if found]
    assert len(shown) == 2
    assert shown[0] == shown[1]


def test_told_again_it_is_as_it_was_told_last(coming: Appointment) -> None:
    client = signed_in()
    client.post(before(coming), BASELINE)
    assert 'value="turning my head in the car"' in client.get(before(coming)).content.decode()
    client.post(before(coming), BASELINE | {"pain_last_week": "6", "rated-0": "4", "changed": "Slept badly."})
    assert set(Score.objects.values_list("instrument", "value")) == {("nprs", 6), ("psfs", 4), ("psfs", 5)}
    assert CheckIn.objects.get().changed == "Slept badly."
    client.post(before(coming), BASELINE | {"pain_last_week": "", "rated-0": ""})
    assert set(Score.objects.values_list("instrument", "value")) == {("psfs", 5)}


def rated() -> dict[str, int | None]:
    return {one.words: next((s.value for s in one.scores.all()), None) for one in Activity.objects.all()}


def test_until_the_first_session_the_words_can_be_corrected(coming: Appointment) -> None:
    client = signed_in()
    client.post(before(coming), {"named-0": "driving", "rated-0": "3", "named-1": "lifting", "rated-1": "2"})
    client.post(before(coming), {"named-0": "sleeping", "rated-0": "9", "named-1": "lifting", "rated-1": "4"})
    assert rated() == {"sleeping": 9, "lifting": 4}
    client.post(before(coming), {"named-0": "lifting", "rated-0": "5"})
    assert rated() == {"lifting": 5}
    client.post(before(coming), {"named-0": "lifting", "named-1": "reading", "rated-1": "1"})
    assert rated() == {"lifting": None, "reading": 1}


def test_nothing_is_named_twice(coming: Appointment) -> None:
    answer = signed_in().post(before(coming), {"named-0": "driving", "named-1": "driving", "rated-1": "2"})
    assert answer.status_code == 422
    assert "You named this already." in answer.content.decode()


def test_after_the_first_session_a_number_counts_for_what_it_was_given(
    ana: Practitioner, coming: Appointment
) -> None:
    client = signed_in()
    client.post(before(coming), BASELINE)
    session = begin(as_practitioner(ana), brought_to(coming, timezone.now()))
    again = booked_now(ana, nth=5, for_whom=str(session.course.person.public_id))
    again = brought_to(again, timezone.now() + timedelta(hours=20))
    answer = client.post(before(again), {"named-0": "sleeping", "rated-0": "9"})
    assert answer.status_code == 422
    assert "was settled since this page was opened" in answer.content.decode()
    form = client.get(before(again)).context["form"]
    keys = {f"activity-{n}": form[f"activity-{n}"].value() for n in range(2)}
    assert client.post(before(again), {**keys, "rated-1": "8"}).status_code == 302
    assert set(again.scores.values_list("activity__words", "value")) == {("sleeping on my side", 8)}


@pytest.mark.parametrize("days", [8, -0.01])
def test_it_is_told_in_the_week_before(coming: Appointment, days: float) -> None:
    brought_to(coming, timezone.now() + timedelta(days=days))
    client = signed_in()
    assert client.get(before(coming)).status_code == 302
    answer = client.post(before(coming), BASELINE)
    assert answer.status_code == 422
    assert "in the week before an appointment" in answer.content.decode()
    assert not Score.objects.exists()
    with pytest.raises(actions.NotNow):
        actions.tell_before(coming, actions.Told(), on=timezone.now().date(), by=None, now=timezone.now())


@pytest.mark.parametrize(
    ("wrong", "words_"),
    [
        ({"pain_last_week": "11"}, "A number from 0 (none) to 10"),
        ({"rated-2": "4"}, "Say what it is"),
        ({"changed": "x" * 1001}, "1000"),
        ({"named-0": "x" * 121}, "120"),
    ],
)
def test_what_cannot_be_meant_is_asked_again(coming: Appointment, wrong: dict[str, str], words_: str) -> None:
    answer = signed_in().post(before(coming), BASELINE | wrong)
    assert answer.status_code == 422
    assert words_ in answer.content.decode()
    assert "sleeping on my side" in answer.content.decode()
    assert not Score.objects.exists()


def test_all_but_one_may_be_left_open(coming: Appointment) -> None:
    signed_in().post(before(coming), {"changed": "Slept badly."})
    assert CheckIn.objects.get().told_at
    assert not Score.objects.exists()


def test_the_letters_key_opens_it_and_a_get_only_shows(coming: Appointment) -> None:
    client, key = Client(), key_of(coming)
    assert client.get(f"{before(coming)}?key={key}").status_code == 200
    assert not CheckIn.objects.exists()
    assert client.post(before(coming), BASELINE | {"key": key}).status_code == 302
    assert Score.objects.exists()
    assert client.get(f"{before(coming)}?key=x{key}").status_code == 404


def test_once_the_session_has_begun_it_is_over(ana: Practitioner) -> None:
    appointment = booked_now(ana)
    begin(as_practitioner(ana), appointment)
    assert signed_in().get(before(appointment)).status_code == 302
    assert signed_in().post(before(appointment), BASELINE).status_code == 422
    assert not Score.objects.exists()


def test_the_practitioner_reads_it_before_the_visit(ana: Practitioner, coming: Appointment) -> None:
    signed_in().post(before(coming), BASELINE | {"changed": "A fall on Monday."})
    page = words(as_practitioner(ana), reverse("desk:visit", args=[coming.public_id]))
    assert "turning my head in the car" in page
    assert "A fall on Monday." in page


def test_the_database_keeps_scores_within_their_scale(ana: Practitioner, coming: Appointment) -> None:
    signed_in().post(before(coming), BASELINE)
    for value in (11, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Score.objects.filter(instrument="nprs").update(value=value)


# The letter that asks


def test_everybody_whose_visit_is_near_is_asked_once(coming: Appointment) -> None:
    before_ = Message.objects.count()
    assert actions.ask_before_visits(timezone.now()) == 1
    assert actions.ask_before_visits(timezone.now()) == 0
    letter = Message.objects.order_by("-id")[0]
    assert Message.objects.count() == before_ + 1
    assert letter.subject == "Appointment with Ana Ruiz"
    assert before(coming) in letter.text
    for word in ("pain", "neck", "health"):
        assert word not in letter.text.lower()


def test_who_moved_is_asked_again(coming: Appointment) -> None:
    assert actions.ask_before_visits(timezone.now()) == 1
    brought_to(coming, timezone.now() + timedelta(days=9))
    assert actions.ask_before_visits(timezone.now()) == 0
    assert actions.ask_before_visits(timezone.now() + timedelta(days=8)) == 1
    assert actions.ask_before_visits(timezone.now() + timedelta(days=8)) == 0


def test_who_told_of_themselves_is_not_asked(coming: Appointment) -> None:
    signed_in().post(before(coming), BASELINE)
    assert actions.ask_before_visits(timezone.now()) == 0


def test_nobody_is_asked_too_early_or_for_a_cancelled_visit(ana: Practitioner, coming: Appointment) -> None:
    brought_to(coming, timezone.now() + timedelta(days=3))
    visit(ana)  # tomorrow, who told all already: nothing was asked yet
    Appointment.objects.exclude(pk=coming.pk).update(status="cancelled", ended_by_practice=True)
    assert actions.ask_before_visits(timezone.now()) == 0


# At home


def test_home_care_is_chosen_and_done(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    note(client, session, sign="yes")
    give(client, session, 0, 1)
    assert given_after(session).count() == 2
    give(client, session, 1, 2)
    assert given_after(session).count() == 2

    jo, page = signed_in(), reverse("desk:appointment", args=[session.appointment.public_id])
    given = given_after(session).first()
    assert given
    assert as_read(given).text in words(jo, page).replace("&#x27;", "'")
    done = reverse("desk:home-care", args=[session.appointment.public_id])
    for _twice in range(2):
        jo.post(done, {"care": str(given.public_id), "done": "yes"})
    assert HomeCareDone.objects.count() == 1
    jo.post(done, {"care": str(given.public_id), "done": "no"})
    assert not HomeCareDone.objects.exists()


def test_how_much_and_when_to_stop_is_read_in_ones_own_language(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    note(client, session, sign="yes")
    give(client, session, 0)
    with override("es"):
        page = reverse("desk:appointment", args=[session.appointment.public_id])
    shown = words(signed_in(), page)
    assert "Presione hasta notar de 4 a 6 de 10" in shown
    assert "Suelte cuando el punto ceda" in shown
    assert "Let go when" not in shown


def everything(client: Client, session: Session) -> None:
    """Give all that is offered."""
    give(client, session, *range(len(offered(client, session))))


def offered(client: Client, session: Session) -> list[str]:
    form = client.get(url("home-care", session)).context["form"]
    return [key for key, _text in form.fields["chosen"].choices]


def test_what_was_given_in_english_is_still_given_once_saved_in_spanish(ana: Practitioner) -> None:
    client, session = opened(ana)
    everything(client, session)
    given = set(given_after(session))
    with override("es"):
        page = url("home-care", session)
        chosen = client.get(page).context["form"].initial["chosen"]
        client.post(page, {"chosen": chosen})
    assert len(given) > len({one.kind for one in given}) > 3
    assert set(given_after(session)) == given
    assert HomeCare.objects.count() == len(given)


def test_of_home_care_only_what_was_written_is_kept_as_text(ana: Practitioner) -> None:
    client, session = opened(ana)
    everything(client, session)
    assert {(one.text, one.dose, one.stop_rule) for one in given_after(session)} == {("", "", "")}
    HomeCare.objects.filter(kind="heat").update(text="A cherry stone pillow.", dose="As you like.")
    everything(client, session)
    heat = given_after(session).get(kind="heat")
    with override("es"):
        told = as_read(heat)
        assert (told.text, told.dose) == ("A cherry stone pillow.", "As you like.")
        assert told.stop_rule == load().planning_es.at_home["heat_therapy"].stop


def test_how_something_is_done_that_the_base_no_longer_has_is_asked(ana: Practitioner) -> None:
    client, session = opened(ana)
    give(client, session, 0)
    HomeCare.objects.update(muscle="musculus_gone")
    assert "Ask your practitioner" in words(signed_in(), clients(session.appointment))


def as_it_was_kept(session: Session, lang: str, *kinds: str, ended: bool = False) -> list[HomeCare]:
    """Home care of the day as it was kept before it had ids: in words."""
    with override(lang):
        day = today(session)
    assert day
    return [
        HomeCare.objects.create(
            session=session, position=n, kind=one.kind, muscle=one.muscle or "", side=one.side or "",
            text=one.text, dose=one.dose or "", stop_rule=one.stop_rule or "",
            ended_at=timezone.now() if ended else None,
        )
        for n, one in enumerate(day.plan.home_care)
        if one.kind in kinds or not kinds
    ]  # fmt: skip


def migration(name: str) -> Any:
    return importlib.import_module(f"unknot.web.care.migrations.{name}")


def know_again() -> None:
    migration("0008_home_care_known_again").know_again(apps, None)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_home_care_kept_in_words_is_known_again(ana: Practitioner, lang: str) -> None:
    _client, session = opened(ana)
    as_it_was_kept(session, lang)
    own = HomeCare.objects.create(
        session=session, position=20, kind="stretch", text="Reach for the sun.", dose="Daily."
    )
    know_again()
    own.refresh_from_db()
    assert (own.text, own.dose) == ("Reach for the sun.", "Daily.")
    for other in ("en", "es"):
        with override(other):
            day = today(session)
            assert day
            kept = given_after(session).exclude(pk=own.pk)
            assert [as_read(care) for care in kept] == list(day.plan.home_care)


def test_what_was_kept_in_both_languages_becomes_one(ana: Practitioner) -> None:
    _client, session = opened(ana)
    (english,) = as_it_was_kept(session, "en", "heat", ended=True)
    (spanish,) = as_it_was_kept(session, "es", "heat")
    today_, yesterday = (timezone.now().date() - timedelta(days=n) for n in (0, 1))
    for care, on in ((english, yesterday), (english, today_), (spanish, today_)):
        HomeCareDone.objects.create(home_care=care, on=on)
    know_again()
    assert set(given_after(session)) == {spanish}
    assert set(spanish.done.values_list("on", flat=True)) == {yesterday, today_}


def test_anothers_home_care_is_hidden(ana: Practitioner) -> None:
    client, session = opened(ana)
    give(client, session, 0)
    given = HomeCare.objects.get()
    other = visit(ana)
    page = reverse("desk:home-care", args=[other.public_id])
    answer = Client().post(page, {"care": str(given.public_id), "done": "yes", "key": key_of(other)})
    assert answer.status_code == 404


def test_what_is_no_longer_given_is_kept_with_what_was_done(ana: Practitioner) -> None:
    client, session = opened(ana)
    give(client, session, 0, 1)
    given = given_after(session)[0]
    actions.do_home_care(given, timezone.now().date(), done=True, by=None)
    client.post(url("home-care", session), {})
    assert not given_after(session).exists()
    assert HomeCare.objects.count() == 2
    assert as_read(given).text not in words(signed_in(), clients(session.appointment)).replace("&#x27;", "'")
    assert not client.get(url("home-care", session)).context["form"].initial["chosen"]
    give(client, session, 0)
    assert given_after(session).get().done.count() == 1


def test_what_is_offered_no_longer_is_refused_in_words(ana: Practitioner) -> None:
    client, session = opened(ana)
    answer = client.post(url("home-care", session), {"chosen": ["0"]})
    assert answer.status_code == 422
    assert "has changed since this page was opened" in answer.content.decode()
    assert not HomeCare.objects.exists()


@pytest.mark.parametrize(
    ("kind", "dose", "seconds"),
    [
        ("stretch", "30 seconds, 2 to 4 times, once or twice a day.", 30),
        ("stretch", "45 segundos, dos veces", 45),
        ("strengthen", "Hold 10 to 30 seconds.", 30),
        ("stretch", "Often.", 0),
        ("self_hold", "At 3 to 5 of 10.", 0),
        ("heat", "10 to 20 minutes", 0),
    ],
)
def test_the_timer_runs_as_long_as_the_dose_says(
    ana: Practitioner, kind: str, dose: str, seconds: int
) -> None:
    _client, session = opened(ana)
    HomeCare.objects.create(session=session, position=0, kind=kind, text="Do it.", dose=dose)
    page = signed_in().get(clients(session.appointment)).content.decode()
    assert (f'data-seconds="{seconds}"' in page) == bool(seconds)
    assert ("<hold-timer" in page) == bool(seconds)


def test_what_is_done_at_home_shows_its_steps_sources_and_a_timer(ana: Practitioner) -> None:
    client, session = opened(ana)
    everything(client, session)
    HomeCare.objects.create(session=session, position=20, kind="heat", text="A cherry stone pillow. Warm it.")
    page = signed_in().get(clients(session.appointment)).content.decode()
    hold, *_rest = page.split('<article class="home-care')[1:]
    assert hold.count("<li>") == load().muscles[given_after(session)[0].muscle].self_care.count(". ") + 1 > 1
    assert 'href="#source-1"' in hold
    assert 'id="source-1"' in page
    assert page.index("<details class") < page.index('id="source-1"')
    assert 'data-seconds="30"' in hold
    own = page[page.index("A cherry stone pillow. Warm it.") :].partition("</article>")[0]
    assert "source-" not in own


# Over the sessions


@pytest.fixture
def fourth(ana: Practitioner) -> Appointment:
    return after_three_sessions(ana)


def test_the_visit_shows_numbers_with_their_scale_and_good_news_calmly(
    ana: Practitioner, fourth: Appointment
) -> None:
    answer = as_practitioner(ana).get(reverse("desk:visit", args=[fourth.public_id]))
    page = answer.content.decode()
    assert '<dt class="breaks">Global rating of change</dt>' in page
    assert "very much better: 4 on the scale from -5 to 5" in page
    assert '<dt class="breaks">Average pain of the last week</dt><dd class="breaks">3 of 10</dd>' in page
    assert "8 of 10, where 10 is as before" in page
    assert answer.context["is_calm"]
    calm = '<div class="note"><svg aria-hidden="true"><use href="#icon-info"/></svg><p><strong>Look back'
    assert calm in page


def test_worse_news_is_a_caution(ana: Practitioner, fourth: Appointment) -> None:
    Score.objects.filter(appointment=fourth, instrument="nprs").update(value=10)
    Score.objects.filter(appointment=fourth, instrument="psfs").update(value=0)
    Score.objects.filter(appointment=fourth, instrument="groc").update(value=-4)
    answer = as_practitioner(ana).get(reverse("desk:visit", args=[fourth.public_id]))
    assert not answer.context["is_calm"]
    assert '<div class="note note--caution">' in answer.content.decode()


def test_the_rules_say_how_it_goes(fourth: Appointment) -> None:
    course = course_of(fourth)
    assert course
    shown = progress(course)
    assert shown
    assert shown.report.re_evaluation.sessions == 3
    assert shown.report.re_evaluation.answer in ("go_on", "space_out")
    (name, picture), *_rest = shown.plots
    assert "average pain" in name
    assert all(f">{value}<" in picture for value in (7, 6, 5, 3))
    assert "plot-band" in picture
    assert "clearly worse" in picture


def drawn_beyond(*values: float, worse_line: float, direction: str = "lower") -> str:
    points = tuple(Point(sessions=n, day=7 * n, value=value, verdict=None) for n, value in enumerate(values))
    series = Series(
        measure="nprs", direction=direction, range=(0, 10), baseline=values[0], band=None, line=None,
        worse_line=worse_line, points=points,
    )  # fmt: skip
    (text,) = re.findall(r'<text class="plot-beyond.*?</text>', plot("Pain", series))
    return str(text)


def test_the_words_of_a_line_keep_clear_of_the_numbers() -> None:
    assert "plot-beyond--end" in drawn_beyond(4, 5, 7, 7, worse_line=6)
    assert "plot-beyond--end" not in drawn_beyond(4, 4, 4, 5, worse_line=6)


def test_the_words_of_a_line_on_the_scales_end_stand_inside() -> None:
    """Below it are the numbers of the sessions."""
    at_end, above = (drawn_beyond(3, 3, worse_line=at, direction="higher") for at in (0, 2))
    heights = [float(re.findall(r' y="([\d.]+)"', text)[0]) for text in (at_end, above)]
    bottom = HIGH - FOOT
    assert heights == [bottom - 6, bottom - 2 * (bottom - HEAD) / 10 + 16]


def test_what_fell_out_or_was_told_too_early_does_not_count(ana: Practitioner, fourth: Appointment) -> None:
    course = course_of(fourth)
    assert course

    def counted() -> list[int]:
        return [visit.sessions for visit in ratings_of(course, load()).visits]

    assert counted() == [0, 1, 2, 3]
    CheckIn.objects.filter(appointment=fourth).update(told_at=fourth.starts_at - timedelta(days=8))
    assert counted() == [0, 1, 2]
    third = course.sessions.get(position=3).appointment
    Appointment.objects.filter(pk=third.pk).update(status="cancelled", ended_by_practice=True)
    assert counted() == [0, 1]


def test_the_practitioner_decides_and_the_client_reads_it(ana: Practitioner, fourth: Appointment) -> None:
    client = as_practitioner(ana)
    session = begin(client, fourth)
    assert "better" in words(client, url("look-back", session))
    client.post(url("look-back", session), {"decided": "space_out", "words": "Every second week from now."})
    client.post(url("look-back", session), {"decided": "go_on", "words": "We go on as before."})
    kept = Reevaluation.objects.get()
    assert kept.decided_at > session.begun_at
    assert list(
        apps.get_model("care", "ReevaluationEvent")
        .objects.order_by("pgh_id")
        .values_list("decided", flat=True)
    ) == ["space_out", "go_on"]
    assert (kept.decided, kept.proposed) == ("go_on", progress(session.course).report.re_evaluation.answer)  # type: ignore[union-attr]
    page = words(signed_in(), reverse("desk:course", args=[fourth.public_id]))
    assert "We go on as before." in page
    assert "average pain of the last week" in page.lower()


@pytest.mark.parametrize("kept", ["", "written by the product"])
def test_the_usual_words_are_read_in_ones_own_language(
    ana: Practitioner, fourth: Appointment, kept: str
) -> None:
    client = as_practitioner(ana)
    session = begin(client, fourth)
    client.post(url("look-back", session), {"decided": "space_out", "words": ""})
    usual = {lang: Outcomes(load(), lang).answer_for_client(Answer.SPACE_OUT, ()) for lang in ("en", "es")}
    if kept:
        Reevaluation.objects.update(words=usual["en"])
        migration("0009_usual_words_in_ones_language").forget_usual_words(apps, None)
    for lang in ("en", "es"):
        with override(lang):
            pages = [reverse(f"desk:{name}", args=[fourth.public_id]) for name in ("course", "appointment")]
        for page in pages:
            assert usual[lang] in words(signed_in(), page)


def test_the_course_asks_to_sign_in_and_is_written_down(fourth: Appointment) -> None:
    page = reverse("desk:course", args=[fourth.public_id])
    client, key = Client(), key_of(fourth)
    assert client.get(f"{page}?key={key}")["Location"] == f"{reverse('account_login')}?next={page}"
    stranger = Client()
    stranger.force_login(user("stranger@example.org"))
    assert stranger.get(f"{page}?key={key}").status_code == 404
    assert signed_in().get(page).status_code == 200
    course = course_of(fourth)
    assert course
    lines = Entry.objects.filter(what="care.course", ids=[course.public_id], did__in=(Did.READ, Did.REFUSED))
    assert list(lines.order_by("id").values_list("did", flat=True)) == [Did.REFUSED, Did.READ]


def asked_by(client: Client, page: str) -> int:
    """How often the database is asked for a page; from the second time on, since some is asked once only."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_longer_course_asks_the_database_no_more_often(ana: Practitioner, fourth: Appointment) -> None:
    jo, page = signed_in(), reverse("desk:course", args=[fourth.public_id])
    of_three = asked_by(jo, page)
    was_treated(begin(as_practitioner(ana), fourth))
    assert asked_by(jo, page) <= of_three + 1  # which number this visit's own session has


def test_a_fuller_day_asks_the_database_no_more_often(ana: Practitioner, fourth: Appointment) -> None:
    client = as_practitioner(ana)
    was_treated(begin(client, fourth))
    of_one = asked_by(client, reverse("desk:day"))
    course = course_of(fourth)
    assert course
    for hours, position in enumerate((2, 3), start=1):
        earlier = course.sessions.get(position=position).appointment
        brought_to(earlier, fourth.starts_at - timedelta(minutes=hours))
    assert asked_by(client, reverse("desk:day")) == of_one


def test_without_ratings_nothing_is_said(ana: Practitioner) -> None:
    client = as_practitioner(ana)
    session = begin(client, booked_now(ana))
    assert "Nothing was rated yet" in words(client, url("look-back", session))
    assert progress(session.course) is None


# Stopped


def stopped(client: Client, session: Session, *, after: bool = False) -> Session:
    """Fever comes up at the check; ``after`` something was pressed already."""
    if after:
        assert checked(client, session)["Location"] == url("consent", session)
        agreed(client, session)
        pressed(client, session)
    checked(client, session, "symptoms.fever")
    client.post(url("stop", session))
    session.refresh_from_db()
    assert session.stopped
    return session


def second_of(first: Session, ana: Practitioner) -> Session:
    again = booked_now(ana, nth=5, for_whom=str(first.course.person.public_id))
    return begin(as_practitioner(ana), again)


def clients(appointment: Appointment) -> str:
    return reverse("desk:appointment", args=[appointment.public_id])


def test_once_a_visit_was_stopped_home_care_waits(ana: Practitioner) -> None:
    client, session = opened(ana)
    pressed(client, session)
    give(client, session, 0, 1)
    second = second_of(session, ana)
    stopped(client, second)
    for visited in (session, second):
        page = words(signed_in(), clients(visited.appointment))
        assert "until you have been seen again" in page
        assert "Done today" not in page


@pytest.mark.parametrize("after", [False, True])
def test_what_was_treated_before_a_stop_is_told_and_owed(ana: Practitioner, *, after: bool) -> None:
    client = as_practitioner(ana)
    session = stopped(client, begin(client, booked_now(ana)), after=after)
    assert session.was_treated == after
    page = words(signed_in(), clients(session.appointment))
    assert ("Nothing was treated" in page) != after
    assert ("of steady pressure" in page) == after
    assert ("Nothing was treated" in words(client, url("close", session))) != after
    payment = client.get(reverse("desk:pay", args=[session.appointment.public_id])).context
    assert payment["form"].initial["amount"] == ("80.00" if after else None)
    assert payment["owed"] == (8000 if after else 0)


@pytest.mark.parametrize("after", [False, True])
def test_only_what_was_treated_counts_as_a_session(ana: Practitioner, *, after: bool) -> None:
    client = as_practitioner(ana)
    first = stopped(client, begin(client, booked_now(ana)), after=after)
    second = second_of(first, ana)
    day = today(second)
    assert day
    page = signed_in().get(reverse("desk:course", args=[second.appointment.public_id])).content.decode()
    assert ('class="uncounted"' in page) != after
    assert f'<li value="{2 if after else 1}">' in page
    assert (second.position, second.number, day.number) == (2, *(2 if after else 1,) * 2)
    coming = brought_to(
        booked_now(ana, nth=9, for_whom=str(first.course.person.public_id)),
        timezone.now() + timedelta(hours=20),
    )
    form = signed_in().get(before(coming)).context["form"]
    assert ("change" in form.fields) == after
    assert second.treated_before() == int(after)
