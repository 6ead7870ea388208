from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, path, set_urlconf
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from unknot.web.site import urls


@pytest.fixture
def add_view(settings: pytest.FixtureRequest) -> Callable[..., str]:
    """Puts a view of the test's own beside the site's; gives back its path."""

    def add(view: Callable[..., HttpResponse], *, csrf: bool = False) -> str:
        conf = ModuleType("urls_of_a_test")
        conf.__dict__.update({name: getattr(urls, name) for name in vars(urls) if name.startswith("handler")})
        conf.urlpatterns = [path("try/", view if csrf else csrf_exempt(view)), *urls.urlpatterns]
        settings.ROOT_URLCONF = conf
        clear_url_caches()
        set_urlconf(None)
        return "/try/"

    return add


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test begins in English, whatever page the one before it asked for."""
    with translation.override("en"):
        yield
