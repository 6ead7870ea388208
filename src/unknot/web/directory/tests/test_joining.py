"""A practitioner joins, and the profile says what is missing until nothing is."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.errors import InputError
from unknot.scheduling import TimeRange
from unknot.web.accounts.models import Membership, User
from unknot.web.audit.models import Entry
from unknot.web.booking import actions as booking
from unknot.web.directory import actions, queries
from unknot.web.directory.checklist import Progress, can_go_live, checklist
from unknot.web.directory.jurisdictions import asks_for_licence, regulator
from unknot.web.directory.models import (
    Credential,
    CredentialKind,
    CredentialState,
    Kind,
    Mode,
    Offer,
    Place,
    Practitioner,
    Service,
)
from unknot.web.directory.tests.people import (
    administrator,
    complete,
    credential,
    place,
    practitioner,
    service,
    user,
    verified,
    with_factor,
)
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
JOINING = {
    "name": "  Ana   Ruiz ",
    "kind": "massage_therapist",
    "jurisdiction": "US-NY",
    "zone": "America/New_York",
}


@pytest.fixture
def ana() -> Practitioner:
    return practitioner()


@pytest.fixture
def as_ana(ana: Practitioner, client: Client) -> Client:
    client.force_login(ana.user)
    return client


def test_who_is_not_signed_in_reads_what_it_takes(client: Client) -> None:
    page = client.get(reverse("directory:join")).content.decode()
    assert "Share your expertise" in page
    assert f"{reverse('account_signup')}?next={reverse('directory:join')}" in page


def test_four_answers_make_a_profile_with_the_free_call(client: Client) -> None:
    client.force_login(with_factor(user("ana@example.org")))
    told = client.post(reverse("directory:join"), JOINING)
    assert told.headers["Location"] == reverse("directory:home")
    made = Practitioner.objects.get()
    assert (made.name, made.practice.name) == ("Ana Ruiz", "Ana Ruiz")
    assert Membership.objects.get().user == made.user
    offered = Service.objects.get()
    assert (offered.offer, offered.mode, offered.minutes, offered.price_minor) == (
        "discovery",
        "video",
        15,
        0,
    )
    assert client.get(reverse("directory:home")).status_code == 200


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", " "),
        ("name", "x" * 10_000),
        ("kind", "wizard"),
        ("jurisdiction", "US-XX"),
        ("zone", "Mars/Olympus"),
        ("zone", ""),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(client: Client, field: str, wrong: str) -> None:
    client.force_login(user("ana@example.org"))
    answer = client.post(reverse("directory:join"), JOINING | {field: wrong})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert "America/New_York" in answer.content.decode()
    assert not Practitioner.objects.exists()


def test_a_name_is_one_line(client: Client) -> None:
    client.force_login(user("ana@example.org"))
    client.post(reverse("directory:join"), JOINING | {"name": "Ana\r\nBcc: all@example.org"})
    assert Practitioner.objects.get().name == "Ana Bcc: all@example.org"


def test_what_can_be_removed_offers_it_and_a_profile_does_not(as_ana: Client, ana: Practitioner) -> None:
    there = place(ana)
    assert "Remove it" in as_ana.get(reverse("directory:place", args=[there.public_id])).content.decode()
    assert "Remove it" not in as_ana.get(reverse("directory:profile")).content.decode()


def test_pressed_twice_it_is_one_profile(client: Client) -> None:
    client.force_login(user("ana@example.org"))
    for _ in range(2):
        assert client.post(reverse("directory:join"), JOINING).status_code == 302
    assert Practitioner.objects.count() == 1


def test_without_a_second_factor_one_is_sent_to_set_it_up(client: Client) -> None:
    made = user("ana@example.org")
    actions.join(
        made, actions.Introduction(name="Ana", kind=Kind.CHIROPRACTOR, jurisdiction="US-NY", zone="UTC")
    )
    client.force_login(made)
    for page in ("home", "profile", "credential-add"):
        told = client.get(reverse(f"directory:{page}"))
        assert told.headers["Location"] == reverse("accounts:second-factor")


# What is missing


def progress(of: Practitioner, key: str, on: date = TODAY) -> Progress:
    return {item.key: item.progress for item in checklist(of, on)}[key]


def test_at_first_all_is_missing(ana: Practitioner) -> None:
    found = checklist(ana, TODAY)
    assert [item.key for item in found] == ["about", "link", "services", "credentials", "hours"]
    assert {item.progress for item in found} == {Progress.MISSING}
    assert not can_go_live(ana, TODAY)


def test_a_session_in_person_needs_a_place(ana: Practitioner) -> None:
    service(ana, mode=Mode.IN_PERSON)
    assert progress(ana, "place") is Progress.MISSING
    place(ana)
    assert progress(ana, "place") is Progress.DONE


def test_a_licence_waits_until_it_is_verified_and_ends_after_its_last_day(ana: Practitioner) -> None:
    given = credential(ana, expires_on=TODAY)
    assert progress(ana, "credentials") is Progress.WAITING
    verified(given, administrator())
    assert progress(ana, "credentials") is Progress.DONE
    assert progress(ana, "credentials", TODAY + timedelta(days=1)) is Progress.MISSING


def test_the_last_day_ends_by_the_practitioners_clock(ana: Practitioner) -> None:
    late = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # still the 25th in New York
    assert queries.local_date(ana, late) == date(2026, 11, 25)


def test_another_places_licence_does_not_count(ana: Practitioner) -> None:
    verified(credential(ana, issuer="US-NJ"), administrator())
    assert progress(ana, "credentials") is Progress.MISSING


def test_each_place_of_work_asks_for_its_own(ana: Practitioner) -> None:
    admin = administrator()
    verified(credential(ana), admin)
    place(ana, jurisdiction="US-NJ")
    assert progress(ana, "credentials") is Progress.MISSING
    verified(credential(ana, issuer="US-NJ", number="18KT00123456"), admin)
    assert progress(ana, "credentials") is Progress.DONE


def test_where_nobody_is_licensed_certificate_and_insurance_stand_for_it(ana: Practitioner) -> None:
    ana.jurisdiction = "US-KS"
    admin = administrator()
    (standing,) = queries.standings(ana, TODAY)
    assert not standing.asks_for_licence
    verified(credential(ana, CredentialKind.CERTIFICATE, issuer="NCBTMB", expires_on=None), admin)
    assert progress(ana, "credentials") is Progress.MISSING
    verified(credential(ana, CredentialKind.INSURANCE, issuer="AMTA"), admin)
    assert progress(ana, "credentials") is Progress.DONE


@pytest.mark.parametrize(
    ("kind", "jurisdiction", "asked"),
    [
        (Kind.MASSAGE_THERAPIST, "US-NY", True),
        (Kind.MASSAGE_THERAPIST, "US-VT", True),  # registers
        (Kind.MASSAGE_THERAPIST, "US-CA", False),
        (Kind.MASSAGE_THERAPIST, "US-WY", False),
        (Kind.MASSAGE_THERAPIST, "CA-ON", True),
        (Kind.MASSAGE_THERAPIST, "CA-other", False),
        (Kind.MASSAGE_THERAPIST, "GB", False),
        (Kind.MASSAGE_THERAPIST, "DE", True),
        (Kind.PHYSICAL_THERAPIST, "US-KS", True),
        (Kind.CHIROPRACTOR, "GB", True),
        (Kind.ATHLETIC_TRAINER, "US-CA", False),
        (Kind.ATHLETIC_TRAINER, "US-NY", True),
    ],
)
def test_who_needs_a_licence_where(kind: str, jurisdiction: str, *, asked: bool) -> None:
    assert asks_for_licence(kind, jurisdiction) is asked


def test_a_complete_profile_goes_live_and_pauses(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:live"))
    ana.refresh_from_db()
    assert ana.went_live_at is None
    complete(ana, administrator())
    booking.set_week(ana, {0: [TimeRange(540, 720)]}, by=ana.user)
    as_ana.post(reverse("directory:live"))
    ana.refresh_from_db()
    assert ana.went_live_at
    as_ana.post(reverse("directory:live"))
    ana.refresh_from_db()
    assert ana.went_live_at is None


def test_going_live_is_refused_by_the_action_itself(ana: Practitioner) -> None:
    with pytest.raises(actions.NotReady):
        actions.go_live(ana, by=ana.user, now=timezone.now())


# What one fills in

CREDENTIAL = {
    "kind": "licence",
    "jurisdiction": "US-NY",
    "issuer": "",
    "number": "027-1",
    "expires_on": "2027-01-31",
}
SERVICE = {"offer": "single", "mode": "video", "minutes": "60", "price": "95.50", "currency": "USD"}
PLACE = {
    "street": "1 Main Street",
    "city": "Albany",
    "postcode": "12207",
    "jurisdiction": "US-NY",
    "name": "",
}


@pytest.mark.parametrize("number", ["027-1", "MA 12345", "PT.0012/4", "Ñ123", "#7"])
def test_numbers_look_different(as_ana: Client, ana: Practitioner, number: str) -> None:
    as_ana.post(reverse("directory:credential-add"), CREDENTIAL | {"number": number})
    assert ana.credentials.get().number == number


@pytest.mark.parametrize(
    ("where", "hint"),
    [
        ({"city": "Nowherezz", "postcode": "", "jurisdiction": "US-AL"}, "postcode (ZIP)"),
        ({"city": "Nowherezz", "postcode": "12207", "jurisdiction": "US-AL"}, "postcode (ZIP)"),
        ({"city": "Nowherezz", "postcode": "W1U 2QD", "jurisdiction": "GB"}, "nearest larger town"),
    ],
    ids=str,
)
def test_a_place_that_nobody_would_find_is_told(
    as_ana: Client, ana: Practitioner, where: dict[str, str], hint: str
) -> None:
    answer = as_ana.post(reverse("directory:place-add"), PLACE | where)
    assert answer.status_code == 422
    assert hint in answer.content.decode()
    assert not ana.places.exists()


def test_a_village_is_found_by_its_postcode(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:place-add"), PLACE | {"city": "Nowherezz"})
    assert ana.places.get().city == "Nowherezz"


def test_what_is_missing_links_to_where_it_is_given(as_ana: Client) -> None:
    shown = as_ana.get(reverse("directory:home")).content.decode()
    for page in ("directory:profile", "directory:service-add", "directory:credential-add", "booking:week"):
        assert f'<a href="{reverse(page)}">' in shown


def test_states_are_named_in_the_language_of_the_page(as_ana: Client) -> None:
    shown = as_ana.get("/es" + reverse("directory:place-add")).content.decode()
    assert "Nueva York (US)" in shown
    assert "Reino Unido" in shown


def test_a_licence_is_given(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:credential-add"), CREDENTIAL)
    given = ana.credentials.get()
    assert (given.kind, given.issuer, given.number) == ("licence", "US-NY", "027-1")
    assert (given.expires_on, given.state) == (date(2027, 1, 31), "waiting")


def test_a_certificate_needs_no_last_day(as_ana: Client, ana: Practitioner) -> None:
    told = CREDENTIAL | {"kind": "certificate", "issuer": "NCBTMB", "expires_on": ""}
    as_ana.post(reverse("directory:credential-add"), told)
    given = ana.credentials.get()
    assert (given.issuer, given.expires_on) == ("NCBTMB", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "9" * 41},
        {"number": "!!!"},
        {"number": "pending"},
        {"expires_on": "2020-01-01"},
        {"jurisdiction": ""},
        {"jurisdiction": "US-XX"},
        {"expires_on": ""},
        {"expires_on": "31.1.2027"},
        {"kind": "diploma"},
        {"kind": "certificate"},
        {"kind": "insurance", "issuer": "AMTA", "expires_on": ""},
    ],
    ids=str,
)
def test_a_credential_that_is_wrong_is_told_and_kept(
    as_ana: Client, ana: Practitioner, wrong: dict[str, str]
) -> None:
    answer = as_ana.post(reverse("directory:credential-add"), CREDENTIAL | wrong)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not ana.credentials.exists()


def test_a_credential_given_twice_is_told(as_ana: Client, ana: Practitioner) -> None:
    for status in (302, 422):
        answer = as_ana.post(reverse("directory:credential-add"), CREDENTIAL)
        assert answer.status_code == status
    assert "You have given this one already." in answer.content.decode()
    assert ana.credentials.count() == 1


def test_what_is_changed_is_checked_anew(as_ana: Client, ana: Practitioner) -> None:
    given = verified(credential(ana), administrator())
    page = as_ana.get(reverse("directory:credential", args=[given.public_id])).content.decode()
    assert "027-123456" in page
    as_ana.post(reverse("directory:credential", args=[given.public_id]), CREDENTIAL)
    given.refresh_from_db()
    assert (given.number, given.state, given.decided_by, given.evidence) == ("027-1", "waiting", None, "")


def test_a_price_is_kept_in_minor_units(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:service-add"), SERVICE)
    made = ana.services.get(offer=Offer.SINGLE)
    assert (made.price_minor, made.currency, made.minutes) == (9550, "USD", 60)
    page = as_ana.get(reverse("directory:service", args=[made.public_id])).content.decode()
    assert 'value="95.5' in page
    assert "95.50 USD" in as_ana.get(reverse("directory:home")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "0"},
        {"price": "-5"},
        {"price": ""},
        {"price": "95.555"},
        {"price": "100000"},
        {"price": "NaN"},
        {"minutes": "61"},
        {"currency": "XXX"},
        {"offer": "discovery"},
        {"mode": "by mail"},
    ],
    ids=str,
)
def test_a_service_that_is_wrong_is_told(as_ana: Client, ana: Practitioner, wrong: dict[str, str]) -> None:
    answer = as_ana.post(reverse("directory:service-add"), SERVICE | wrong)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert ana.services.count() == 1


def test_a_service_offered_twice_is_told(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:service-add"), SERVICE)
    answer = as_ana.post(reverse("directory:service-add"), SERVICE | {"price": "70"})
    assert answer.status_code == 422
    assert "You offer this already" in answer.content.decode()


def test_all_prices_are_in_one_currency(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:service-add"), SERVICE)
    other = SERVICE | {"minutes": "90", "price": "123.45", "currency": "EUR"}
    answer = as_ana.post(reverse("directory:service-add"), other)
    assert answer.status_code == 422
    assert "Your other sessions are paid in another currency." in answer.content.decode()
    assert 'value="123.45"' in answer.content.decode()
    assert ana.services.count() == 2
    made = ana.services.get(offer=Offer.SINGLE)
    as_ana.post(reverse("directory:service", args=[made.public_id]), SERVICE | {"currency": "EUR"})
    assert as_ana.post(reverse("directory:service-add"), other).status_code == 302
    assert set(ana.services.exclude(offer="discovery").values_list("currency", flat=True)) == {"EUR"}


def test_a_new_session_is_offered_in_the_currency_of_the_others(as_ana: Client, ana: Practitioner) -> None:
    def offered() -> object:
        return as_ana.get(reverse("directory:service-add")).context["form"]["currency"].value()

    assert offered() == "USD"
    service(ana, currency="EUR")
    assert offered() == "EUR"


def test_the_database_keeps_one_currency_and_changes_it_at_once(ana: Practitioner) -> None:
    service(ana)
    service(ana, minutes=90)
    sessions = ana.services.exclude(offer="discovery")
    with pytest.raises(IntegrityError, match="one currency"), transaction.atomic():
        sessions.filter(minutes=90).update(currency="EUR")
    assert sessions.update(currency="EUR") == 2


def test_a_database_with_several_is_not_migrated_and_says_whose(ana: Practitioner) -> None:
    refuse_several = import_module("unknot.web.directory.migrations.0005_one_currency").refuse_several
    service(ana)
    service(ana, minutes=90)
    with pgtrigger.ignore("directory.Service:one_currency"):
        ana.services.filter(minutes=90).update(currency="EUR")
    with pytest.raises(InputError, match=r"Ana Ruiz \(ana@example\.org\): EUR, USD\."):
        refuse_several(apps, None)
    ana.services.filter(minutes=90).delete()
    refuse_several(apps, None)


def test_what_is_none_of_the_choices_is_shown_as_it_is() -> None:
    assert str(Credential(number="7")) == " 7"
    assert str(Service(minutes=60)) == ", 60 min"
    assert Service(mode="by mail").get_mode_display() == "by mail"
    assert Service(mode="video").get_mode_display() == "By video"


def test_the_discovery_call_can_be_neither_changed_nor_removed(as_ana: Client, ana: Practitioner) -> None:
    free = ana.services.get()
    for answer in (
        as_ana.get(reverse("directory:service", args=[free.public_id])),
        as_ana.post(reverse("directory:service", args=[free.public_id]), SERVICE),
        as_ana.post(reverse("directory:service-remove", args=[free.public_id])),
    ):
        assert answer.status_code == 404
    assert ana.services.get() == free


def test_nothing_but_the_discovery_call_is_free(ana: Practitioner) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        service(ana, price_minor=0)


def test_a_place_is_added_changed_and_removed(as_ana: Client, ana: Practitioner) -> None:
    as_ana.post(reverse("directory:place-add"), PLACE)
    made = ana.places.get()
    as_ana.post(reverse("directory:place", args=[made.public_id]), PLACE | {"city": "Troy"})
    made.refresh_from_db()
    assert made.city == "Troy"
    assert as_ana.post(reverse("directory:place-add"), PLACE | {"street": ""}).status_code == 422
    as_ana.post(reverse("directory:place-remove", args=[made.public_id]))
    assert not Place.objects.exists()


@pytest.fixture
def as_live_ana(as_ana: Client, ana: Practitioner) -> Client:
    """Of a profile that is live, with a session in person and one by video."""
    complete(ana, administrator())
    service(ana, mode=Mode.IN_PERSON)
    place(ana)
    booking.set_week(ana, {0: [TimeRange(540, 1020)]}, by=ana.user)
    actions.go_live(ana, by=ana.user, now=timezone.now())
    return as_ana


def test_a_live_profile_keeps_its_last_place_while_there_are_sessions_in_person(
    as_live_ana: Client, ana: Practitioner
) -> None:
    press = reverse("directory:place-remove", args=[ana.places.get().public_id])
    refused = as_live_ana.post(press)
    assert refused.status_code == 409
    assert "this would be missing: A place, for sessions in person." in refused.content.decode()
    assert ana.places.exists()

    in_person = ana.services.get(mode=Mode.IN_PERSON)
    as_live_ana.post(reverse("directory:service-remove", args=[in_person.public_id]))
    assert as_live_ana.post(press).status_code == 302
    again = as_live_ana.post(reverse("directory:service-add"), SERVICE | {"mode": "in_person"})
    assert again.status_code == 422
    assert "this would be missing: A place" in again.content.decode()
    assert not ana.services.filter(mode=Mode.IN_PERSON).exists()


def test_a_live_profile_keeps_a_session(as_live_ana: Client, ana: Practitioner) -> None:
    one, last = ana.services.exclude(offer=Offer.DISCOVERY)
    assert as_live_ana.post(reverse("directory:service-remove", args=[one.public_id])).status_code == 302
    assert as_live_ana.post(reverse("directory:service-remove", args=[last.public_id])).status_code == 409
    assert ana.services.filter(pk=last.pk).exists()


def test_a_live_profile_keeps_its_link_and_the_form_what_was_typed(
    as_live_ana: Client, ana: Practitioner
) -> None:
    told = {"name": "Ana R.", "zone": ana.zone, "about": "Something new.", "meeting_link": ""}
    refused = as_live_ana.post(reverse("directory:profile"), told)
    assert refused.status_code == 422
    assert "this would be missing: A link to your video room" in refused.content.decode()
    assert "Something new." in refused.content.decode()
    ana.refresh_from_db()
    assert ana.meeting_link

    as_live_ana.post(reverse("directory:live"))
    assert as_live_ana.post(reverse("directory:profile"), told).status_code == 302
    ana.refresh_from_db()
    assert not ana.meeting_link


def test_a_phone_is_kept_as_the_world_dials_it(as_ana: Client, ana: Practitioner) -> None:
    told = {"name": "Ana", "zone": "America/New_York", "phone": "212 555 0142"}
    as_ana.post(reverse("directory:profile"), told)
    ana.refresh_from_db()
    assert ana.phone == "+12125550142"
    assert "+1 212-555-0142" in as_ana.get(reverse("directory:home")).content.decode()
    answer = as_ana.post(reverse("directory:profile"), told | {"phone": "ring twice"})
    assert answer.status_code == 422
    assert "ring twice" in answer.content.decode()


@pytest.mark.parametrize("typed", ["212-555-0142 ext. 45", "+1 212 555 0142 x45", "(212) 555-0142 #45"])
def test_an_extension_is_not_dropped_without_a_word(as_ana: Client, ana: Practitioner, typed: str) -> None:
    told = {"name": "Ana", "zone": "America/New_York", "about": "I work slowly.", "phone": typed}
    answer = as_ana.post(reverse("directory:profile"), told)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "An extension can't be kept" in page
    assert typed in page
    assert told["about"] in page
    ana.refresh_from_db()
    assert ana.phone == ""


@pytest.mark.parametrize("link", ["http://meet.example.org", "javascript:alert(1)", "meet"])
def test_a_meeting_link_is_safe(as_ana: Client, ana: Practitioner, link: str) -> None:
    told = {"name": "Ana", "zone": "America/New_York", "about": "I work slowly.", "meeting_link": link}
    assert as_ana.post(reverse("directory:profile"), told).status_code == 422
    told["meeting_link"] = "https://meet.example.org/ana"
    assert as_ana.post(reverse("directory:profile"), told).status_code == 302
    ana.refresh_from_db()
    assert (ana.about, ana.meeting_link) == ("I work slowly.", "https://meet.example.org/ana")


# Another's things


@pytest.mark.parametrize("kind", ["place", "credential", "service"])
def test_anothers_thing_is_not_found_and_the_trail_says_who_asked(
    as_ana: Client, ana: Practitioner, kind: str
) -> None:
    bo = practitioner("bo@example.org")
    thing = {"place": place, "credential": credential, "service": service}[kind](bo)
    for answer in (
        as_ana.get(reverse(f"directory:{kind}", args=[thing.public_id])),
        as_ana.post(reverse(f"directory:{kind}", args=[thing.public_id]), {}),
        as_ana.post(reverse(f"directory:{kind}-remove", args=[thing.public_id])),
    ):
        assert answer.status_code == 404
    refused = Entry.objects.filter(did="refused", what=f"directory.{kind}", ids=[thing.public_id])
    assert {(e.actor, e.practice) for e in refused} == {(ana.user.public_id, bo.practice.public_id)}
    assert refused.count() == 3
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_every_change_leaves_a_line_in_the_trail(as_ana: Client, ana: Practitioner) -> None:
    before = Entry.objects.count()
    as_ana.post(reverse("directory:place-add"), PLACE)
    as_ana.post(reverse("directory:credential-add"), CREDENTIAL)
    as_ana.post(reverse("directory:service-add"), SERVICE)
    lines = Entry.objects.order_by("id")[before:]
    assert [(e.did, e.what) for e in lines] == [
        ("changed", "directory.place"),
        ("changed", "directory.credential"),
        ("changed", "directory.service"),
    ]
    assert {(e.actor, e.practice) for e in lines} == {(ana.user.public_id, ana.practice.public_id)}


# What an administrator does


@pytest.fixture
def as_admin() -> Client:
    client = Client()
    client.force_login(administrator())
    return client


def decision(given: Credential, **told: str) -> dict[str, str]:
    """What the page's form sends."""
    return {"given_at": given.given_at.isoformat(), **told}


