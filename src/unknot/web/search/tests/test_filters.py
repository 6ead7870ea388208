"""Postcodes, "near me", prices, a free time this week, the map, and the fit to a drawing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from importlib import import_module
from urllib.parse import parse_qsl

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.knowledge import load
from unknot.web.accounts.models import User
from unknot.web.booking import actions as booking
from unknot.web.directory import actions as directory
from unknot.web.directory.models import Practitioner
from unknot.web.directory.tests.people import administrator, place
from unknot.web.search import maps, positions, queries
from unknot.web.search.actions import index
from unknot.web.search.models import Listing, Spot
from unknot.web.search.positions import Point
from unknot.web.search.queries import Wanted
from unknot.web.search.tasks import index_missing
from unknot.web.search.tests.test_search import ALBANY, live, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return administrator()


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("search:results"), asked).content.decode()


# Where


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("12207", "12207 Albany, NY"),
        (" 12207-1234 ", "12207 Albany, NY"),
        ("42.65, -73.75", "where you are"),
        ("albany,US-NY", "Albany, New York (US)"),
        ("Albany", "Albany, New York (US)"),
    ],
)
def test_what_was_typed_is_found(typed: str, label: str) -> None:
    found = positions.find(typed)
    assert found.exact
    assert found.positions[0].label == label


@pytest.mark.parametrize("typed", ["00000", "91.0, 10", "10, 181", "", "1e3, 4"])
def test_what_is_nowhere_is_not(typed: str) -> None:
    assert not positions.find(typed).positions


@pytest.mark.parametrize("typed", ["12207", "42.65, -73.75", "Albany"])
def test_an_address_that_is_shared_finds_the_same(client: Client, admin: User, typed: str) -> None:
    live(admin)
    found = positions.find(typed).positions[0]
    assert positions.find(found.key).positions[0] == found
    assert "Ana Ruiz" in page(client, place=found.key)


def test_a_place_of_work_stands_at_its_postcode(admin: User) -> None:
    ana = live(admin)
    place(ana, postcode="12305", city="Schenectady")
    by_postcode = Spot.objects.order_by("pk").last()
    assert by_postcode
    assert (by_postcode.latitude, by_postcode.longitude) == (42.8161, -73.9398)


@pytest.mark.parametrize(("place", "says"), [("12207", "25 km (16 mi)"), ("Toronto, ON", "Within 25 km of")])
def test_miles_stand_beside_kilometres_in_the_united_states(client: Client, place: str, says: str) -> None:
    assert says in page(client, place=place)


def test_coordinates_know_their_country() -> None:
    assert positions.find("42.65, -73.75").positions[0].jurisdiction == "US-NY"
    assert positions.find("0, -30").positions[0].jurisdiction == ""


# By video


def test_only_who_is_licensed_where_the_client_is(client: Client, admin: User) -> None:
    live(admin)  # licensed in New York

    def found(client_in: str) -> bool:
        return "Ana Ruiz" in page(client, video="on", client_in=client_in)

    assert found("")
    assert found("US-NY")
    assert not found("US-MA")
    assert not found("US-KS")  # asks for no licence, but for certificate and insurance


# Price, week


def test_no_dearer_than_asked(admin: User) -> None:
    live(admin)  # 80 in person, 95 by video

    def found(most: int, *, video: bool) -> int:
        return len(queries.cards(Wanted(ALBANY, 25, video, "", most=most), timezone.now()))

    assert (found(80, video=False), found(60, video=False)) == (1, 0)
    assert (found(120, video=True), found(80, video=True)) == (1, 0)


def test_prices_of_other_currencies_are_not_compared(client: Client, admin: User) -> None:
    live(admin)  # 80 USD in person, 95 by video
    bo = live(admin, "bo@example.org")
    bo.services.exclude(offer="discovery").update(currency="CAD", price_minor=7000)
    index(bo)

    def found(currency: str, most: int | None = 80, *, video: bool = False) -> list[str]:
        wanted = Wanted(ALBANY, 25, video, "", most=most, currency=currency)
        return [
            f"{c.from_price.price_minor} {c.from_price.currency}"
            for c in queries.cards(wanted, timezone.now())
        ]

    assert found("USD") == ["8000 USD"]
    assert found("CAD") == ["7000 CAD"]
    assert found("USD", 100, video=True) == ["9500 USD"]
    assert found("USD", None, video=True) == ["9500 USD", "7000 CAD"]
    assert found("CAD", None, video=True) == ["7000 CAD", "9500 USD"]
    shown = page(client, place="Albany, NY", most="80")
    assert "At most 80 USD" in shown
    assert "80 USD" in shown
    assert "7000 CAD" not in shown
    assert "Prices are in several currencies" in page(client, place="Albany, NY")
    assert "At most 80 CAD" in page(client, place="Albany, NY", most="80", currency="CAD")


def test_by_video_the_currency_is_that_of_where_one_will_be(client: Client) -> None:
    assert "At most 80 GBP" in page(client, video="on", most="80", client_in="GB")
    assert "At most 80 USD" in page(client, video="on", most="80")


def pills(shown: str) -> list[str]:
    return re.findall(r'class="pill" href="\?([^"]*)"', shown)


def test_a_currency_that_nobody_chose_is_in_no_address(client: Client) -> None:
    shown = page(client, place="London", most="80")
    assert "At most 80 GBP" in shown
    (canadian,) = (pill for pill in pills(shown) if "CA-ON" in pill)
    assert "currency" not in canadian
    assert "At most 80 CAD" in page(client, **dict(parse_qsl(unescape(canadian))))


@pytest.mark.parametrize(
    "asked", [{"most": "80"}, {"most": "80", "video": "on"}, {"video": "on", "kind": "chiropractor"}], ids=str
)
def test_a_currency_that_was_chosen_is_in_every_address(
    client: Client, admin: User, asked: dict[str, str]
) -> None:
    live(admin)
    found = pills(page(client, place="London", currency="NZD", **asked))
    assert found
    assert all("currency=NZD" in pill for pill in found)


def test_loosened_to_video_the_usual_currency_is_that_of_where_one_will_be(admin: User) -> None:
    canadian = town("London", "CA-ON")
    assert Wanted(canadian, 25, False, "", client_in="GB").paid_in == "CAD"
    assert Wanted(canadian, 25, True, "", client_in="GB").paid_in == "GBP"
    assert Wanted(canadian, 25, True, "").paid_in == "CAD"


def test_the_form_says_what_a_currency_counts_for(client: Client) -> None:
    shown = page(client, place="Albany, NY", currency="EUR")
    assert 'aria-describedby="id_currency_helptext"' in shown
    assert "It belongs to a highest price." in shown


def test_free_this_week(admin: User) -> None:
    now = timezone.now()
    ana = live(admin)
    wanted = Wanted(ALBANY, 25, False, "", this_week=True)
    assert len(queries.cards(wanted, now)) == 1
    for days in range(9):
        booking.set_date(ana, (now + timedelta(days=days)).date(), [], by=ana.user)
    assert queries.cards(wanted, now) == ()
    assert queries.counted(wanted, now) == 0
    assert len(queries.cards(Wanted(ALBANY, 25, False, ""), now)) == 1


def test_which_filter_to_loosen(client: Client, admin: User) -> None:
    live(admin)
    shown = page(client, place="Albany, NY", most="60", this_week="on")
    assert "any price" in shown
    assert "Nobody yet" in shown


def test_the_card_names_terms_and_the_usual_price(client: Client, admin: User) -> None:
    live(admin)
    shown = page(client, place="Albany, NY")
    assert "Cancelling is free until 24 hours before; after that it costs 50 % of the price." in shown
    assert re.search(r"usually \d+\W\d+ USD", shown)


# The map


def test_every_result_has_its_mark_within_the_map() -> None:
    centre = Point(39.74, -104.99, "", "")
    results = [maps.Found(n, f"P{n}", 39.74, -104.99) for n in range(1, 21)]
    drawn = maps.draw(centre, 25, results)
    assert [m.number for m in drawn.results] == list(range(1, 21))
    marks = [(m.x, m.y) for m in drawn.results]
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in marks)
    apart = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a in marks for b in marks if a is not b]
    assert min(apart) >= maps.APART


def test_no_mark_covers_a_towns_name() -> None:
    centre = Point(39.74, -104.99, "", "")
    assert "Denver" in [t.label for t in maps.draw(centre, 25, []).towns]
    on_denver = [maps.Found(1, "P", 39.7392, -104.9847)]
    assert "Denver" not in [t.label for t in maps.draw(centre, 25, on_denver).towns]


def test_the_map_is_true_to_scale() -> None:
    centre = Point(42.65, -73.75, "", "")
    a_degree_north = maps.draw(
        centre, 100, [maps.Found(1, "", 43.0, -73.75), maps.Found(2, "", 42.65, -73.25)]
    )
    north, east = a_degree_north.results
    up = (a_degree_north.height / 2 - north.y) * 100 / a_degree_north.circle
    across = (east.x - a_degree_north.width / 2) * 100 / a_degree_north.circle
    assert up == pytest.approx(queries.km_between((42.65, -73.75), (43.0, -73.75)), rel=0.01)
    assert across == pytest.approx(queries.km_between((42.65, -73.75), (42.65, -73.25)), rel=0.01)


def test_its_numbers_are_numbers_in_every_language(client: Client, admin: User) -> None:
    live(admin)
    drawn = client.get("/es" + reverse("search:results"), {"place": "Albany, NY"}).content.decode()
    assert re.search(r'<circle class="map-mark" cx="\d+\.\d"', drawn)
    assert not re.search(r' (?:c?[xy]|d[xy]|r)="-?\d+,', drawn)


def test_borders_cross_it() -> None:
    by_the_coast = maps.draw(Point(42.36, -71.06, "", ""), 50, [])
    assert by_the_coast.borders
    assert not maps.draw(Point(38.5, -99.3, "", ""), 50, []).borders


def test_by_video_there_is_none(client: Client, admin: User) -> None:
    live(admin)
    assert 'class="map"' in page(client, place="Albany, NY")
    assert 'class="map"' not in page(client, place="Albany, NY", video="on")


# The fit


def test_the_browser_gets_what_it_needs_to_find_the_fit(client: Client, admin: User) -> None:
    ana = live(admin)
    ana.focus = ["neck", "shoulder"]
    directory.save(ana, by=ana.user)
    shown = page(client, place="Albany, NY")
    assert 'data-focus="neck shoulder"' in shown
    table = re.search(r'id="groups-of-regions"[^>]*>(.*?)</script>', shown)
    assert table
    assert json.loads(table[1]) == {r.id: r.group for r in load().regions.values()}


def test_a_profile_names_only_parts_that_there_are(admin: User) -> None:
    ana = live(admin)
    client = Client()
    client.force_login(ana.user)
    told = {
        "name": "Ana",
        "zone": "America/New_York",
        "about": ana.about,
        "meeting_link": ana.meeting_link,
        "focus": ["neck"],
    }
    assert client.post(reverse("directory:profile"), told).status_code == 302
    assert Practitioner.objects.get(pk=ana.pk).focus == ["neck"]
    assert client.post(reverse("directory:profile"), told | {"focus": ["soul"]}).status_code == 422


# The index


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Listing, {"video_currency": ""}),
        (Listing, {"video_minor": None}),
        (Spot, {"currency": ""}),
    ],
    ids=str,
)
def test_a_price_has_a_currency(
    admin: User, model: type[Listing | Spot], wrong: dict[str, str | None]
) -> None:
    live(admin)
    with pytest.raises(IntegrityError, match="currency"), transaction.atomic():
        model.objects.update(**wrong)


def test_the_migration_fills_in_what_the_cheapest_session_is_paid_in(admin: User) -> None:
    ana = live(admin)
    ana.services.update(currency="CAD")
    migration = import_module("unknot.web.search.migrations.0004_currencies")
    with connection.cursor() as cursor:
        cursor.execute(migration.OF_THE_LISTINGS)
        cursor.execute(migration.OF_THE_SPOTS)
    assert (Listing.objects.get().video_currency, Spot.objects.get().currency) == ("CAD", "CAD")


def test_the_migration_leaves_who_has_no_session_by_video_without(admin: User) -> None:
    ana = live(admin)
    ana.services.filter(mode="video").exclude(offer="discovery").delete()
    index(ana)
    with connection.cursor() as cursor:
        cursor.execute(import_module("unknot.web.search.migrations.0004_currencies").OF_THE_LISTINGS)
    assert (Listing.objects.get().video_minor, Listing.objects.get().video_currency) == (None, "")


def test_the_worker_writes_what_is_missing(admin: User) -> None:
    live(admin)
    Listing.objects.all().delete()
    index_missing(int(datetime.now(UTC).timestamp()))
    assert Listing.objects.count() == 1
