"""
How a note is worded, in English or Spanish: lists, numbers, places, trigger points, people's own words.

The sentences stand with what they tell, in the modules of the four sections. The knowledge base has no
Spanish names of muscles: a Spanish note uses the Latin ones, which every colleague reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.labels import Lang, Words, region_name
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import Side

NOT_RECORDED = Words(en="Not recorded: {things}.", es="Sin registrar: {things}.")
UNKNOWN = Words(en="not recorded", es="sin registrar")
SIDE: Mapping[Side, Words] = {
    "left": Words(en="left", es="lado izquierdo"),
    "right": Words(en="right", es="lado derecho"),
}
BOTH_SIDES = Words(en="both sides", es="ambos lados")
POINT = Words(en="{point} in the {muscle}", es="{point} de {muscle}")
NAMED_POINT = Words(en="trigger point ({id})", es="punto gatillo ({id})")
SIDED_MUSCLE = Words(en="{side} {muscle}", es="{muscle} ({side})")
PART_OF_MUSCLE = "{part} of the {side} {muscle}"
COUNTS: Mapping[Lang, tuple[str, ...]] = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "es": ("una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
}
"""Counts of holds up to ten; in Spanish a hold is feminine."""

PRACTICE_ES: Mapping[str, str] = {
    "stretching": "Estiramientos",
    "heat_therapy": "Calor",
    "cold_therapy": "Frío",
    "tens_electrotherapy": "TENS y electroterapia",
    "acupuncture": "Acupuntura",
    "dry_needling": "Punción seca de puntos gatillo",
    "chiropractic_adjustment": "Ajuste quiropráctico",
    "posture_ergonomics": "Postura y ergonomía",
    "corrective_exercise": "Ejercicio correctivo",
    "breathing_relaxation": "Respiración y relajación",
    "hydration": "Beber agua después del masaje",
}
"""The practices' names, which the knowledge base has in English only."""

_NO_TAGS = str.maketrans("<>", "\u2039\u203a")


def plain(text: str) -> str:
    r"""
    Somebody's text as part of a sentence of ours: one line, nothing that a page could take for a tag.

    What closes it is left to the sentence that it stands in.

    >>> plain("  Chin tucks,\n 10 times. ")
    'Chin tucks, 10 times'
    """
    seen = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(seen.translate(_NO_TAGS).split()).rstrip(" .,;:")


def names(texts: Iterable[str]) -> str:
    """Names and short phrases of ours as a list within a sentence; nothing where there are none."""
    return "; ".join(lowered(said) for text in texts if (said := plain(text)))


def quoted(text: str) -> str:
    r"""
    Somebody's own words in quotation marks; nothing where they said nothing.

    >>> print(quoted('It "pulls"\nup to my eye.'))
    "It 'pulls' up to my eye"
    """
    said = plain(text).replace('"', "'")
    return f'"{said}"' if said else ""


def lowered(words: str) -> str:
    """A name inside a sentence; "TENS" and "C5" keep their capitals."""
    return words if words[1:2].isupper() or words[1:2].isdigit() else words[:1].lower() + words[1:]


