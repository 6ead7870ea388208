from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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
    return {
        "canonical": settings.ORIGIN + request.path,
        "versions": versions,
        "origin": settings.ORIGIN,
        "works_here": partial(_works_here, request),  # the template asks, if it shows it
    }


def _works_here(request: HttpRequest) -> bool:
    """
    Whether a practitioner reads this, on pages that have looked who reads them.

    Others are the same for everybody, and may be kept: nothing is asked for them.
    """
    session = getattr(request, "session", None)
    return session is not None and session.accessed and hasattr(request.user, "practitioner")
