"""The library is everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from unknot.web.site.access import Access, public

ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "learn:home": public(),
        "learn:search": public(),
        "learn:muscles": public(),
        "learn:muscle": public(slug="upper-trapezius"),
        "learn:regions": public(),
        "learn:region": public(slug="temple"),
        "learn:techniques": public(),
        "learn:technique": public(slug="ischemic-compression"),
        "learn:practice": public(slug="heat-therapy"),
        "learn:conditions": public(),
        "learn:condition": public(slug="tension-type-headache"),
        "learn:questions": public(),
        "learn:question": public(slug="what-is-it"),
        "learn:people": public(),
        "learn:practitioner": public(slug="massage-therapist"),
        "learn:body": public(slug="ncbtmb"),
        "learn:licences": public(),
        "learn:benefits": public(),
        "learn:history": public(),
        "learn:considerations": public(),
        "learn:prices": public(),
        "learn:safety": public(),
        "learn:rules": public(slug="emergency"),
        "learn:measures": public(),
        "learn:evidence": public(),
    }
)