def number(value: float) -> str:
    """A measured number, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


class Speaker:
    """Puts what was charted into the words of one language."""

    def __init__(self, kb: KnowledgeBase, lang: Lang = "en") -> None:
        self._kb, self._lang = kb, lang

    def say(self, words: Words, **told: object) -> str:
        """A sentence, or a part of one, with what it tells."""
        return words.in_(self._lang).format(**told)

    def listed(self, things: Sequence[str]) -> str:
        """A list as it is written in a sentence: "a, b and c"."""
        if len(things) < 2:
            return "".join(things)
        *first, last = things
        return f"{', '.join(first)} {self._and(last)} {last}"

    def count(self, n: int) -> str:
        """How many holds, in a word up to ten."""
        words = COUNTS[self._lang]
        return words[n - 1] if n <= len(words) else str(n)

    def not_recorded(self, things: Mapping[Words, bool]) -> Iterable[str]:
        """One sentence for all that a colleague would look for, and that nobody charted."""
        missing = [self.say(thing) for thing, is_missing in things.items() if is_missing]
        if missing:
            yield self.say(NOT_RECORDED, things=self.listed(missing))

    # ---- the body

    def place(self, places: Collection[Place]) -> str:
        """One region, on the sides given: ``temple (right)``, ``occiput (both sides)``, ``sacrum``."""
        region = self._kb.regions[next(iter(places)).region]
        name = _bare(region_name(region, self._kb.labels, self._lang))
        sides = [place.side for place in places if place.side]
        if not sides:
            return name
        return f"{name} ({self.say(BOTH_SIDES if len(sides) > 1 else SIDE[sides[0]])})"

    def places(self, places: Iterable[Place]) -> str:
        """Places as a list, each region once."""
        regions: dict[str, list[Place]] = {}
        for place in places:
            regions.setdefault(place.region, []).append(place)
        return self.listed([self.place(sides) for sides in regions.values()])

    def point(self, muscle: str, side: Side, trigger_point: str) -> str:
        """A trigger point: ``TrP1 in the right upper trapezius``."""
        where = self._muscle(muscle_of(muscle, self._kb), side)
        id_ = point_of(muscle, trigger_point, self._kb).id
        point = id_ if id_.startswith("TrP") else self.say(NAMED_POINT, id=id_)
        return self.say(POINT, point=point, muscle=where)

    def _muscle(self, muscle: Muscle, side: Side) -> str:
        if self._lang == "es":
            latin = muscle.latin.removeprefix("Musculus ").removeprefix("Musculi ")
            return self.say(SIDED_MUSCLE, muscle=lowered(latin), side=self.say(SIDE[side]))
        whole, comma, part = lowered(muscle.name).partition(", ")
        if comma and "(" not in whole:  # "Deltoid, anterior part" is the anterior part of the deltoid
            return PART_OF_MUSCLE.format(part=part, side=side, muscle=whole)
        return self.say(SIDED_MUSCLE, muscle=lowered(muscle.name), side=side)

    # ---- what was told and done

    def technique(self, id_: str) -> str:
        """The name of a technique or practice; raises UnknownId for one that doesn't exist."""
        techniques, practices = self._kb.techniques, self._kb.practices
        if id_ in techniques:
            spanish: Mapping[str, str] = self._kb.labels.technique_name
            return spanish[id_] if self._lang == "es" else techniques[id_].name
        if id_ in practices:
            return PRACTICE_ES[id_] if self._lang == "es" else practices[id_].name
        raise UnknownId("technique", id_, [*techniques, *practices])

    def motion(self, phrase: str) -> str:
        """What makes it worse: a motion of the form by its name, anything else in the client's words."""
        for motion in self._kb.motions.values():
            if phrase in (motion.id, motion.label, motion.label_es):
                return lowered(motion.label_es if self._lang == "es" else motion.label)
        return quoted(phrase)

    def symptom(self, id_: str) -> str:
        """A symptom by its label, without the explanation in brackets."""
        return _bare(self._kb.labels.text("symptom", id_, self._lang))

    def aim(self, aim: str) -> str:
        """What is wanted without pain."""
        return lowered(self.say(self._kb.labels.aim[aim]))

    def _and(self, following: str) -> str:
        if self._lang == "en":
            return "and"
        sound = following.lstrip('"').lower().removeprefix("h")
        return "e" if sound.startswith("i") else "y"


def muscle_of(id_: str, kb: KnowledgeBase) -> Muscle:
    """The muscle; raises UnknownId for one that doesn't exist."""
    if id_ not in kb.muscles:
        raise UnknownId("muscle", id_, kb.muscles)
    return kb.muscles[id_]


def point_of(muscle: str, id_: str, kb: KnowledgeBase) -> TriggerPoint:
    """The trigger point of the muscle; raises UnknownId for one that doesn't exist."""
    points = {point.id: point for point in muscle_of(muscle, kb).trigger_points}
    if id_ not in points:
        raise UnknownId(f"trigger point of {muscle}", id_, points)
    return points[id_]


def _bare(label: str) -> str:
    return lowered(label.partition(" (")[0])
