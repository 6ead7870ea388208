from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from unknot.knowledge.reading import DATA
from unknot.knowledge.sources import cite, host_of, link_hosts, urls_in

LISTED = {host: kind for kind, hosts in link_hosts().link.items() for host in hosts}


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_in(member)


def texts_of_the_data() -> list[str]:
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.rglob("*.toml"))]
    return [text for file in files for text in texts_in(file)]


SOURCES = sorted({text for text in texts_of_the_data() if "://" in text})


def test_every_host_of_the_data_is_allowed_or_refused():
    hosts = {host_of(url) for text in SOURCES for url in urls_in(text)}
    known = LISTED.keys() | link_hosts().no_link.keys()
    assert hosts - known == set()
    assert known - hosts == set(), "listed, but on no source"


def test_no_host_is_both_allowed_and_refused():
    assert LISTED.keys() & link_hosts().no_link.keys() == set()
    assert sum(len(hosts) for hosts in link_hosts().link.values()) == len(LISTED)


@pytest.mark.parametrize(
    "mark", ["scribd", "slideshare", "docplayer", "blogspot", "vdocuments", "pages.dev", "pdffox"]
)
def test_copies_and_blogs_are_never_linked(mark):
    assert [host for host in LISTED if mark in host] == []
    assert [host for host in link_hosts().no_link if mark in host]


def test_every_source_becomes_a_citation_without_raw_addresses():
    for text in SOURCES:
        citation = cite(text)
        assert citation.text.strip() == citation.text != ""
        assert "://" not in citation.text
        assert not re.search(r"\(\s*\)|\s{2}|\s[,;.)]", citation.text), citation.text


def test_links_lead_only_to_allowed_hosts():
    linked = {host_of(c.url) for c in map(cite, SOURCES) if c.url}
    assert linked <= LISTED.keys() | {"doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov"}
    assert len(linked) > 50


@pytest.mark.parametrize(
    ("source", "text", "url"),
    [
        (
            "Yao L et al. BMJ 2023;383, https://doi.org/10.1136/bmj-2023-076226; summary read at https://pedro.org.au/x",
            "Yao L et al. BMJ 2023;383; summary read at PEDro",
            "https://doi.org/10.1136/bmj-2023-076226",
        ),
        (
            "FSMTB regulation summary, https://fsmtb.org/regulation/ (copy: http://www.abingtoncam.org/index-8.html)",
            "FSMTB regulation summary (copy: abingtoncam.org)",
            "https://fsmtb.org/regulation/",
        ),
        (
            "Ernst E. The safety of massage therapy. Rheumatology 2003 (abstract: https://www.slideshare.net/x/y)",
            "Ernst E. The safety of massage therapy. Rheumatology 2003 (abstract: SlideShare)",
            None,
        ),
        (
            "Hou et al. 2002, https://bjsm.bmj.com/lookup/external-ref?access_num=10.1053/apmr.2002.34834&link_type=DOI",
            "Hou et al. 2002",
            "https://doi.org/10.1053/apmr.2002.34834",
        ),
        ("Jaeger B. Cephalalgia 1989 (PMID 2790946)", "Jaeger B. Cephalalgia 1989 (PMID 2790946)",
         "https://pubmed.ncbi.nlm.nih.gov/2790946/"),
        ("Bron C et al. 2011, doi:10.1186/1471-2474-12-139 (prevalence)",
         "Bron C et al. 2011, doi:10.1186/1471-2474-12-139 (prevalence)",
         "https://doi.org/10.1186/1471-2474-12-139"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC4981327/", "PubMed Central PMC4981327",
         "https://pmc.ncbi.nlm.nih.gov/articles/PMC4981327/"),
        ("https://westsubpainrelief.com/finger-extensors/", "West Suburban Pain Relief", None),
        ("Travell & Simons 1992, vol. 2 ch. 4", "Travell & Simons 1992, vol. 2 ch. 4", None),
        ("memory", "From memory, not re-read", None),
        ("memory; confirm with the regulator", "From memory, not re-read; confirm with the regulator", None),
        ("Guy W, ECDEU Assessment Manual, US DHEW 1976 (memory)",
         "Guy W, ECDEU Assessment Manual, US DHEW 1976 (from memory, not re-read)", None),
    ],
)  # fmt: skip
def test_citations(source, text, url):
    assert (cite(source).text, cite(source).url) == (text, url)
