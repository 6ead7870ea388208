from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

Route = tuple[str, dict[str, str]]

if TYPE_CHECKING:
    _Sitemap = Sitemap[Route]
else:
    _Sitemap = Sitemap  # generic for the type checker only


class Pages(_Sitemap):
    """Pages in every language, under the site's public origin, whatever host was asked."""

    i18n = True
    alternates = True
    x_default = True
    changefreq = "monthly"

    def location(self, item: Route) -> str:
        """The path in the language being listed."""
        name, arguments = item
        return reverse(name, kwargs=arguments)

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - the origin decides
        """Of the public origin."""
        return urlsplit(settings.ORIGIN).scheme

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 - the origin decides
        """Of the public origin."""
        return urlsplit(settings.ORIGIN).netloc


class StartPages(Pages):
    """The way in."""

    priority = 1.0

    def items(self) -> list[Route]:
        """The one page on which everything begins."""
        return [("intake:start", {})]
