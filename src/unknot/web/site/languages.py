from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language

Language = Literal["en", "es"]


def language() -> Language:
    """The language of the page being answered, as the knowledge base names it."""
    return "es" if (get_language() or "en").startswith("es") else "en"
