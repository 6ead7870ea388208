"""What planning says to people, in Spanish (``protocols_es.toml``); its English stands with the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from unknot.errors import KnowledgeError
from unknot.knowledge.labels import same_ids
from unknot.knowledge.protocols import AtHome
from unknot.knowledge.reading import Fact, freeze_fields

if TYPE_CHECKING:
    from unknot.knowledge.protocols import CourseRule, ProtocolsFile, Stage
    from unknot.knowledge.references import Problems

FILE_ES = "protocols_es.toml"


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


class ProtocolsEsFile(Fact, frozen=True):
    """``protocols_es.toml``: by the ids of the English entries."""

    course: CourseWords
    rule: Mapping[str, RuleText]
    stage: Mapping[str, StageWords]
    protocol: Mapping[str, ProtocolWords]
    at_home: Mapping[str, AtHome]

    def __post_init__(self) -> None:
        """Make the tables read-only."""
        freeze_fields(self, "rule", "stage", "protocol", "at_home")


def of_protocols_es(spanish: ProtocolsEsFile, english: ProtocolsFile) -> Problems:
    """Every entry that planning speaks from has its Spanish, as long as the English."""
    yield from same_ids(FILE_ES, "rule", spanish.rule, (rule.id for rule in english.course.rules))
    yield from same_ids(FILE_ES, "stage", spanish.stage, (stage.id for stage in english.stages))
    yield from same_ids(FILE_ES, "protocol", spanish.protocol, (p.id for p in english.protocols))
    yield from same_ids(FILE_ES, "at_home", spanish.at_home, english.at_home)
    yield from _rules(spanish.rule, english.course.rules)
    yield from _stages(spanish.stage, english.stages)
    yield from _said_at_home(spanish.at_home, english.at_home)


def _rules(spanish: Mapping[str, RuleText], english: Iterable[CourseRule]) -> Problems:
    for rule in english:
        if rule.id in spanish and (spanish[rule.id].without_pain is None) != (rule.without_pain is None):
            yield KnowledgeError(FILE_ES, f"rule.{rule.id}", "without_pain", "stands in one language only")


def _stages(spanish: Mapping[str, StageWords], english: Iterable[Stage]) -> Problems:
    for stage in english:
        if stage.id in spanish:
            yield from _as_many(f"stage.{stage.id}", "notes", spanish[stage.id].notes, stage.notes)


def _said_at_home(spanish: Mapping[str, AtHome], english: Mapping[str, AtHome]) -> Problems:
    for id_ in spanish.keys() & english.keys():
        for part in ("text", "dose"):
            if bool(getattr(spanish[id_], part)) != bool(getattr(english[id_], part)):
                yield KnowledgeError(FILE_ES, f"at_home.{id_}", part, "stands in one language only")


def _as_many(entry: str, field: str, spanish: tuple[str, ...], english: tuple[str, ...]) -> Problems:
    if len(spanish) != len(english):
        problem = f"has {len(spanish)} entries, the English has {len(english)}"
        yield KnowledgeError(FILE_ES, entry, field, problem)
