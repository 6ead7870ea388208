"""
What people read for the ids of the rules, in English and Spanish (``labels.toml``, ``screening_es.toml``).

The labels say, too, how the questionnaire is laid out: which fact stands in which group, what a tick opens,
what stands behind the search. What a fact needs to be asked is not here: that is computed from the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from unknot.errors import KnowledgeError
from unknot.knowledge.places import Place
from unknot.knowledge.reading import Fact, freeze_fields
from unknot.knowledge.references import Problems, unknown
from unknot.knowledge.regions import Region
from unknot.knowledge.screening import Implies, Rule, Score, Stage, Vocabulary

Lang = Literal["en", "es"]
Who = Literal["client", "practitioner"]

FILE = "labels.toml"
FILE_ES = "screening_es.toml"
GATE = "gate"
VALUE = "value"
LABELLED = (
    "condition", "symptom", "medication", "event", "device", "technique", "means", "status", "allergy",
    "preference", "practitioner", "consent", "intake", "after", "level", "sex", "position",
)  # fmt: skip
"""The kinds of the vocabulary, each of whose ids has a label."""


class Words(Fact, frozen=True):
    """One text in both languages."""

    en: str
    es: str

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.es if lang == "es" else self.en


class Label(Fact, frozen=True):
    """
    What is read for one id, and how it is asked; the head of ``labels.toml`` says what each field means.

    ``opens`` and ``covered_by`` hold ids with their kind: ``symptom.neck_pain``.
    """

    en: str
    es: str
    names: tuple[str, ...] = ()
    who: Who = "client"
    rare: bool = False
    help: Words | None = None
    opens: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()
    if_new: str | None = None
    given: Mapping[str, str | bool | tuple[str, ...]] = {}
    statuses: Mapping[str, Words] = {}
    otherwise: str | None = None
    asks: Mapping[str, Words] = {}
    nowhere: Words | None = None
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        freeze_fields(self, "given", "statuses", "asks")

    def in_(self, lang: Lang) -> str:
        """The label in one language."""
        return self.es if lang == "es" else self.en


class Possible(Fact, frozen=True):
    """Ages (years) from ``age_gte`` to below ``age_lt``, and all sexes but ``not_sex``."""

    age_gte: float
    age_lt: float
    not_sex: tuple[str, ...]


class GroupLabel(Fact, frozen=True):
    """
    A group of the questionnaire: its words, and its common ``items`` in their order.

    ``stage``: the form that it belongs to; what is asked hands on the practitioner answers.
    ``age_gte`` (years): the rules that it asks for need this age. ``possible``: whom it can concern at all.
    ``searched`` marks the group of the rare items.
    """

    title: Words
    lead: Words
    items: tuple[str, ...] = ()
    none: Words | None = None
    stage: Stage = "booking"
    searched: bool = False
    age_gte: float | None = None
    possible: Possible | None = None


class UnitWords(Fact, frozen=True):
    """A unit: with a number (``{n} weeks``), with the number one, and by itself."""

    en: str
    es: str
    one: Words
    name: Words

    def count(self, number: float, lang: Lang) -> str:
        """The number with its unit: ``1 week``, ``6 weeks``."""
        if number == 1:
            return self.one.in_(lang)
        return (self.es if lang == "es" else self.en).format(n=f"{number:g}")


class RuleWords(Fact, frozen=True):
    """What a rule says to people in one language; ``clears`` is its ``clears_with.what``."""

    name: str
    asks: str
    action: str
    clears: str


class RulesEsFile(Fact, frozen=True):
    """``screening_es.toml``; ``score_item`` leads from an item's English text to the Spanish one."""

    rule: Mapping[str, RuleWords]
    score_item: Mapping[str, str]

    def __post_init__(self) -> None:
        """Make the tables read-only."""
        freeze_fields(self, "rule", "score_item")


Rows = Mapping[str, Label]


class Labels(Fact, frozen=True):
    """
    ``labels.toml``: a table a kind, then the words of the form, of places, aims and techniques.

    ``who`` holds whom ``clears_with.who`` names; ``region`` and ``technique_name`` are Spanish only, for
    their English stands with the facts.
    """

    condition: Rows
    symptom: Rows
    medication: Rows
    event: Rows
    device: Rows
    technique: Rows
    means: Rows
    status: Rows
    allergy: Rows
    preference: Rows
    practitioner: Rows
    consent: Rows
    intake: Rows
    after: Rows
    level: Rows
    sex: Rows
    position: Rows
    gate: Rows
    value: Rows
    group: Mapping[str, GroupLabel]
    stage: Mapping[str, Words]
    who: Mapping[str, Words]
    aim: Mapping[str, Words]
    question: Mapping[str, Words]
    phrase: Mapping[str, Words]
    unit: Mapping[str, UnitWords]
    technique_name: Mapping[str, str]
    region_group: Mapping[str, Words]
    side: Mapping[str, Words]
    region: Mapping[str, str]

    def __post_init__(self) -> None:
        """Make the tables read-only."""
        freeze_fields(self, *self.__struct_fields__)

    def of(self, kind: str, id_: str) -> Label:
        """The label of an id of a kind (``condition``, ``gate``, …); KeyError where there is none."""
        rows: Rows = getattr(self, kind) if kind in (*LABELLED, GATE, VALUE) else {}
        return rows[id_]

    def text(self, kind: str, id_: str, lang: Lang) -> str:
        """The words of an id in one language; KeyError where there are none."""
        return self.of(kind, id_).in_(lang)


