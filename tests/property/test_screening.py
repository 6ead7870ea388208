"""What holds for every document of answers, whatever it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from unknot.errors import InputError
from unknot.knowledge import load
from unknot.screening import answers_from_json, open_if_unknown, read_answers, screen, to_json
from unknot.screening.result import STOPPING, STRICTNESS

KB = load()
WORDS = KB.vocabulary
LISTS = dict(WORDS.fact_lists)
ASKED = ("booking", "day", "hands_on")
TREATABLE = ("all", "elsewhere", "none")
SOME_PLACES = (
    "temple:left",
    "neck_front:right",
    "sternum",
    "forearm_dorsal:left",
    "low_back",
    "calf_upper:right",
)

pytestmark = [pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")]
often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

times = st.one_of(
    st.fixed_dictionaries({}),
    *(st.fixed_dictionaries({key: st.integers(0, 60)}) for key in ("hours_ago", "days_ago", "weeks_ago")),
)
qualifiers = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(WORDS.status),
        "new": st.booleans(),
        "place": st.lists(st.sampled_from(SOME_PLACES), max_size=2),
        "value": st.integers(0, 10),
        "percent": st.integers(0, 20),
        "after": st.sampled_from(WORDS.after),
        "level": st.sampled_from(WORDS.level),
        "for_weeks": st.integers(0, 10),
        "days_per_month": st.integers(0, 31),
    },
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, Any]:
    """The key of a list of facts, and an entry for it."""
    key = draw(st.sampled_from(tuple(LISTS)))
    id_ = draw(st.sampled_from(WORDS.ids(LISTS[key])))
    if draw(st.booleans()):
        return key, id_
    return key, {LISTS[key]: id_, **draw(qualifiers), **draw(times)}


values = st.fixed_dictionaries(
    {"age": st.integers(0, 100)},
    optional={
        "pregnancy": st.booleans(),
        "bp_systolic": st.integers(80, 220),
        "bp_diastolic": st.integers(50, 140),
        "temperature_c": st.floats(35, 41),
        "consent": st.sampled_from(WORDS.consent),
        "intake": st.sampled_from(WORDS.intake),
        "intake_age_days": st.integers(0, 400),
        "regions": st.lists(st.sampled_from((*SOME_PLACES, "genitals", "groin:left")), max_size=2),
        "scores": st.dictionaries(st.sampled_from(tuple(KB.scores)), st.integers(0, 4)),
    },
)
stages = st.sampled_from([list(ASKED[:n]) for n in range(4)])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    facts = draw(values)
    for key, entry in draw(st.lists(entries(), max_size=6)):
        facts.setdefault(key, []).append(entry)
    rules = st.lists(st.sampled_from(tuple(KB.rules)), max_size=4)
    return {"facts": facts, "answered": draw(stages) + draw(rules), "unknown": draw(rules)}


@st.composite
def clearances(draw: st.DrawFn, *, of: list[str]) -> list[dict[str, Any]]:
    notes = []
    for rule in draw(st.lists(st.sampled_from(of), max_size=4)):
        by = st.one_of(
            st.just(KB.rules[rule].clears_with.who), st.sampled_from(["client", "physician", "time"])
        )
        notes.append({"rule": rule, "by": draw(by), "days_ago": draw(st.integers(0, 100))})
    return notes


def result(document: dict[str, Any]):
    return screen(read_answers(document, KB), KB)


def strictness(screening):
    return STRICTNESS.index(screening.decision)


def with_entry(document, key, entry):
    facts = document["facts"]
    return document | {"facts": facts | {key: [*facts.get(key, []), entry]}}


@often
@given(documents(), entries())
def test_adding_a_risk_never_makes_it_milder(document, added):
    before, after = result(document), result(with_entry(document, *added))
    assert strictness(after) >= strictness(before)
    assert TREATABLE.index(after.treatable) >= TREATABLE.index(before.treatable)
    assert {f.rule for f in before.fired} <= {f.rule for f in after.fired}
    assert set(before.techniques_off) <= set(after.techniques_off)
    if before.pressure_max is not None:
        assert after.pressure_max is not None
        assert after.pressure_max <= before.pressure_max


@often
@given(documents(), st.sampled_from(("bp_systolic", "bp_diastolic", "temperature_c")), st.integers(0, 60))
def test_a_higher_reading_never_makes_it_milder(document, reading, more):
    assume(reading in document["facts"])
    higher = min(document["facts"][reading] + more, 46 if reading == "temperature_c" else 250)
    after = result(document | {"facts": document["facts"] | {reading: higher}})
    assert strictness(after) >= strictness(result(document))


@often
@given(documents())
def test_the_strictest_rule_wins(document):
    screening = result(document)
    deciding = [f.category for f in screening.fired if not f.standing]
    expected = max(deciding, key=STRICTNESS.index, default="proceed")
    if screening.positions == ():
        expected = max(expected, "clearance", key=STRICTNESS.index)
    assert screening.decision == expected
    assert [STRICTNESS.index(c) for c in deciding] == sorted(map(STRICTNESS.index, deciding), reverse=True)


@often
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(document, random):
    shuffled = {
        key: list(value) if isinstance(value, list) else value for key, value in document["facts"].items()
    }
    for told in shuffled.values():
        if isinstance(told, list):
            random.shuffle(told)
    other = document | {"facts": dict(reversed(shuffled.items())), "answered": document["answered"][::-1]}
    assert to_json(result(document)) == to_json(result(other))


@often
@given(documents())
def test_unanswered_never_counts_as_no(document):
    screening = result(document)
    fired = {f.rule for f in screening.fired}
    reached = max((ASKED.index(s) for s in document["answered"] if s in ASKED), default=0)
    for rule in KB.rules.values():
        if rule.stage not in ASKED[: reached + 1] or rule.id in fired:
            assert rule.id not in screening.unanswered
        elif not {rule.stage, rule.id} & set(document["answered"]) and not _is_about_pregnancy(
            rule, document
        ):
            assert rule.id in screening.unanswered
            assert screening.held or rule.category not in STOPPING


def _is_about_pregnancy(rule, document):
    return document["facts"].get("pregnancy") is False and all(clause.pregnancy for clause in rule.when)


@often
@given(documents(), st.data())
def test_answering_a_stage_never_holds_more_within_it(document, data):
    """Answering all of a stage with "none" closes its questions and opens those of the stages before only."""
    stage = data.draw(st.sampled_from(ASKED))
    answered = result(document | {"answered": [*document["answered"], stage], "unknown": []})
    assert not [rule for rule in answered.unanswered if KB.rules[rule].stage == stage]


@often
@given(documents(), st.data())
def test_a_clearance_never_makes_it_stricter(document, data):
    before = result(document)
    notes = data.draw(clearances(of=[f.rule for f in before.fired]))
    after = result(document | {"clearances": notes})
    assert strictness(after) <= strictness(before)
    assert TREATABLE.index(after.treatable) <= TREATABLE.index(before.treatable)
    assert [f.rule for f in after.fired if f.cleared] or after == before


@often
@given(documents())
def test_house_rules_never_decide(document):
    screening = result(document)
    assert {f.rule for f in screening.fired if f.standing} == {
        r.id for r in KB.rules.values() if r.stage == "standing"
    }
    assert not [r for r in screening.unanswered if KB.rules[r].stage == "standing"]
    if all(f.standing for f in screening.fired):
        assert screening.decision == "proceed"


@often
@given(documents(), entries())
def test_an_unknown_leaves_open_what_would_fire(document, supposed):
    answers = read_answers(document, KB)
    fact = read_answers(with_entry({"facts": {"age": 1}}, *supposed), KB).facts.told[0]
    left_open = set(open_if_unknown(answers, fact, KB))
    before = {f.rule for f in result(document).fired}
    assert left_open == {f.rule for f in result(with_entry(document, *supposed)).fired} - before


@often
@given(documents())
def test_the_result_survives_json(document):
    text = json.dumps(document)
    assert answers_from_json(text, KB) == read_answers(document, KB)
    written = to_json(result(document))
    assert json.loads(json.dumps(written)) == written


@often
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=8)
        | st.sampled_from(
            (
                *LISTS,
                *LISTS.values(),
                *WORDS.fact_values,
                *WORDS.qualifiers,
                "facts",
                "answered",
                "clearances",
            )
        ),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(max_size=5)
                | st.sampled_from((*LISTS, *WORDS.fact_values, "facts", "answered", "unknown")),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_document_is_refused_in_one_line(garbage):
    document = {"facts": {"age": 40, "conditions": garbage}, "answered": garbage}
    for given_ in (garbage, document):
        message = refusal(given_)
        assert message is None or len(message.splitlines()) == 1


def refusal(document: object) -> str | None:
    """Why a document is refused; None where it isn't, and then it can be screened."""
    try:
        answers = read_answers(document, KB)
    except InputError as error:
        return str(error)
    assert to_json(screen(answers, KB))["decision"] in STRICTNESS
    return None
