"""
What a visitor carries from page to page, in POST bodies only.

Each page's form says by its hidden ``step`` whose fields it holds; what earlier (or later) pages gave travels
beside them in two hidden fields, ``drawing`` and ``selection``, as JSON. So every page can be reached from
every other without losing anything, without scripts, and without the server keeping a thing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from unknot.errors import InputError
from unknot.reasoning.drawing import AIMS, Drawing, read_drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from unknot.knowledge import KnowledgeBase

PAIN = "pain-"
ANSWER = "q-"
OWN_WORDS_MAX = 2000


@dataclass(frozen=True)
class Walk:
    """
    What the visitor gave so far, as they typed it, good or bad.

    ``pains`` maps a place (as text) to what was typed for it; ``worse`` are labels of motions and ``words``
    the visitor's own; ``selection`` maps the fields of the safety questions to their values.
    """

    pains: Mapping[str, str] = field(default_factory=dict)
    aims: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    words: str = ""
    selection: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def drawing_json(self) -> str:
        """The hidden field ``drawing``."""
        return json.dumps({"pains": self.pains, "aims": self.aims, "worse": self.worse, "words": self.words})

    @property
    def selection_json(self) -> str:
        """The hidden field ``selection``."""
        return json.dumps(self.selection)

    def drawing_document(self) -> dict[str, Any]:
        """The drawing as ``read_drawing`` takes it."""
        said = [w.strip() for w in re.split(r"[\n;,]+", self.words) if w.strip()]
        return {
            "regions": {place: _number(typed) for place, typed in self.pains.items()},
            "aims": list(self.aims),
            "aggravated_by": [*self.worse, *said][:50],
        }


class Unreadable(InputError):  # noqa: N818 - it says what the field is
    """A carried field is not what our own pages send; ``walk`` is all that could be read beside it."""

    def __init__(self, walk: Walk) -> None:
        """Keep what could be read."""
        message = _("Part of what came with this page could not be read. Please look it through again.")
        super().__init__(message)
        self.walk = walk


def read_walk(post: QueryDict) -> Walk:
    """
    What a POST carries, with the fields of the page it comes from on top.

    Raises Unreadable, with the rest, when a carried field is not what our own pages send.
    """
    try:
        carried = walk_of(post.get("drawing", ""), post.get("selection", ""))
    except Unreadable as error:
        raise Unreadable(_with_the_page(error.walk, post)) from None
    return _with_the_page(carried, post)


def walk_of(drawing: str, selection: str) -> Walk:
    """A walk from its two carried fields, as a draft keeps them. Raises Unreadable."""
    drawn, chosen = _drawn(drawing), _selection(selection)
    walk = replace(drawn or Walk(), selection=chosen or {})
    if drawn is None or chosen is None:
        raise Unreadable(walk)
    return walk


def _with_the_page(carried: Walk, post: QueryDict) -> Walk:
    match post.get("step"):
        case "drawing":
            pains = {k.removeprefix(PAIN): post.get(k, "").strip() for k in post if k.startswith(PAIN)}
            marked = {place: typed for place, typed in pains.items() if typed}
            return replace(carried, pains=marked, aims=tuple(post.getlist("aim")))
        case "motions":
            words = post.get("words", "").strip()
            return replace(carried, worse=tuple(post.getlist("worse")), words=words)
        case "safety":
            fields = {k: post.getlist(k) for k in post if k.startswith(ANSWER) and any(post.getlist(k))}
            return replace(carried, selection=fields)
        case _:
            return carried


def drawing_errors(walk: Walk, kb: KnowledgeBase) -> dict[str, str]:
    """What is wrong with the drawing, by field (``pain-temple:left``, or ``drawing`` for the whole)."""
    errors = {}
    for place, typed in walk.pains.items():
        if (number := _number(typed)) is None or not 1 <= number <= 10:
            errors[PAIN + place] = _("Give a whole number from 1 to 10, or leave it empty.")
        try:
            kb.places(place)
        except InputError:
            no_place = _("“%(place)s” is no place on our list; mark another.")
            errors["drawing"] = no_place % {"place": place[:40]}
    if not walk.pains and not walk.aims:
        errors["drawing"] = _("Mark at least one place that hurts, or say below what you would like instead.")
    if any(aim not in AIMS for aim in walk.aims):
        errors["drawing"] = _("Choose your aims from the list.")
    return errors


def words_error(walk: Walk) -> str | None:
    """What is wrong with the visitor's own words, if anything."""
    if len(walk.words) > OWN_WORDS_MAX:
        return _("Please shorten your own words to %(most)s characters; they have %(given)s.") % {
            "most": OWN_WORDS_MAX,
            "given": len(walk.words),
        }
    return None


def drawing_of(walk: Walk, kb: KnowledgeBase) -> Drawing:
    """The drawing as the core takes it. Raises InputError."""
    return read_drawing(walk.drawing_document(), kb)


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) else None


def _drawn(carried: str | None) -> Walk | None:
    """The hidden field ``drawing``; None when it can't be read."""
    try:
        drawing = json.loads(carried or "{}")
        return Walk(
            pains={_text(k): _text(v) for k, v in drawing.get("pains", {}).items()},
            aims=tuple(map(_text, drawing.get("aims", []))),
            worse=tuple(map(_text, drawing.get("worse", []))),
            words=_text(drawing.get("words", "")),
        )
    except UNREADABLE:
        return None


def _selection(carried: str | None) -> dict[str, list[str]] | None:
    """The hidden field ``selection``; None when it can't be read."""
    try:
        fields = json.loads(carried or "{}")
        return {_text(name): [_text(value) for value in values] for name, values in fields.items()}
    except UNREADABLE:
        return None


UNREADABLE = (ValueError, TypeError, AttributeError, RecursionError)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # half of a surrogate pair is no text, and no page could show it
    return value
