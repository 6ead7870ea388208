from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

Language = Literal["en", "es"]


def language() -> Language:
    """The language of the page being answered, as the knowledge base names it."""
    return "es" if (get_language() or "en").startswith("es") else "en"


class LanguageOfTheAddress(LocaleMiddleware):
    """
    A page speaks the language of its address, English at the root, whatever the browser prefers.

    Django's own says ``Vary: Accept-Language`` at the root all the same, so that each cache on the way
    would keep a copy for every list of languages that a browser can send.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:  # noqa: ARG002 - Django passes it
        """Name the language."""
        response.headers.setdefault("Content-Language", get_language() or "en")
        return response
