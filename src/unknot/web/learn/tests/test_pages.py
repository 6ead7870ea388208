"""Every page of the library, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client

from unknot.knowledge import load
from unknot.knowledge.sources import host_of, link_hosts
from unknot.web.learn.tests.library import Page

FACTS = {"muscle", "technique", "practice", "condition", "question", "practitioner", "body", "rules"}
Library = dict[str, Page]


def test_all_facts_have_a_page(library: Library) -> None:
    kb = load()
    shown = Counter(page.route for page in library.values())
    assert shown["muscle"] == 2 * len(kb.muscles) == 240
    assert shown["region"] == 2 * len(kb.regions) == 204
    assert shown["question"] == 2 * len(kb.questions) == 114
    assert shown["condition"] == 2 * len(kb.conditions) == 56
    assert shown["technique"] == 2 * len(kb.techniques) == 28
    assert shown["practice"] == 2 * len(kb.practices) == 22
    assert shown["practitioner"] == 2 * len(kb.practitioner_types)
    assert shown["body"] == 2 * len(kb.bodies)


def test_every_page_answers(library: Library) -> None:
    assert {path: page.status for path, page in library.items() if page.status != 200} == {}


def test_no_template_slips(library: Library) -> None:
    slips = {s for page in library.values() for s in re.findall(r"NO SUCH VARIABLE: ([^ \"<]*)", page.text)}
    assert slips == set()
    assert [path for path, page in library.items() if "{%" in page.text or "{{" in page.text] == []


def test_every_page_says_what_it_is(library: Library) -> None:
    assert [p for p, page in library.items() if len(page.headings) != 1 or not page.headings[0].strip()] == []
    assert [p for p, page in library.items() if not page.title.endswith(" \N{EN DASH} Unknot")] == []
    assert [p for p, page in library.items() if len(page.description) < 20] == []
    for language in ("", "/es"):
        titles = Counter(page.title for p, page in library.items() if p.startswith("/es/") == bool(language))
        assert [title for title, count in titles.items() if count > 1] == []


def test_every_fact_shows_its_sources(library: Library) -> None:
    facts = [page for page in library.values() if page.route in FACTS]
    assert [
        page.path for page in facts if "source-1" not in page.ids or 'class="cite"' not in page.text
    ] == []


def test_a_region_shows_sources_or_says_that_there_are_none(library: Library) -> None:
    regions = [page for page in library.values() if page.route == "region"]
    silent = [p.path for p in regions if "source-1" not in p.ids and "name no muscle" not in p.text]
    assert [p for p in silent if not p.startswith("/es/")] == []


def test_ids_are_unique_on_a_page(library: Library) -> None:
    twice = {p: [i for i, n in Counter(page.ids).items() if n > 1] for p, page in library.items()}
    assert {p: ids for p, ids in twice.items() if ids} == {}


def test_every_inner_link_leads_somewhere(library: Library, client: Client) -> None:
    linked = {link for page in library.values() for link in page.inner} - library.keys()
    led = {link: client.get(link, follow=True).status_code for link in linked}
    assert {link: status for link, status in led.items() if status != 200} == {}


def test_every_anchor_is_there(library: Library) -> None:
    lost = set()
    for page in library.values():
        for link in page.links:
            path, anchor = urldefrag(link)
            if anchor and path in library and anchor not in library[path].ids:
                lost.add((page.path, link))
    assert lost == set()


def test_no_file_of_ours_is_named(library: Library) -> None:
    assert {p: m for p, page in library.items() if (m := re.findall(r"\w+\.toml", page.text))} == {}


def test_no_id_of_ours_is_shown(library: Library) -> None:
    ids = r"(?<![\w/.#-])[a-z0-9]+(?:_[a-z0-9]+)+(?![\w/.-])"
    said = {
        p: re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.text, flags=re.DOTALL) for p, page in library.items()
    }
    assert {p: found for p, text in said.items() if (found := re.findall(ids, text))} == {}


def test_outer_links_lead_only_where_somebody_answers_for_it(library: Library) -> None:
    answering = {host for hosts in link_hosts().link.values() for host in hosts}
    outer = {link for page in library.values() for link in page.outer}
    assert len(outer) > 100
    assert {link for link in outer if host_of(link) not in answering | {"doi.org"}} == set()


def test_nothing_is_loaded_from_elsewhere(library: Library) -> None:
    loaded = {load for page in library.values() for load in page.loads}
    assert loaded
    assert {load for load in loaded if urlsplit(load).netloc} == set()


def test_nothing_that_the_policy_would_refuse(library: Library) -> None:
    """No style or handler inside the page: the policy allows files of our own only."""
    assert {p: page.styled for p, page in library.items() if page.styled} == {}


@pytest.mark.parametrize("path", ["/library/", "/library/muscles/masseter/", "/library/safety/emergency/"])
def test_caches_may_keep_it(client: Client, path: str) -> None:
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=600"
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("kind", ["muscles", "regions", "techniques", "practices", "conditions", "questions"])
def test_an_unknown_fact_is_not_found(client: Client, kind: str) -> None:
    assert client.get(f"/library/{kind}/no-such-thing/").status_code == 404


def test_it_is_for_reading_only(client: Client) -> None:
    assert client.post("/library/").status_code == 405


def test_a_long_list_of_places_can_be_jumped_through(library: Library) -> None:
    inner = library["/library/licences/"].links
    assert {"#us-al", "#us-wy", "#us-vi"} <= {link.removeprefix("/library/licences/") for link in inner}
