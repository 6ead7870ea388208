"""The whole library as a reader's browser gets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

LOADS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "object": "data", "use": "href"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "manifest", "modulepreload"}


@dataclass
class Page(HTMLParser):
    """One answer, taken apart."""

    path: str
    route: str
    status: int
    text: str
    title: str = ""
    description: str = ""
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if "id" in said:
            self.ids.append(said["id"])
        if "style" in said or tag == "style" or any(name.startswith("on") for name in said):
            self.styled.append(self.get_starttag_text() or tag)
        if tag == "a" and "href" in said:
            self.links.append(urljoin(self.path, said["href"]))
        if tag in LOADS and LOADS[tag] in said:
            self.loads.append(said[LOADS[tag]])
        if tag == "link" and said.get("rel") in LOADING_LINKS:
            self.loads.append(said["href"])
        if tag == "meta" and said.get("name") == "description":
            self.description = said["content"]
        if tag == "h1":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.headings[-1] += data

    @property
    def inner(self) -> list[str]:
        """Links within the site, without their anchors."""
        return [urldefrag(link)[0] for link in self.links if link.startswith("/")]

    @property
    def outer(self) -> list[str]:
        """Links to other sites."""
        return [link for link in self.links if "://" in link]
