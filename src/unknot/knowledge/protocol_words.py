"""What planning says to people, in Spanish (``protocols_es.toml``); its English stands with the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from unknot.errors import KnowledgeError
from unknot.knowledge.labels import same_ids
from unknot.knowledge.reading import Fact, freeze_fields

if TYPE_CHECKING:
    from unknot.knowledge.protocols import CourseRule, ProtocolsFile, Stage
    from unknot.knowledge.references import Problems
    from unknot.knowledge.techniques import Practice, Technique

FILE_ES = "protocols_es.toml"
SELF_TREATED = ("self_compression",)
"""The techniques that a client does alone, so that their words are theirs to read."""


class CourseWords(Fact, frozen=True):
    """What the length of a course rests on."""

    note: str


class RuleText(Fact, frozen=True):
    """A course's rule, and what it says without pain, None where it then says nothing."""

    text: str
    without_pain: str | None = None


class StageWords(Fact, frozen=True):
    """What a session is for, without pain too, and its notes."""

    focus: str
    without_pain: str
    notes: tuple[str, ...]


class ProtocolWords(Fact, frozen=True):
    """The default protocol of an aim."""

    name: str
    emphasis: str
    note: str


class PracticeWords(Fact, frozen=True):
    """How a practice is done, how much of it, and with what it isn't."""

    combine: str
    dose: str
    avoid_when: tuple[str, ...]


class TechniqueWords(Fact, frozen=True):
    """When pressing ends, and with what it isn't done."""

    stop_when: str
    avoid_when: tuple[str, ...]


class ProtocolsEsFile(Fact, frozen=True):
    """``protocols_es.toml``: by the ids of the English entries."""

    course: CourseWords
    rule: Mapping[str, RuleText]
    stage: Mapping[str, StageWords]
    protocol: Mapping[str, ProtocolWords]
    practice: Mapping[str, PracticeWords]
    technique: Mapping[str, TechniqueWords]

    def __post_init__(self) -> None:
        """Make the tables read-only."""
        freeze_fields(self, "rule", "stage", "protocol", "practice", "technique")


def of_protocols_es(
    spanish: ProtocolsEsFile,
    english: ProtocolsFile,
    practices: Mapping[str, Practice],
    techniques: Mapping[str, Technique],
) -> Problems:
    """Every entry that planning speaks from has its Spanish, as long as the English."""
    advised = {habit.practice for habit in english.habits} | {"stretching", "corrective_exercise"}
    advised |= {"heat_therapy", *(id_ for protocol in english.protocols for id_ in protocol.practices)}
    yield from same_ids(FILE_ES, "rule", spanish.rule, (rule.id for rule in english.course.rules))
    yield from same_ids(FILE_ES, "stage", spanish.stage, (stage.id for stage in english.stages))
    yield from same_ids(FILE_ES, "protocol", spanish.protocol, (p.id for p in english.protocols))
    yield from same_ids(FILE_ES, "practice", spanish.practice, advised)
    yield from same_ids(FILE_ES, "technique", spanish.technique, SELF_TREATED)
    yield from _rules(spanish.rule, english.course.rules)
    yield from _stages(spanish.stage, english.stages)
    for kind, words, facts in (
        ("practice", spanish.practice, practices),
        ("technique", spanish.technique, techniques),
    ):
        for id_ in words.keys() & facts.keys():
            yield from _as_many(f"{kind}.{id_}", "avoid_when", words[id_].avoid_when, facts[id_].avoid_when)


def _rules(spanish: Mapping[str, RuleText], english: Iterable[CourseRule]) -> Problems:
    for rule in english:
        if rule.id in spanish and (spanish[rule.id].without_pain is None) != (rule.without_pain is None):
            yield KnowledgeError(FILE_ES, f"rule.{rule.id}", "without_pain", "stands in one language only")


def _stages(spanish: Mapping[str, StageWords], english: Iterable[Stage]) -> Problems:
    for stage in english:
        if stage.id in spanish:
            yield from _as_many(f"stage.{stage.id}", "notes", spanish[stage.id].notes, stage.notes)


def _as_many(entry: str, field: str, spanish: tuple[str, ...], english: tuple[str, ...]) -> Problems:
    if len(spanish) != len(english):
        problem = f"has {len(spanish)} entries, the English has {len(english)}"
        yield KnowledgeError(FILE_ES, entry, field, problem)
