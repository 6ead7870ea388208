from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import translation

from unknot.web.learn.sitemaps import LibraryPages
from unknot.web.learn.tests.library import Page

MISSING = "NO SUCH VARIABLE: %s"


@pytest.fixture(scope="session")
def library() -> dict[str, Page]:
    """Every page of the library in every language, by path; a template's slip shows as ``MISSING``."""
    engine = engines["django"].engine
    engine.string_if_invalid, before = MISSING, engine.string_if_invalid
    client = Client()
    pages = {}
    for language, _ in settings.LANGUAGES:
        for route, arguments in LibraryPages().items():
            with translation.override(language):
                path = reverse(route, kwargs=arguments)
            response = client.get(path)
            pages[path] = Page(
                path, route.removeprefix("learn:"), response.status_code, response.content.decode()
            )
    engine.string_if_invalid = before
    return pages


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test begins in English, whatever page the one before it asked for."""
    with translation.override("en"):
        yield