def test_an_administrator_sees_what_waits_the_longest_first(as_admin: Client, ana: Practitioner) -> None:
    second = credential(ana, number="2")
    first = credential(ana, number="1")
    Credential.objects.filter(pk=first.pk).update(given_at=timezone.now() - timedelta(days=2))
    page = as_admin.get(reverse("directory:waiting")).content.decode()
    assert page.index(str(first.public_id)) < page.index(str(second.public_id))
    read = Entry.objects.filter(did="read").latest("id")
    assert read.ids == [first.public_id, second.public_id]


def test_a_credential_is_accepted_with_its_evidence_and_the_practitioner_told(
    as_admin: Client, ana: Practitioner
) -> None:
    given = credential(ana)
    page = reverse("directory:decide", args=[given.public_id])
    assert as_admin.get(page).status_code == 200
    as_admin.post(page, decision(given, evidence="op.nysed.gov: registered"))
    given.refresh_from_db()
    assert (given.state, given.evidence) == (CredentialState.VERIFIED, "op.nysed.gov: registered")
    assert given.decided_by is not None
    letter = Message.objects.get(to="ana@example.org")
    assert letter.subject == "Your credentials at Unknot"
    assert "accepted" in letter.text
    assert "Nothing waits" in as_admin.get(reverse("directory:waiting")).content.decode()


