from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from unknot.web.learn.sitemaps import LibraryPages
from unknot.web.site.health import healthz
from unknot.web.site.robots import robots
from unknot.web.site.shared import same_for_everybody
from unknot.web.site.sitemaps import StartPages

SITEMAPS = {"start": StartPages, "library": LibraryPages}

DEMO_PAGES = (
    [
        path("demo/", include("unknot.web.outbox.demo_urls")),
        path("demo/", include("unknot.web.accounts.demo_urls")),
    ]
    if settings.DEMO
    else []
)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", same_for_everybody(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    # English at the root, Spanish below /es/
    *i18n_patterns(
        path("library/", include("unknot.web.learn.urls")),
        path("account/", include("unknot.web.accounts.urls")),
        path("", include("unknot.web.search.urls")),
        path("", include("unknot.web.desk.urls")),
        path("", include("unknot.web.care.urls")),
        path("", include("unknot.web.booking.urls")),
        path("", include("unknot.web.directory.urls")),
        path("", include("unknot.web.intake.urls")),
        *DEMO_PAGES,
        prefix_default_language=False,
    ),
]

handler400 = "unknot.web.site.errors.bad_request"
handler403 = "unknot.web.site.errors.forbidden"
handler404 = "unknot.web.site.errors.not_found"
handler429 = "unknot.web.site.errors.too_many_tries"  # for allauth; Django itself has none
handler500 = "unknot.web.site.errors.broken"
