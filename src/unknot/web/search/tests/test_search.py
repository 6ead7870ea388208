"""Who is found near a place or by video, and who isn't any more."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.scheduling import TimeRange
from unknot.web.accounts.models import User
from unknot.web.booking import actions as booking
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Kind, Mode, Practitioner
from unknot.web.directory.queries import local_date
from unknot.web.directory.tests.people import (
    administrator,
    complete,
    credential,
    place,
    practitioner,
    service,
    verified,
)
from unknot.web.search import queries
from unknot.web.search.models import Listing, Spot
from unknot.web.search.queries import Wanted
from unknot.web.search.towns import Town, in_jurisdiction

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def admin() -> User:
    return administrator()


def town(name: str, jurisdiction: str) -> Town:
    found = in_jurisdiction(name, jurisdiction)
    assert found is not None
    return found


ALBANY = town("Albany", "US-NY")


def live(admin: User, email: str = "ana@example.org", *, city: str = "Albany", **told: str) -> Practitioner:
    """Somebody whom the search shows, in person and by video."""
    made = complete(practitioner(email, **told), admin)
    service(made, mode=Mode.IN_PERSON, price_minor=8000)
    place(made, city=city)
    booking.set_week(made, {weekday: [TimeRange(540, 1020)] for weekday in range(7)}, by=made.user)
    directory.go_live(made, by=made.user, now=NOW)
    return made


def near(where: Town = ALBANY, km: int = 25, kind: str = "", now: datetime = NOW) -> list[str]:
    return [c.practitioner.user.email for c in queries.cards(Wanted(where, km, False, kind), now)]


def by_video(now: datetime = NOW) -> list[str]:
    return [c.practitioner.user.email for c in queries.cards(Wanted(None, 25, True, ""), now)]


def test_a_card_says_all_before_it_is_opened(admin: User) -> None:
    ana = live(admin)
    (card,) = queries.cards(Wanted(ALBANY, 25, False, ""), NOW)
    assert (card.practitioner, card.place, card.km) == (ana, "Albany", 0)
    assert card.from_price.price_minor == 8000
    assert [c.number for c in card.credentials] == ["027-123456"]
    assert card.next_free
    assert f"{card.next_free:%Y-%m-%d %H:%M}" == "2026-11-25 09:00"


def test_the_nearest_come_first_within_the_radius(admin: User) -> None:
    live(admin, "ana@example.org", city="Albany")
    live(admin, "bo@example.org", city="Schenectady")
    live(admin, "cy@example.org", city="New York")
    assert near(km=10) == ["ana@example.org"]
    assert near(km=50) == ["ana@example.org", "bo@example.org"]
    assert near(town("Schenectady", "US-NY"), km=50) == ["bo@example.org", "ana@example.org"]


def test_distances_are_those_on_the_map() -> None:
    boston, new_york = town("Boston", "US-MA"), town("New York", "US-NY")
    ends = [(t.latitude, t.longitude) for t in (boston, new_york)]
    assert 300 < queries.km_between(*ends) < 312
    assert queries.km_between(ends[0], ends[0]) == 0


def test_one_may_ask_for_a_kind(admin: User) -> None:
    live(admin)
    assert near(kind=Kind.MASSAGE_THERAPIST) == ["ana@example.org"]
    assert near(kind=Kind.CHIROPRACTOR) == []


def test_who_does_not_work_by_video_is_not_found_there(admin: User) -> None:
    ana = live(admin)
    assert by_video() == ["ana@example.org"]
    directory.remove(ana.services.get(offer="single", mode=Mode.VIDEO), by=ana.user)
    assert by_video() == []
    assert near() == ["ana@example.org"]


def test_who_is_not_live_is_not_found(admin: User) -> None:
    ana = live(admin)
    directory.pause(ana, by=ana.user)
    assert near() == by_video() == []
    assert queries.profile(ana.public_id, NOW) is None


def test_who_changes_a_licence_is_off_until_it_is_checked(admin: User) -> None:
    ana = live(admin)
    given = ana.credentials.get()
    given.number = "027-999999"
    directory.give_credential(given, by=ana.user, now=NOW)
    assert near() == []
    verified(given, admin)
    assert near() == ["ana@example.org"]


def test_when_the_last_day_has_ended_by_the_practitioners_clock_one_is_off_by_itself(admin: User) -> None:
    ana = live(admin)
    given = ana.credentials.get()
    given.expires_on = date(2026, 12, 31)
    directory.give_credential(given, by=ana.user, now=NOW)
    verified(given, admin)
    last_minute = datetime(2027, 1, 1, 4, 59, tzinfo=UTC)  # a minute to midnight in New York
    assert near(now=last_minute) == by_video(last_minute) == ["ana@example.org"]
    assert near(now=last_minute + timedelta(minutes=1)) == by_video(last_minute + timedelta(minutes=1)) == []


def test_a_second_place_elsewhere_asks_for_its_own_licence(admin: User) -> None:
    ana = live(admin)
    place(ana, city="Newark", jurisdiction="US-NJ")
    assert near() == []
    verified(credential(ana, issuer="US-NJ", number="18KT00123456"), admin)
    assert near(town("Newark", "US-NJ"), km=10) == ["ana@example.org"]


def test_the_index_follows_price_kind_and_licence(admin: User) -> None:
    ana = live(admin)
    session = ana.services.get(offer="single", mode=Mode.IN_PERSON)
    session.price_minor = 6500
    directory.save(session, by=ana.user)
    cheaper = service(ana, mode=Mode.IN_PERSON, minutes=30, price_minor=5000)
    assert facets() == [(Kind.MASSAGE_THERAPIST, 5000, date(2099, 12, 31))]
    directory.remove(cheaper, by=ana.user)
    ana.kind = Kind.CHIROPRACTOR
    directory.save(ana, by=ana.user)
    given = ana.credentials.get()
    given.expires_on = date(2027, 6, 30)
    directory.give_credential(given, by=ana.user, now=NOW)
    assert facets() == []
    verified(given, admin)
    assert facets() == [(Kind.CHIROPRACTOR, 6500, date(2027, 6, 30))]
    assert near(kind=Kind.CHIROPRACTOR) == ["ana@example.org"]
    assert near(kind=Kind.MASSAGE_THERAPIST) == []


def facets() -> list[tuple[str, int, date | None]]:
    return list(Spot.objects.values_list("kind", "price_minor", "shown_until"))


def test_who_pauses_has_no_line_and_no_spot_until_going_live_again(admin: User) -> None:
    ana = live(admin)
    directory.pause(ana, by=ana.user)
    assert (Listing.objects.count(), Spot.objects.count()) == (0, 0)
    directory.go_live(ana, by=ana.user, now=NOW)
    assert (Listing.objects.count(), Spot.objects.count()) == (1, 1)


def test_at_the_same_place_the_cheaper_comes_first(admin: User) -> None:
    ana, bo = live(admin), live(admin, "bo@example.org")
    assert near() == ["ana@example.org", "bo@example.org"]
    session = bo.services.get(offer="single", mode=Mode.IN_PERSON)
    session.price_minor = 7900
    directory.save(session, by=bo.user)
    assert near() == ["bo@example.org", "ana@example.org"]
    service(ana, mode=Mode.IN_PERSON, minutes=30, price_minor=4000)
    assert near() == ["ana@example.org", "bo@example.org"]


def test_who_takes_the_session_away_meanwhile_has_no_card(admin: User) -> None:
    ana = live(admin)
    ana.services.filter(mode=Mode.IN_PERSON).delete()  # as between two statements of one search
    assert near() == []


def test_somebody_with_two_places_is_one_card(admin: User) -> None:
    ana = live(admin)
    place(ana, city="Schenectady")
    assert near(km=100) == ["ana@example.org"]
    assert Spot.objects.count() == 2


def test_the_index_holds_one_line_each(admin: User) -> None:
    live(admin)
    live(admin, "bo@example.org")
    assert Listing.objects.count() == 2


# The pages


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("search:results"), asked).content.decode()


def test_it_works(client: Client, admin: User) -> None:
    ana = live(admin, name="Ana Ruiz")
    shown = page(client, place="albany, ny")
    assert "Within 25 km (16 mi) of Albany, New York (US)" in shown
    assert "80 USD" in shown
    assert reverse("search:practitioner", args=[ana.public_id]) in shown


def test_without_a_question_there_is_the_form(client: Client) -> None:
    assert "Town, or US postcode" in client.get(reverse("search:results")).content.decode()


def test_a_slip_is_told_and_others_of_the_name_offered(client: Client, admin: User) -> None:
    live(admin)
    assert "Or did you mean:" in page(client, place="Bostn")
    boston = page(client, place="Boston", kind="chiropractor")
    assert "Another of that name?" in boston
    assert "place=boston%2CGB&amp;within=25&amp;kind=chiropractor" in boston


def test_which_is_asked_where_several_may_be_meant(client: Client) -> None:
    springfield = page(client, place="Springfield")
    assert "Which Springfield?" in springfield
    assert "Nobody yet" not in springfield
    for state in ("MO", "MA", "IL"):
        assert f"place=springfield%2CUS-{state}" in springfield
    assert "Which" not in page(client, place="Springfield, IL")


def test_an_unknown_place_is_told_and_kept(client: Client) -> None:
    shown = page(client, place="Xyzzyqwv <b>")
    assert "We don&#x27;t know a place" in shown or "We don't know a place" in shown
    assert "Xyzzyqwv &lt;b&gt;" in shown
    assert "<b>" not in shown.replace("<body>", "")


def test_nobody_says_what_would_find_somebody(client: Client, admin: User) -> None:
    live(admin, city="Schenectady")
    shown = page(client, place="Albany, NY", within="10")
    assert "These would find somebody:" in shown
    assert "within=25" in shown
    shown = page(client, place="Albany, NY", within="50", kind="chiropractor")
    assert 'href="?place=albany%2CUS-NY&amp;within=50"' in shown
    shown = page(client, place="Honolulu")
    assert shown.count(">By video</a>") == 1


@pytest.mark.parametrize("asked", [{"within": "7"}, {"kind": "wizard", "most": "-5"}, {"place": "x" * 81}])
def test_an_odd_question_is_told(client: Client, asked: dict[str, str]) -> None:
    answer = client.get(reverse("search:results"), {"place": "Albany, NY"} | asked)
    assert answer.status_code == 422
    assert 'class="error" ' in answer.content.decode()


def test_an_empty_question_is_told(client: Client) -> None:
    assert "Say where you are" in page(client, within="")


def test_the_profile_shows_what_it_takes_to_choose(client: Client, admin: User) -> None:
    ana = live(admin)
    shown = client.get(reverse("search:practitioner", args=[ana.public_id])).content.decode()
    for text in ("I work slowly.", "027-123456", "verified on", "80 USD", "1 Main Street", "free", "09:00"):
        assert text in shown
    assert "meet.example.org" not in shown  # the room is for those who booked


def test_the_profile_shows_free_times_of_the_session_chosen(client: Client, admin: User) -> None:
    ana = live(admin)
    long = service(ana, mode=Mode.IN_PERSON, minutes=120, price_minor=15000)
    url = reverse("search:practitioner", args=[ana.public_id])
    hour = client.get(url).content.decode()
    two = client.get(url, {"service": str(long.public_id)}).content.decode()
    assert "16:00" in re.findall(r">(\d\d:\d\d)</button>", hour)
    assert "16:00" not in re.findall(r">(\d\d:\d\d)</button>", two)
    assert client.get(url, {"service": "nonsense"}).status_code == 200


def test_who_is_licensed_elsewhere_is_a_press_away(client: Client, admin: User) -> None:
    ana = live(admin)
    video = ana.services.get(mode=Mode.VIDEO, offer="single")
    asked = {"service": str(video.public_id), "client_in": "US-TX"}
    shown = client.get(reverse("search:practitioner", args=[ana.public_id]), asked).content.decode()
    assert f"{reverse('search:results')}?video=on&amp;client_in=US-TX" in shown


def test_the_profile_remembers_where_the_client_is_and_whose_clock(client: Client, admin: User) -> None:
    ana = live(admin)
    url = reverse("search:practitioner", args=[ana.public_id])
    by_video = {"service": str(ana.services.get(offer="single", mode=Mode.VIDEO).public_id)}
    shown = client.get(url, by_video | {"client_in": "US-NJ", "zone": "Europe/London"}).content.decode()
    assert re.findall(r'value="([^"]*)" selected', shown) == ["US-NJ", "Europe/London"]
    odd = {"client_in": '"><b>', "zone": '"><b>'}
    shown = client.get(url, by_video | odd).content.decode()
    assert re.findall(r'value="([^"]*)" selected', shown) == ["", "America/New_York"]


def test_a_profile_that_is_not_live_does_not_exist(client: Client, admin: User) -> None:
    bo = practitioner("bo@example.org")
    assert client.get(reverse("search:practitioner", args=[bo.public_id])).status_code == 404


def test_no_name_of_an_account_is_given_away(client: Client, admin: User) -> None:
    ana = live(admin)
    for url in (
        reverse("search:practitioner", args=[ana.public_id]),
        f"{reverse('search:results')}?place=albany",
    ):
        assert "ana@example.org" not in client.get(url).content.decode()


def test_a_page_of_twenty_asks_the_database_so_often(
    admin: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    live(admin)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        queries.cards(Wanted(ALBANY, 25, False, ""), timezone.now())


def test_by_video_no_time_is_shown_after_the_licence_of_where_the_client_is(
    admin: User, client: Client
) -> None:
    ana = live(admin)
    last_day = local_date(ana, timezone.now()) + timedelta(days=4)
    verified(credential(ana, issuer="US-NJ", number="nj1", expires_on=last_day), admin)
    wanted = {"service": str(ana.services.get(offer="single", mode=Mode.VIDEO).public_id)}
    for place_, is_capped in (("US-NJ", True), ("US-NY", False)):
        page = client.get(
            reverse("search:practitioner", args=[ana.public_id]), wanted | {"client_in": place_}
        ).content.decode()
        starts = re.findall(r'name="start" value="(\d+)"', page)
        assert starts
        latest = local_date(ana, datetime.fromtimestamp(max(map(int, starts)), UTC))
        assert (latest <= last_day) is is_capped


@pytest.mark.parametrize("postcode", ["SW1A 1AA", "M5V 2T6", "sw1a1aa"])
def test_a_postcode_of_elsewhere_is_asked_for_by_its_town(client: Client, postcode: str) -> None:
    shown = page(client, place=postcode)
    assert "those of the United States only" in shown
    assert postcode in shown


def test_an_unknown_place_says_which_countries_are_known(client: Client) -> None:
    shown = page(client, place="Xyzzyqwv")
    countries = "Australia, Canada, France, Germany, Ireland, New Zealand, United Kingdom, United States"
    assert countries in shown
    assert "look by video" in shown


@pytest.mark.parametrize(
    ("said", "chosen"), [("UTC", "UTC"), ("Etc/GMT+5", "America/New_York"), ("", "America/New_York")]
)
def test_a_clock_that_is_not_on_the_list_is_the_practitioners(
    client: Client, admin: User, said: str, chosen: str
) -> None:
    ana = live(admin)
    by_video = {"service": str(ana.services.get(offer="single", mode=Mode.VIDEO).public_id), "zone": said}
    shown = client.get(reverse("search:practitioner", args=[ana.public_id]), by_video).content.decode()
    assert f'value="{chosen}" selected' in shown


def test_in_person_no_clock_is_asked_for(client: Client, admin: User) -> None:
    ana = live(admin)
    session = ana.services.filter(offer="single", mode=Mode.IN_PERSON).first()
    assert session
    said = {"service": str(session.public_id), "zone": "Europe/London"}
    shown = client.get(reverse("search:practitioner", args=[ana.public_id]), said).content.decode()
    assert 'id="id_zone"' not in shown
    assert 'name="zone" value="Europe/London"' in shown  # their own clock still goes along