def test_who_has_all_is_told_to_go_live(as_admin: Client, ana: Practitioner) -> None:
    complete(ana, administrator("other@example.org"))
    booking.set_week(ana, {0: [TimeRange(540, 1020)]}, by=ana.user)
    ana.credentials.all().delete()
    given = credential(ana)
    as_admin.post(reverse("directory:decide", args=[given.public_id]), decision(given, evidence="Register"))
    letter = Message.objects.filter(to="ana@example.org").order_by("-id")[0]
    assert "Go live now" in letter.text
    assert letter.text.endswith(f"{reverse('directory:home')}\n")


def test_administrators_are_told_once_that_something_waits(as_admin: Client, as_ana: Client) -> None:
    as_ana.post(reverse("directory:credential-add"), CREDENTIAL)
    given = Credential.objects.get()
    page = reverse("directory:credential", args=[given.public_id])
    as_ana.post(page, CREDENTIAL | {"number": "027-2"})  # still waiting
    letter = Message.objects.get(to="administrator@example.org")
    assert reverse("directory:decide", args=[given.public_id]) in letter.text
    assert "027" not in letter.text
    given.refresh_from_db()
    as_admin.post(reverse("directory:decide", args=[given.public_id]), decision(given, reason="Another's."))
    as_ana.post(page, CREDENTIAL)
    assert Message.objects.filter(to="administrator@example.org").count() == 2


