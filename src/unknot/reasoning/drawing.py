"""The pain drawing: where it hurts and how much, and what makes it worse; read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

import msgspec

from unknot.errors import InputError, UnknownId
from unknot.knowledge import KnowledgeBase, Place

Aim = Literal["stress", "posture", "sport", "recovery", "maintenance"]
AIMS: tuple[Aim, ...] = get_args(Aim)

LONGEST_TEXT = 2000
LONGEST_LIST = 50
LONGEST_ID = 80
"""Longer than any id; a longer text is not compared with the known ids, which would take long."""

KEYS = ("regions", "aggravated_by", "restricted_motion", "symptoms", "aims", "complaint")


class Drawing(msgspec.Struct, frozen=True):
    """
    A pain drawing; ``regions`` maps a place to pain 1-10, or ``aims`` say what is wanted without pain.

    Made by ``read_drawing``, which refuses a drawing that has neither.
    """

    regions: Mapping[Place, int] = MappingProxyType({})
    aggravated_by: tuple[str, ...] = ()
    restricted_motion: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    complaint: str = ""

    def mirrored(self) -> Drawing:
        """The same drawing with left and right exchanged."""
        regions = {place.mirrored(): pain for place, pain in self.regions.items()}
        return msgspec.structs.replace(self, regions=MappingProxyType(regions))


def drawing_from_json(text: str | bytes, kb: KnowledgeBase) -> Drawing:
    """The drawing in a JSON text; raises InputError where it is not JSON or not such a document."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"the drawing is not JSON: {error}") from None
    return read_drawing(document, kb)


def read_drawing(document: object, kb: KnowledgeBase) -> Drawing:
    """
    The drawing that a document holds, checked against the knowledge base.

    A sided region without a side means both sides; beside it, the same region with its side says more and
    holds for that side: ``{"temple": 3, "temple:left": 7}`` is 7 on the left and 3 on the right. What is said
    twice in a list counts once; a blank phrase is dropped.

    Raises InputError (UnknownId with the nearest ids) for a key, region, symptom or aim that doesn't exist,
    pain outside 1-10, a value of the wrong type, a text or list that is too long, and a drawing with
    neither regions nor aims.

    >>> from unknot.knowledge import load
    >>> drawing = read_drawing({"regions": {"temple:left": 7, "sacrum": 4}}, load())
    >>> {str(place): pain for place, pain in drawing.regions.items()}
    {'temple:left': 7, 'sacrum': 4}
    """
    if not isinstance(document, dict):
        raise InputError(
            f'the drawing must be an object like {{"regions": {{"sacrum": 4}}}}, not {_what(document)}'
        )
    for key in document:
        _known(_text(key, "a key"), KEYS, "key in the drawing")
    drawing = Drawing(
        regions=MappingProxyType(_regions(document.get("regions", {}), kb)),
        aggravated_by=_phrases(document.get("aggravated_by", []), "aggravated_by"),
        restricted_motion=_phrases(document.get("restricted_motion", []), "restricted_motion"),
        symptoms=_ids(document.get("symptoms", []), "symptoms", "symptom", kb.vocabulary.symptom),
        aims=_aims(document.get("aims", [])),
        complaint=_text(document.get("complaint", ""), "complaint"),
    )
    if not drawing.regions and not drawing.aims:
        raise InputError(f"give at least one region that hurts, or an aim: {', '.join(AIMS)}")
    return drawing


def _regions(given: object, kb: KnowledgeBase) -> dict[Place, int]:
    if not isinstance(given, dict):
        raise InputError(f'regions must be an object like {{"temple:left": 7}}, not {_what(given)}')
    both_sides: dict[Place, int] = {}
    one_side: dict[Place, int] = {}
    for text, pain in given.items():
        places = kb.places(_short(_text(text, "a region"), "region"))
        for place in places:
            (both_sides if len(places) > 1 else one_side)[place] = _pain(pain, text)
    drawn = both_sides | one_side
    return {place: drawn[place] for region in kb.regions for place in kb.places(region) if place in drawn}


def _pain(given: object, region: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise InputError(f"the pain at {region} must be a whole number from 1 to 10, not {_what(given)}")
    if not 1 <= given <= 10:
        shown = given if abs(given) < 1_000_000 else "so great a number"
        raise InputError(f"the pain at {region} must be a whole number from 1 to 10, not {shown}")
    return given


def _phrases(given: object, where: str) -> tuple[str, ...]:
    phrases = (" ".join(_text(entry, f"each entry of {where}").split()) for entry in _list(given, where))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _ids(given: object, where: str, kind: str, known: Iterable[str]) -> tuple[str, ...]:
    ids = tuple(known)
    return tuple(
        dict.fromkeys(_known(_text(e, f"each entry of {where}"), ids, kind) for e in _list(given, where))
    )


def _aims(given: object) -> tuple[Aim, ...]:
    chosen = [_text(entry, "each entry of aims") for entry in _list(given, "aims")]
    for aim in chosen:
        if aim not in AIMS:
            raise InputError(f"unknown aim {aim[:30]!r}: choose from {', '.join(AIMS)}")
    return tuple(aim for aim in AIMS if aim in chosen)


def _list(given: object, where: str) -> list[Any]:
    if not isinstance(given, list | tuple):
        raise InputError(f"{where} must be a list, not {_what(given)}")
    if len(given) > LONGEST_LIST:
        raise InputError(f"{where} has {len(given)} entries; {LONGEST_LIST} are the most")
    return list(given)


def _text(given: object, where: str) -> str:
    if not isinstance(given, str):
        raise InputError(f"{where} must be text, not {_what(given)}")
    if len(given) > LONGEST_TEXT:
        raise InputError(f"{where} is {len(given)} characters long; {LONGEST_TEXT} are the most")
    return given


def _known(given: str, known: Iterable[str], kind: str) -> str:
    ids = tuple(known)
    if _short(given, kind) not in ids:
        raise UnknownId(kind, given, ids)
    return given


def _short(given: str, kind: str) -> str:
    if len(given) > LONGEST_ID:
        raise InputError(f"unknown {kind}: {given[:30]!r} and {len(given) - 30} more characters")
    return given


def _what(given: object) -> str:
    if given is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", str: "text", dict: "an object", list: "a list"}
    if isinstance(given, float):
        return f"{given:g}"
    return kinds.get(type(given), type(given).__name__)
