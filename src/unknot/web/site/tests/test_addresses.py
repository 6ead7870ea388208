"""Canonical and other-language links, robots and sitemap."""

from __future__ import annotations

import re

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def origin(settings: pytest.FixtureRequest) -> None:
    settings.ORIGIN = "https://unknot.example"


def head(client: Client, path: str) -> str:
    return client.get(path).content.decode().partition("</head>")[0]


@pytest.mark.parametrize("path", ["/library/muscles/masseter/", "/es/library/muscles/masseter/"])
def test_a_page_names_its_canonical_address_and_its_languages(client: Client, path: str) -> None:
    said = head(client, path)
    assert f'<link rel="canonical" href="https://unknot.example{path}">' in said
    assert dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', said)) == {
        "en": "https://unknot.example/library/muscles/masseter/",
        "es": "https://unknot.example/es/library/muscles/masseter/",
        "x-default": "https://unknot.example/library/muscles/masseter/",
    }


def test_what_is_shared_carries_the_pages_own_words(client: Client) -> None:
    said = head(client, "/library/questions/is-it-painful/")
    assert '<meta property="og:title" content="Is it painful?">' in said
    description = re.search(r'name="description" content="([^"]+)"', said)[1]
    assert f'<meta property="og:description" content="{description}">' in said


def test_a_query_is_no_part_of_it(client: Client) -> None:
    assert "secret" not in head(client, "/library/search/?q=secret")


def test_an_error_page_has_none_and_is_not_indexed(client: Client) -> None:
    said = head(client, "/nothing/")
    assert "canonical" not in said
    assert "noindex" in said


def test_robots_keep_out_of_the_visitors_way(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /check/" in lines
    assert "Disallow: /es/check/" in lines
    assert "Sitemap: https://unknot.example/sitemap.xml" in lines


def test_the_sitemap_lists_both_languages_under_the_origin(client: Client) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert "https://unknot.example/" in listed
    assert "https://unknot.example/es/library/conditions/whiplash/" in listed
    assert len(listed) == len(set(listed))
    assert all(address.startswith("https://unknot.example/") for address in listed)


def test_the_sitemap_is_compressed_and_kept(client: Client) -> None:
    first = client.get("/sitemap.xml", headers={"accept-encoding": "gzip"})
    again = client.get("/sitemap.xml", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert "public" in first["Cache-Control"]
    assert len(first.content) < 50_000
    assert first.content == again.content, "gzip pads each answer at random: this one was kept"
    unchanged = client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