def test_what_has_run_out_is_not_accepted(as_admin: Client, ana: Practitioner) -> None:
    given = credential(ana, expires_on=date(2020, 1, 1))
    page = reverse("directory:decide", args=[given.public_id])
    assert "Its last day is over" in as_admin.get(page).content.decode()
    assert as_admin.post(page, decision(given, evidence="Register")).status_code == 422
    given.refresh_from_db()
    assert given.state == CredentialState.WAITING


def test_the_register_is_named(as_admin: Client, ana: Practitioner) -> None:
    given = credential(ana)
    shown = as_admin.get(reverse("directory:decide", args=[given.public_id])).content.decode()
    assert "Who keeps the register" in shown
    assert regulator(ana.kind, "US-NY") in html.unescape(shown)


def test_a_credential_is_refused_with_a_reason_that_the_practitioner_reads(
    as_admin: Client, as_ana: Client, ana: Practitioner
) -> None:
    given = credential(ana)
    told = decision(given, reason="The number is unknown.")
    as_admin.post(reverse("directory:decide", args=[given.public_id]), told)
    given.refresh_from_db()
    assert given.state == CredentialState.REFUSED
    for page in (reverse("directory:home"), reverse("directory:credential", args=[given.public_id])):
        assert "The number is unknown." in as_ana.get(page).content.decode()