def region_name(region: Region, labels: Labels, lang: Lang) -> str:
    """A region's name in one language."""
    return labels.region[region.id] if lang == "es" else region.name


def place_name(place: Place, regions: Mapping[str, Region], labels: Labels, lang: Lang) -> str:
    """A place in words: ``Temple, left``; ``Sien, izquierda``."""
    name = region_name(regions[place.region], labels, lang)
    return f"{name}, {labels.side[place.side].in_(lang)}" if place.side else name


def rule_words(rule: Rule, spanish: Mapping[str, RuleWords], lang: Lang) -> RuleWords:
    """What a rule says, in one language."""
    if lang == "es":
        return spanish[rule.id]
    return RuleWords(name=rule.name, asks=rule.asks, action=rule.action, clears=rule.clears_with.what)


def split_id(id_: str) -> tuple[str, str]:
    """
    Kind and id of an id that is written with its kind.

    >>> split_id("symptom.neck_pain")
    ('symptom', 'neck_pain')
    """
    kind, _, bare = id_.partition(".")
    return kind, bare


def of_labels(
    labels: Labels,
    vocabulary: Vocabulary,
    implies: Implies,
    rules: Iterable[Rule],
    regions: Iterable[str],
    techniques: Iterable[str],
) -> Problems:
    """Every id has its label and every label its id; what is opened says what opens it."""
    for kind in LABELLED:
        yield from same_ids(FILE, kind, getattr(labels, kind), vocabulary.ids(kind))
    yield from same_ids(FILE, "region", labels.region, regions)
    yield from same_ids(FILE, "technique_name", labels.technique_name, techniques)
    yield from same_ids(FILE, "who", labels.who, {r.clears_with.who for r in rules})
    known = {f"{kind}.{id_}" for kind in (*LABELLED, GATE, VALUE) for id_ in getattr(labels, kind)}
    for name, group in labels.group.items():
        yield from unknown(FILE, f"group.{name}", "items", ids=group.items, known=known, kind="label")
    for kind in (*LABELLED, GATE):
        for id_, label in getattr(labels, kind).items():
            yield from _of_label(f"{kind}.{id_}", label, vocabulary, implies, known)


def of_rules_es(spanish: RulesEsFile, rules: Iterable[str], scores: Iterable[Score]) -> Problems:
    """Every rule and every item of a score has its Spanish."""
    yield from same_ids(FILE_ES, "rule", spanish.rule, rules)
    items = {item.text for score in scores for item in score.items}
    yield from same_ids(FILE_ES, "score_item", spanish.score_item, items)


def implied_by(kind: str, id_: str, implies: Implies) -> frozenset[str]:
    """All ids of the same kind that a fact brings with it, itself too, until nothing is added."""
    found = {id_}
    queue = [id_]
    while queue:
        new = set(implies.get(kind, {}).get(queue.pop(), ())) - found
        found |= new
        queue += sorted(new)
    return frozenset(found)


def _of_label(
    entry: str, label: Label, vocabulary: Vocabulary, implies: Implies, known: Collection[str]
) -> Problems:
    kind, id_ = split_id(entry)
    for field, ids in (("opens", label.opens), ("covered_by", label.covered_by)):
        yield from unknown(FILE, entry, field, ids=ids, known=known, kind="label")
    statuses = [*label.statuses, *([label.otherwise] if label.otherwise else [])]
    yield from unknown(FILE, entry, "statuses", ids=statuses, known=vocabulary.status, kind="status")
    finer = [label.if_new] if label.if_new else []
    if finer and (kind not in implies or id_ not in implied_by(kind, finer[0], implies)):
        yield KnowledgeError(FILE, entry, "if_new", f"{finer[0]} doesn't imply it")
    yield from unknown(FILE, entry, "given", ids=label.given, known=vocabulary.qualifiers, kind="qualifier")
    for opened in label.opens if kind != GATE else ():
        opened_kind, opened_id = split_id(opened)
        if opened_kind != kind or id_ not in implied_by(kind, opened_id, implies):
            yield KnowledgeError(FILE, entry, "opens", f"{opened} doesn't imply it, so its no is no answer")


def same_ids(file: str, entry: str, given: Iterable[str], wanted: Iterable[str]) -> Problems:
    """Whatever stands in only one of the two."""
    have, need = set(given), set(wanted)
    for id_ in sorted(need - have):
        yield KnowledgeError(file, entry, id_, "is missing")
    for id_ in sorted(have - need):
        yield KnowledgeError(file, entry, id_, "belongs to nothing")
