"""What must hold between the parts of the knowledge base; `unknot knowledge check` asks for it."""

from __future__ import annotations

from collections.abc import Callable

from unknot.errors import KnowledgeError
from unknot.knowledge.base import KnowledgeBase
from unknot.knowledge.protocols import disagreements
from unknot.knowledge.references import Problems, unknown

PARTS = (
    "regions", "muscles", "motions", "techniques", "practices", "rules", "conditions", "questions",
    "benefits", "origins", "considerations", "instruments", "responses", "us_states", "canada",
    "countries", "bodies", "practitioner_types", "prices", "cpt", "icd", "coverage",
    "protocols",
)  # fmt: skip
"""The lists of a KnowledgeBase, by the name of their property."""
WORDS = ("labels", "rules_es", "planning_es")
"""What else is read: the words for the lists' ids, in both languages."""


def check(kb: KnowledgeBase) -> tuple[KnowledgeError, ...]:
    """
    Everything that is wrong; an empty tuple says that every fact is right.

    It is the first problem of each part that can't be read, or, when all can be, whatever parts disagree on.
    """
    broken: dict[str, KnowledgeError] = {}
    for part in (*PARTS, *WORDS):
        try:
            getattr(kb, part)
        except KnowledgeError as error:
            broken.setdefault(str(error), error)
    if broken:
        return tuple(broken.values())
    return tuple(problem for crossing in CROSSINGS for problem in crossing(kb))


def _techniques(kb: KnowledgeBase) -> Problems:
    for technique in kb.techniques.values():
        tags, known = technique.tags, kb.vocabulary.technique
        yield from unknown(
            "techniques.toml",
            technique.id,
            "tags",
            ids=tags,
            known=known,
            kind="technique tag of screening.toml",
        )


def _rules(kb: KnowledgeBase) -> Problems:
    for rule in kb.rules.values():
        named = rule.adapt.exception
        yield from unknown(
            "screening.toml", rule.id, "adapt.exception", ids=named, known=kb.muscles, kind="muscle"
        )
        for id_ in named:
            if id_ in kb.muscles and kb.muscles[id_].grip is None:
                problem = f"{id_!r} has no grip that would open the place"
                yield KnowledgeError("screening.toml", rule.id, "adapt.exception", problem)


def _conditions(kb: KnowledgeBase) -> Problems:
    for condition in kb.conditions.values():
        active = (m for found in condition.muscles_found for m in (found.muscle, *found.with_))
        either = (m for found in condition.muscles_found_any for m in (found.muscle, *found.with_))
        asked = [r.screening for r in condition.rule_out if r.screening]
        practices = [h.practice for h in condition.what_helps_with_it if h.practice]
        for field, ids, known, kind in (
            ("muscles_commonly", condition.muscles_commonly, kb.muscles, "muscle"),
            ("muscles_found", (*active, *either), kb.muscles, "muscle"),
            ("outcome", condition.outcome, kb.instruments, "outcome measure"),
            ("rule_out", asked, kb.rules, "screening rule"),
            ("what_helps_with_it", practices, kb.practices, "practice"),
        ):
            yield from unknown("conditions.toml", condition.id, field, ids=ids, known=known, kind=kind)


def _questions(kb: KnowledgeBase) -> Problems:
    file = "questions.toml"
    seen = {
        *kb.muscles, *kb.techniques, *kb.practices, *kb.conditions, *kb.bodies, *kb.practitioner_types,
        *kb.instruments, *kb.questions,
    }  # fmt: skip
    for question in kb.questions.values():
        kind = "entry of the knowledge base"
        yield from unknown(file, question.id, "see", ids=question.see, known=seen, kind=kind)
    screened = [(q.id, q.screening) for q in kb.questions.values()]
    screened += [(c.id, c.screening) for c in kb.considerations.values()]
    for entry, rules in screened:
        yield from unknown(file, entry, "screening", ids=rules, known=kb.rules, kind="screening rule")
    for benefit in kb.benefits.values():
        measure = [benefit.measure] if benefit.measure else []
        kind = "outcome measure"
        yield from unknown(file, benefit.id, "measure", ids=measure, known=kb.instruments, kind=kind)


def _motions(kb: KnowledgeBase) -> Problems:
    for field in ("aggravated_by", "restricted_motion"):
        phrases = {phrase for muscle in kb.muscles.values() for phrase in getattr(muscle, field)}
        for motion in kb.motions.values():
            named = getattr(motion, field)
            kind = "phrase of a muscle"
            yield from unknown("motions.toml", motion.id, field, ids=named, known=phrases, kind=kind)


CROSSINGS: tuple[Callable[[KnowledgeBase], Problems], ...] = (
    _techniques, _rules, _conditions, _questions, _motions, disagreements,
)  # fmt: skip