@pytest.mark.parametrize("told", [{"evidence": ""}, {"reason": " "}, {}])
def test_no_decision_without_its_grounds(as_admin: Client, ana: Practitioner, told: dict[str, str]) -> None:
    given = credential(ana)
    page = reverse("directory:decide", args=[given.public_id])
    assert as_admin.post(page, decision(given, **told)).status_code == 422
    given.refresh_from_db()
    assert given.state == CredentialState.WAITING


def test_two_administrators_decide_once(ana: Practitioner) -> None:
    given, admin = credential(ana), administrator()
    actions.verify(given, evidence="Register", by=admin, now=timezone.now())
    with pytest.raises(actions.AlreadyDecided):
        actions.refuse(given, reason="No", by=admin, now=timezone.now())
    given.refresh_from_db()
    assert (given.state, given.reason) == (CredentialState.VERIFIED, "")


def test_the_second_of_them_sees_what_was_decided(as_admin: Client, ana: Practitioner) -> None:
    given = verified(credential(ana), User.objects.create_superuser("other@example.org"))
    page = reverse("directory:decide", args=[given.public_id])
    assert as_admin.post(page, decision(given, reason="No")).headers["Location"] == page
    assert "other@example.org" in as_admin.get(page).content.decode()


@pytest.mark.parametrize("grounds", [{"evidence": "Register: 027-123456"}, {"reason": "Of somebody else."}])
def test_what_was_changed_since_it_was_looked_at_is_not_decided_on(
    as_admin: Client, ana: Practitioner, grounds: dict[str, str]
) -> None:
    given = credential(ana)
    page = reverse("directory:decide", args=[given.public_id])
    sent = dict(re.findall(r'name="(given_at)" value="([^"]+)"', as_admin.get(page).content.decode()))
    given.number = "999"
    actions.give_credential(given, by=ana.user, now=timezone.now())
    told = as_admin.post(page, sent | grounds)
    assert told.status_code == 422
    shown = told.content.decode()
    assert "It was changed since you opened this page" in shown
    assert "999" in shown
    assert next(iter(grounds.values())) in shown, "what was typed stays"
    given.refresh_from_db()
    assert given.state == CredentialState.WAITING

    sent = dict(re.findall(r'name="(given_at)" value="([^"]+)"', shown))
    assert as_admin.post(page, sent | grounds).headers["Location"] == reverse("directory:waiting")
    given.refresh_from_db()
    assert given.state != CredentialState.WAITING


