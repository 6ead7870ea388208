from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the visitor's own way, which answers forms only."""
    lines = [
        "User-agent: *",
        "Disallow: /check/",
        *(f"Disallow: /{code}/check/" for code, _ in settings.LANGUAGES[1:]),
        f"Sitemap: {settings.ORIGIN}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
