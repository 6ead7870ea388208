"""What must hold within the screening rules: every id, token and region that they use exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from unknot.errors import KnowledgeError
from unknot.knowledge.references import Problems, unknown
from unknot.knowledge.regions import Region
from unknot.knowledge.screening import Adaptation, Clause, Rule, ScreeningFile, Vocabulary

FILE = "screening.toml"

KIND_OF_KEY = {
    "condition": "condition", "also_condition": "condition",
    "symptom": "symptom", "also_symptom": "symptom", "with_symptom": "symptom",
    "medication": "medication", "also_medication": "medication",
    "event": "event", "also_event": "event",
    "device": "device", "allergy": "allergy", "technique": "technique", "preference": "preference",
    "practitioner": "practitioner", "consent": "consent", "intake": "intake",
    "status": "status", "after": "after", "level_at_or_above": "level",
}  # fmt: skip
"""The keys of a clause that hold an id, and of which kind it must be."""

ANY_ALLERGY = "any"


def of_screening(file: ScreeningFile, regions: Mapping[str, Region]) -> Problems:
    """Every id that rules, scores, implications and plain words use stands in the vocabulary."""
    places = _Places(file, regions)
    for rule in file.rules:
        yield from _of_rule(rule, file, places)
    for id_, score in file.scores.items():
        for item in score.items:
            yield from _of_clauses(f"score.{id_}", item.when, file, places)
    for kind, implied in file.implies.items():
        if kind not in file.vocabulary.__struct_fields__:
            yield KnowledgeError(FILE, "implies", kind, "is no kind of the vocabulary")
            continue
        ids = [id_ for one, others in implied.items() for id_ in (one, *others)]
        known = file.vocabulary.ids(kind)
        yield from unknown(FILE, f"implies.{kind}", "-", ids=ids, known=known, kind=kind)
    vocabulary = {id_ for kind in set(KIND_OF_KEY.values()) for id_ in file.vocabulary.ids(kind)}
    words = file.plain_words
    yield from unknown(FILE, "plain_words", "-", ids=words, known=vocabulary, kind="id of the vocabulary")
    yield from _of_meta(file, places)
    yield from _of_vocabulary(file.vocabulary)


class _Places:
    """What may stand where a rule names a place."""

    def __init__(self, file: ScreeningFile, regions: Mapping[str, Region]) -> None:
        self.regions = frozenset(regions)
        self.groups = frozenset(r.group for r in regions.values())
        self.marked = self.regions | set(file.meta.place_tokens)
        self.applying = {"body", *file.meta.place_tokens, *self.groups, *file.meta.place_groups}


def _of_rule(rule: Rule, file: ScreeningFile, places: _Places) -> Problems:
    yield from _of_clauses(rule.id, rule.when, file, places)
    yield from _of_adaptation(rule.id, rule.adapt, file.vocabulary, places)
    standing = any(clause.always for clause in rule.when)
    if standing != (rule.stage == "standing"):
        yield KnowledgeError(FILE, rule.id, "stage", "`always` and the stage `standing` go together")
    if rule.urgency is not None and rule.category != "emergency":
        yield KnowledgeError(FILE, rule.id, "urgency", "belongs to an emergency")


def _of_clauses(entry: str, clauses: Iterable[Clause], file: ScreeningFile, places: _Places) -> Problems:
    for number, clause in enumerate(clauses):
        field = f"when[{number}]"
        given = msgspec.structs.asdict(clause)
        used = {key for key, value in given.items() if value is not None}
        for key in sorted(used & KIND_OF_KEY.keys()):
            if key == "allergy" and given[key] == ANY_ALLERGY:
                continue
            known = file.vocabulary.ids(KIND_OF_KEY[key])
            kind = f"{KIND_OF_KEY[key]} of the vocabulary"
            yield from unknown(FILE, entry, f"{field}.{key}", ids=[given[key]], known=known, kind=kind)
        if clause.score is not None:
            yield from unknown(
                FILE, entry, f"{field}.score", ids=[clause.score], known=file.scores, kind="score"
            )
        yield from unknown(
            FILE, entry, f"{field}.region_in", ids=clause.region_in or (), known=places.regions, kind="region"
        )
        if not used - {"urgency"}:
            yield KnowledgeError(FILE, entry, field, "says nothing, so it would always hold")


def _of_adaptation(entry: str, adapt: Adaptation, vocabulary: Vocabulary, places: _Places) -> Problems:
    place = "region or place token"
    for field, ids, known, kind in (
        ("avoid", adapt.avoid, places.marked, place),
        ("light_only", adapt.light_only, places.marked, place),
        ("face_rule", adapt.face_rule, places.regions, "region"),
        ("techniques_off", adapt.techniques_off, vocabulary.technique, "technique tag"),
        ("means_off", adapt.means_off, vocabulary.means, "means"),
        ("applies_to", (adapt.applies_to or "body",), places.applying, "place that a rule may apply to"),
    ):
        yield from unknown(FILE, entry, f"adapt.{field}", ids=ids, known=known, kind=kind)
    if bool(adapt.light_only) != (adapt.pressure_max_there is not None):
        yield KnowledgeError(FILE, entry, "adapt.pressure_max_there", "and light_only go together")


def _of_meta(file: ScreeningFile, places: _Places) -> Problems:
    for name, groups in file.meta.place_groups.items():
        kind = "group of regions"
        yield from unknown(FILE, "meta.place_groups", name, ids=groups, known=places.groups, kind=kind)


def _of_vocabulary(vocabulary: Vocabulary) -> Problems:
    entry = "vocabulary"
    kinds = set(vocabulary.__struct_fields__)
    lists = vocabulary.fact_lists.values()
    yield from unknown(FILE, entry, "fact_lists", ids=lists, known=kinds, kind="kind")
    for field, keys, fact in (
        ("when_keys", vocabulary.when_keys, Clause),
        ("adapt_keys", vocabulary.adapt_keys, Adaptation),
    ):
        yield from unknown(FILE, entry, field, ids=keys, known=fact.__struct_fields__, kind="key")
    for kind in kinds - {"fact_lists"}:
        ids = vocabulary.ids(kind)
        if len(set(ids)) < len(ids):
            yield KnowledgeError(FILE, entry, kind, "names an id twice")