def test_what_was_decided_before_a_credential_was_changed_is_kept(ana: Practitioner) -> None:
    admin = administrator()
    given = verified(credential(ana, number="027-1"), admin)
    given.number = "027-2"
    actions.give_credential(given, by=ana.user, now=timezone.now())
    assert (given.state, given.evidence) == (CredentialState.WAITING, "")
    states = apps.get_model("directory", "CredentialEvent").objects.order_by("pgh_id")
    before = states.get(state=CredentialState.VERIFIED)
    assert (before.number, before.evidence, before.decided_by_id) == ("027-1", "Register: active", admin.pk)
    actions.remove(given, by=ana.user)
    assert states.filter(number="027-1").exists()


@pytest.mark.parametrize("field", ["decided_at", "decided_by", "evidence"])
def test_the_database_takes_no_decision_without_who_when_and_why(ana: Practitioner, field: str) -> None:
    given = credential(ana)
    told = {"state": "verified", "decided_at": timezone.now(), "decided_by": ana.user, "evidence": "x"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Credential.objects.filter(pk=given.pk).update(**told | {field: "" if field == "evidence" else None})


def test_who_was_signed_out_meanwhile_is_told_so(client: Client) -> None:
    asked = client.post(reverse("directory:profile"), {"about": "Long words."})
    page = client.get(asked.headers["Location"]).content.decode()
    assert "You were signed out before this was saved" in page
    assert reverse("directory:profile") in page
    looked = client.get(reverse("directory:profile")).headers["Location"]
    assert "signed out" not in client.get(looked).content.decode()
