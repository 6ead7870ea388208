"""Motions and loads of daily life, each with the phrases of the muscles it stands for (``motions.toml``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from unknot.knowledge.reading import Fact

if TYPE_CHECKING:
    from unknot.knowledge.base import KnowledgeBase

NonEmpty = Annotated[tuple[str, ...], Meta(min_length=1)]


class Motion(Fact, frozen=True):
    """
    A motion or load of daily life, as people say it.

    ``aka`` holds other ways to say it, English and Spanish. ``aggravated_by`` and ``restricted_motion`` hold,
    word for word, the phrases of the muscles that it stands for. ``regions`` names the parts of the body
    (groups of ``regions.toml``) for which a form suggests it; with none it is understood, never suggested.
    """

    id: str
    label: str
    label_es: str
    aka: NonEmpty
    regions: tuple[str, ...]
    aggravated_by: tuple[str, ...] = ()
    restricted_motion: tuple[str, ...] = ()


class Words(Fact, frozen=True):
    """
    Words that steer the reading of a phrase, in lower case, without accents and apostrophes.

    ``little`` ones don't count, ``denying`` ones turn a phrase round or tell of relief, ``unable`` ones say
    that a motion is hindered and deny nothing.
    """

    little: NonEmpty
    denying: NonEmpty
    unable: NonEmpty


class MotionsFile(Fact, frozen=True):
    """``motions.toml``."""

    words: Words
    motions: tuple[Motion, ...] = field(name="motion")


def match_motion(phrase: str, kb: KnowledgeBase) -> tuple[Motion, ...]:
    """
    The motions that a phrase in somebody's own words means, in the file's order; none where it isn't known.

    Two phrases are the same when their telling words are: case, accents, order, endings and little words
    ("my", "left", "for hours", "hurts") don't count. A phrase of several parts ("turning my head and looking
    up") gives the motions of each. A phrase of a muscle, word for word, gives the motions that stand for it,
    or itself where none does; the id of a motion gives that motion. What is denied or brings relief ("better
    when walking") matches nothing.

    >>> from unknot.knowledge import load
    >>> [m.id for m in match_motion("When I turn my head to the left", load())]
    ['turning_head']
    >>> match_motion("singing in the choir", load())
    ()
    """
    return kb.phrases.find(phrase)
