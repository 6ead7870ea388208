"""What people read for an id: in both languages, plain, short, and true to the rules' own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from unknot.errors import KnowledgeError
from unknot.knowledge import KnowledgeBase, load
from unknot.knowledge.labels import GATE, LABELLED, Label, implied_by, place_name, region_name, rule_words
from unknot.knowledge.places import Place
from unknot.knowledge.reading import DATA
from unknot.knowledge.screening import Rule

KB = load()
LABELS = KB.labels
LONGEST_LABEL, LONGEST_GATE = 140, 150
SAME_IN_BOTH = {"Asthma", "Diabetes", "Lupus", "Psoriasis", "Cannabis", "Osteoporosis", "Osteopenia"}
"""Words that English and Spanish share; only these may read alike (and the levels of the spine)."""


def labelled() -> Iterator[tuple[str, str, Label]]:
    for kind in (*LABELLED, GATE, "value"):
        for id_, label in getattr(LABELS, kind).items():
            yield kind, id_, label


@pytest.mark.parametrize("kind", LABELLED)
def test_every_id_of_the_vocabulary_reads_in_both_languages(kind: str) -> None:
    rows = getattr(LABELS, kind)
    assert set(rows) == set(KB.vocabulary.ids(kind))
    assert all(label.en.strip() and label.es.strip() for label in rows.values())


def test_no_label_shows_an_id() -> None:
    shown = [text for _, _, label in labelled() for text in (label.en, label.es, *label.names)]
    for part in (LABELS.question, LABELS.who, LABELS.aim, LABELS.stage, LABELS.phrase, LABELS.side):
        shown += [text for words in part.values() for text in (words.en, words.es)]
    for group in LABELS.group.values():
        shown += [group.title.en, group.title.es, group.lead.en, group.lead.es]
    shown += [*LABELS.region.values(), *LABELS.technique_name.values()]
    assert not [text for text in shown if "_" in text]


def test_labels_are_short() -> None:
    too_long = {
        f"{kind}.{id_}"
        for kind, id_, label in labelled()
        if max(len(label.en), len(label.es)) > (LONGEST_GATE if kind == GATE else LONGEST_LABEL)
    }
    assert not too_long


def test_the_spanish_is_spanish() -> None:
    alike = {label.en for kind, _, label in labelled() if label.en == label.es and kind != "level"}
    assert alike <= SAME_IN_BOTH


@pytest.mark.parametrize("id_", KB.plain_words)
def test_the_checklists_own_words_are_kept(id_: str) -> None:
    """A form that shortens them makes emergencies of ordinary people."""
    label = next(label for kind, one, label in labelled() if one == id_ and kind in ("condition", "symptom"))
    shown = {*words_of(label.en), *words_of(label.help.en if label.help else "")}
    assert set(words_of(KB.plain_words[id_])) <= shown


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


@pytest.mark.parametrize("rule", KB.rules.values(), ids=KB.rules.keys())
def test_every_rule_speaks_spanish(rule: Rule) -> None:
    english, spanish = rule_words(rule, KB.rules_es, "en"), rule_words(rule, KB.rules_es, "es")
    for field in ("name", "asks", "action", "clears"):
        text = getattr(spanish, field)
        assert text.strip()
        assert text != getattr(english, field) or text in SAME_IN_BOTH
    assert ("?" in english.asks) == ("¿" in spanish.asks)
    assert not spanish.action.endswith(",")


@pytest.mark.parametrize(
    "rule", [r for r in KB.rules.values() if r.category == "emergency"], ids=lambda r: r.id
)
def test_an_emergency_says_in_spanish_when_and_where_to_go(rule: Rule) -> None:
    english, spanish = rule.action.lower(), KB.rules_es[rule.id].action.lower()
    calls = re.search(r"call emergency services", english)
    assert not calls or "llame a emergencias" in spanish
    today = re.search(r"\btoday\b|same-day", english)
    assert not today or "hoy" in spanish
    now = re.search(r"\bnow\b|at once", english)
    assert not now or re.search(r"\bahora\b|de inmediato", spanish)
    assert ("stop" in english) == ("deténgase" in spanish)


@pytest.mark.parametrize("rule", KB.rules.values(), ids=KB.rules.keys())
def test_numbers_are_the_same_in_both_languages(rule: Rule) -> None:
    """A limit lost in translation is a wrong answer."""
    written = {"one": "1", "two": "2", "three": "3", "six": "6", "twelve": "12"}
    for field in ("asks", "action", "clears"):
        english = getattr(rule_words(rule, KB.rules_es, "en"), field)
        spanish = getattr(KB.rules_es[rule.id], field)
        assert not (digits(english) - digits(spanish)) - set(written.values()), (field, english, spanish)
        assert not (digits(spanish) - digits(english)) - set(written.values()), (field, english, spanish)


def digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_places_have_names_in_both_languages() -> None:
    assert set(LABELS.region) == set(KB.regions)
    temple = Place("temple", "left")
    assert place_name(temple, KB.regions, LABELS, "en") == "Temple, left"
    assert place_name(temple, KB.regions, LABELS, "es") == "Sien, izquierda"
    assert region_name(KB.regions["sacrum"], LABELS, "es") == "Sacro"
    assert len(set(LABELS.region.values())) == len(LABELS.region)
    assert {region.group for region in KB.regions.values()} == set(LABELS.region_group)


def test_techniques_and_whom_a_letter_goes_to_have_spanish() -> None:
    assert set(LABELS.technique_name) == set(KB.techniques)
    assert set(LABELS.who) == {rule.clears_with.who for rule in KB.rules.values()}


def test_statuses_are_those_that_a_rule_names_and_one_neutral_at_most() -> None:
    for id_, label in LABELS.condition.items():
        implied = implied_by("condition", id_, KB.implies)
        named = {c.status for r in KB.rules.values() for c in r.when if c.condition in implied and c.status}
        offered = set(label.statuses) | ({label.otherwise} if label.otherwise else set())
        assert offered - named <= {label.otherwise}, id_
        assert not label.statuses or named <= offered, id_


@pytest.mark.parametrize(
    ("found", "put", "says"),
    [
        ('[condition.angina]\nen = "Angina, treated by a doctor"', "[condition.angina]", "en"),
        ("[condition.angina]", "[condition.angine]", "angina"),
        ('covered_by = ["event.stroke"]', 'covered_by = ["event.strike"]', "event.strike"),
        ('opens = ["symptom.fever_stiff_neck"]', 'opens = ["symptom.nausea"]', "doesn't imply it"),
        ('given = { status = "flare" }', 'given = { statis = "flare" }', "statis"),
        ('vertex = "Coronilla (vértex)"\n', "", "vertex"),
    ],
)
def test_a_wrong_label_is_named(tmp_path: Path, found: str, put: str, says: str) -> None:
    folder = tmp_path / "data"
    copytree(DATA, folder)
    file = folder / "labels.toml"
    text = file.read_text("utf-8")
    assert found in text
    file.write_text(text.replace(found, put, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=r"labels\.toml") as error:
        _ = KnowledgeBase(folder).labels
    assert says in str(error.value)


def test_a_rule_without_spanish_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copytree(DATA, folder)
    file = folder / "screening_es.toml"
    file.write_text(file.read_text("utf-8").replace("[rule.gout]", "[rule.goat]"), "utf-8")
    with pytest.raises(KnowledgeError, match=r"screening_es\.toml: rule: gout: is missing"):
        _ = KnowledgeBase(folder).rules_es
