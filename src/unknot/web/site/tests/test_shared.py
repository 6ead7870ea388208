from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from unknot.web.site.shared import View, same_for_everybody

WORDS = "neuromuscular " * 100


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


class Counted:
    """A view that says in its page how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    def page(self) -> View[[]]:
        @same_for_everybody
        def view(request: HttpRequest) -> HttpResponse:
            self.calls += 1
            return HttpResponse(f"{request.path} {translation.get_language()} {WORDS}")

        return view


def ask(view: View[[]], path: str = "/a/", **headers: str) -> HttpResponse:
    return view(RequestFactory().get(path, headers=headers))


def test_a_page_is_made_once_and_sent_whole() -> None:
    counted = Counted()
    view = counted.page()
    first, again = ask(view), ask(view)
    assert counted.calls == 1
    assert first.content == again.content
    assert b"neuromuscular" in again.content


def test_each_address_and_each_language_has_its_own() -> None:
    counted = Counted()
    view = counted.page()
    with translation.override("es"):
        spanish = ask(view)
    assert b"/a/ es" in spanish.content
    assert b"/a/ en" in ask(view).content
    assert b"/b/ en" in ask(view, "/b/").content
    assert counted.calls == 3


def test_who_cannot_unpack_gets_it_plain_whoever_came_before() -> None:
    view = Counted().page()
    packed = ask(view, accept_encoding="gzip")
    plain = ask(view)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_already_is_told_so(encoding: str) -> None:
    view = Counted().page()
    first = ask(view, accept_encoding=encoding)
    for tag in (first["ETag"], f'"another", {first["ETag"]}'):
        assert ask(view, accept_encoding=encoding, if_none_match=tag).status_code == 304
    assert ask(view, accept_encoding=encoding, if_none_match='"another"').content == first.content


def test_the_tag_is_that_of_the_content_in_every_process() -> None:
    one = ask(Counted().page(), accept_encoding="gzip")
    caches["pages"].clear()  # another process has kept nothing
    other = ask(Counted().page(), accept_encoding="gzip")
    assert one["ETag"] == other["ETag"]


def test_a_query_fills_no_memory() -> None:
    counted = Counted()
    view = counted.page()
    for n in range(3):
        ask(view, f"/a/?n={n}")
        ask(view, f"/a/?n={n}")
    assert counted.calls == 6
    ask(view)
    assert counted.calls == 7


def test_what_is_not_there_is_not_kept() -> None:
    there = False

    @same_for_everybody
    def view(request: HttpRequest) -> HttpResponse:
        if not there:
            raise Http404
        return HttpResponse("now it is")

    with pytest.raises(Http404):
        ask(view)
    there = True
    assert ask(view).content == b"now it is"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_for_reading_only(method: str) -> None:
    counted = Counted()
    assert counted.page()(getattr(RequestFactory(), method)("/a/")).status_code == 405
    assert counted.calls == 0
