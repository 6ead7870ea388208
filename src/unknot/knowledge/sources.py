"""Sources shown as citations; a link only to sites that answer for what they publish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qs, urlsplit

import msgspec

from unknot.knowledge.reading import DATA, Fact, freeze_fields, read

FROM_MEMORY = "from memory, not re-read"

_URL = re.compile(r"https?://(?:[^\s,;\"'()]|\([^\s()]*\))+(?<![.:])")
_BESIDE = re.compile(r"(?:\b(?:at|by|in|from)|[:(])\s*$")
"""Before a URL that is part of a sentence: "quoted at", "(copy:"."""

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;\"'?&]*[^\s,;\"'?&.)]")
_PMC = re.compile(r"\bPMC\d{5,9}\b")
_PMID = re.compile(r"\bPMID:?\s*(\d{5,9})\b")
_FEW_WORDS = 3


class Citation(msgspec.Struct, frozen=True):
    """A source as it is shown: ``text`` without raw addresses, ``url`` only where it may be linked."""

    text: str
    url: str | None = None


class LinkHosts(Fact, frozen=True):
    """
    The sites of the sources, by host without "www.", with the name that a citation shows.

    ``link`` says why a site may be linked (publisher, index, …) → host → name; ``no_link`` are all others.
    """

    link: Mapping[str, Mapping[str, str]]
    no_link: Mapping[str, str]

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        freeze_fields(self, "link", "no_link")


@cache
def link_hosts() -> LinkHosts:
    """The sites that the package knows."""
    return read(DATA, "link_hosts.toml", LinkHosts)


def host_of(url: str) -> str:
    """The host of an address, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def urls_in(text: str) -> tuple[str, ...]:
    """The addresses in a source's text."""
    return tuple(_URL.findall(text))


@cache
def cite(text: str) -> Citation:
    """
    A source string as a citation, without raw addresses.

    The link is the first address in it that may be linked, else its DOI, PubMed or PMC number, else none. The
    name of a site stands where its address stood, unless the link itself says it. What was written from
    memory says so.

    >>> cite("Do TP et al. J Headache Pain 2018;19:84, https://doi.org/10.1186/s10194-018-0913-8").text
    'Do TP et al. J Headache Pain 2018;19:84'
    >>> cite("https://pubmed.ncbi.nlm.nih.gov/29025044/")
    Citation(text='PubMed 29025044', url='https://pubmed.ncbi.nlm.nih.gov/29025044/')
    >>> cite("https://www.scribd.com/document/1/Trigger-Point-Manual-Volume-1")
    Citation(text='Scribd: Trigger Point Manual Volume 1', url=None)
    """
    found = [(url, _resolved(url)) for url in urls_in(text)]
    link = next((target for _, target in found if _may_link(target)), None)
    words = text
    for url, target in found:
        words = _without(words, url, target, linked=target == link)
    return Citation(_tidy(words), link or _by_number(text))


def _may_link(url: str) -> bool:
    return any(host_of(url) in hosts for hosts in link_hosts().link.values())


def _site(url: str) -> str:
    host = host_of(url)
    known = link_hosts()
    return next(
        (names[host] for names in known.link.values() if host in names), known.no_link.get(host, host)
    )


def _without(words: str, url: str, target: str, *, linked: bool) -> str:
    """The text with one address taken out, or replaced by what tells where it leads."""
    before, _, after = words.partition(url)
    if not before.strip() or before.rstrip().endswith(" ;"):
        return before + _described(target) + after
    if _BESIDE.search(before):
        return before + _site(target) + after
    if linked or _site(target) in before:
        return before.rstrip(" ,;") + after
    return f"{before.rstrip(' ,;.')} ({_site(target)}){after}"


def _described(url: str) -> str:
    """An address that stands alone: the site's name with the number or the title that the address carries."""
    site = _site(url)
    if number := _PMC.search(url):
        return f"{site} {number[0]}"
    if doi := _DOI.search(url):
        return f"{'' if site == 'DOI' else site + ', '}doi:{doi[0]}"
    path = [part for part in urlsplit(url).path.split("/") if part]
    if site == "PubMed" and path and path[-1].isdigit():
        return f"PubMed {path[-1]}"
    words = re.sub(r"\.\w{2,5}$", "", path[-1]) if path else ""
    title = re.sub(r"^[\d ]+", "", re.sub(r"[-_+]+", " ", words)).strip()
    telling = [w for w in title.split() if w.isalpha()]
    return f"{site}: {title}" if len(telling) >= _FEW_WORDS and "%" not in title else site


def _resolved(url: str) -> str:
    """Where a journal's redirect leads: its query names a DOI or a PubMed number."""
    query = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
    number, kind = query.get("access_num", [""])[0], query.get("link_type", [""])[0]
    if kind == "DOI" and _DOI.fullmatch(number):
        return f"https://doi.org/{number}"
    if kind == "MED" and number.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"
    return url


def _by_number(text: str) -> str | None:
    if doi := _DOI.search(_URL.sub(" ", text)):
        return f"https://doi.org/{doi[0]}"
    if pmid := _PMID.search(text):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid[1]}/"
    if pmc := _PMC.search(_URL.sub(" ", text)):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmc[0]}"
    return None


def _tidy(words: str) -> str:
    """One line without what the addresses left behind; marks of memory in full."""
    words = re.sub(r"^memory\b", FROM_MEMORY.capitalize(), words.strip())
    words = words.replace("(memory)", f"({FROM_MEMORY})")
    words = re.sub(r"\(\s*\)", "", words)
    words = re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", words))
    return words.strip().rstrip(" ,;:").replace("..", ".")
