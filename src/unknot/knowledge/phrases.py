"""Understanding what people say makes it worse: their own words, matched to the motions that we know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from unknot.knowledge.motions import Motion, Words
from unknot.knowledge.muscles import Muscle

Telling = frozenset[frozenset[str]]
"""The telling words of each of a phrase's clauses: without case, accents, endings, order, little words."""

_ENDINGS = (
    "arse",
    "erse",
    "irse",
    "iendo",
    "ando",
    "ing",
    "ado",
    "ido",
    "ar",
    "er",
    "ir",
    "ed",
    "o",
    "a",
    "e",
)
_SHORTEST_STEM = 3
_STRONG_BREAK = re.compile(r"[;.\n]")
_BREAK = re.compile(r"[,/+]|\b(?:and|or|while|when|y|e|o|u|mientras|cuando|al)\b")


class Phrases:
    """Every way to say a motion, by its telling words."""

    def __init__(self, words: Words, motions: Iterable[Motion], muscles: Iterable[Muscle]) -> None:
        """Index the motions; a muscle's phrase that no motion stands for is a motion of its own."""
        self._little = frozenset(words.little)
        self._denying = frozenset(words.denying)
        self._unable = re.compile(rf"\b(?:{'|'.join(map(re.escape, words.unable))})\b")
        self._motions = {m.id: m for m in motions}
        self._index: dict[Telling, dict[str, Motion]] = {}
        for motion in self._motions.values():
            self._add(
                motion,
                (motion.label, motion.label_es, *motion.aka),
                motion.aggravated_by,
                motion.restricted_motion,
            )
        for motion in _own_phrases(muscles):
            if self._telling(_plain(motion.label)) not in self._index:
                self._add(motion, motion.aka)

    def find(self, phrase: str) -> tuple[Motion, ...]:
        """The motions that the phrase means; see ``unknot.knowledge.motions.match_motion``."""
        if phrase in self._motions:
            return (self._motions[phrase],)
        plain = self._unable.sub(" ", _plain(phrase))
        found = self._whole(plain)
        for part in _STRONG_BREAK.split(plain) if not found else ():
            found |= self._whole(part) or self._in_parts(part)
        in_order = tuple(m for id_, m in self._motions.items() if id_ in found)
        return in_order or tuple(found.values())

    def _whole(self, plain: str) -> dict[str, Motion]:
        return dict(self._index.get(self._telling(plain), {}))

    def _in_parts(self, plain: str) -> dict[str, Motion]:
        if self._denying & set(re.findall(r"[a-z]+", plain)):
            return {}
        found: dict[str, Motion] = {}
        for part in _BREAK.split(plain):
            found |= self._whole(part)
        return found

    def _add(self, motion: Motion, *ways_to_say: tuple[str, ...]) -> None:
        for way in ways_to_say:
            for phrase in way:
                if telling := self._telling(_plain(phrase)):
                    self._index.setdefault(telling, {})[motion.id] = motion

    def _telling(self, plain: str) -> Telling:
        clauses = (
            frozenset(_stem(w) for w in re.findall(r"[a-z]+", clause) if w not in self._little)
            for clause in _STRONG_BREAK.split(plain)
        )
        return frozenset(words for words in clauses if words)


def _own_phrases(muscles: Iterable[Muscle]) -> Iterable[Motion]:
    """Each phrase of the muscles as a motion that stands for nothing else."""
    for muscle in muscles:
        for phrase in muscle.aggravated_by:
            yield Motion(_slug(phrase), phrase, phrase, (phrase,), (), aggravated_by=(phrase,))
        for phrase in muscle.restricted_motion:
            yield Motion(_slug(phrase), phrase, phrase, (phrase,), (), restricted_motion=(phrase,))


def _slug(phrase: str) -> str:
    return "_".join(re.findall(r"[a-z]+", phrase.lower()))


def _plain(phrase: str) -> str:
    """Lower case, without accents and apostrophes; hyphens read as spaces."""
    plain = phrase.lower()
    if not plain.isascii():
        plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.replace("'", "").replace("-", " ")


def _stem(word: str) -> str:
    """
    A word without its ending, English or Spanish; rough, but the same for all that is compared.

    >>> _stem("turning") == _stem("turns"), _stem("girar") == _stem("girando")
    (True, True)
    """
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    for ending in _ENDINGS if word.endswith(_ENDINGS) else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeouls"
    return word[:-1] if doubled else word
