from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


@dataclass(frozen=True)
class Version:
    """One page in one language."""

    code: str
    name: str
    path: str
    url: str
    shown: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The page's canonical address and its versions in the other languages; never a query string."""
    now = get_language()
    versions = [
        Version(code, str(name), path, settings.ORIGIN + path, code == now)
        for code, name in settings.LANGUAGES
        for path in (translate_url(request.path, code),)
    ]
    return {"canonical": settings.ORIGIN + request.path, "versions": versions, "origin": settings.ORIGIN}
