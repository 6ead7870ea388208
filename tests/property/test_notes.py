"""
What holds for every note, whatever was charted.

Each number that is charted is drawn from a range of its own, far from all others that a note could hold, and
no two are alike: a number found in a note then shows where it came from. What may be computed is computed
anew here, of the two numbers that belong together.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from fractions import Fraction

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.notes import Activity, Charted, Check, Finding, Hold, Measured, Motion, as_text, draft
from unknot.reasoning import AIMS, Drawing
from unknot.screening.result import STRICTNESS

KB = load()
LANGS = ("en", "es")
POINTS = [(m.id, p.id) for m in KB.muscles.values() for p in m.trigger_points]
PLACES = [place for region in KB.regions for place in KB.places(region)]
TECHNIQUES = [*KB.techniques, *KB.practices]
MOTIONS = [m.label for m in KB.motions.values()]
WORDS = ("cello", "it pulls", "each morning.", "my knee", "¡ay!", "stairs", "worse", "quiet; better", "")
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

quietly = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
often = settings(max_examples=40, **quietly)
very_often = settings(max_examples=1000, **quietly)

sides = st.sampled_from(("left", "right"))
maybe = st.none() | st.booleans()
plain_words = st.sampled_from(WORDS)
any_words = st.text(max_size=40) | st.text(alphabet='ab ",;:<>.\n\r\t\u00a0\u202e7{}()', max_size=20)


@st.composite
def sessions(draw: st.DrawFn, words=plain_words) -> Charted:
    """Anything that could be charted; each number once."""
    fresh = iter(random.Random(draw(st.integers(0, 10**6))).sample(range(2000, 4000, 10), 200))

    def number() -> int:
        return next(fresh)

    def perhaps() -> int | None:
        return number() if draw(st.booleans()) else None

    def some(one, most=3):
        return tuple(one() for _ in range(draw(st.integers(0, most))))

    pool = draw(st.lists(st.sampled_from(POINTS), min_size=1, max_size=3))

    def hold() -> Hold:
        muscle, point = draw(st.sampled_from(pool))
        traced = Measured(number() + 0.5, number() + 0.25, draw(st.sampled_from(("steady", "drifting"))))
        return Hold(
            muscle,
            draw(sides),
            point,
            draw(st.sampled_from(("pincer_compression", "self_compression"))),
            level=number(),
            seconds=number(),
            pain_during=perhaps(),
            pain_after=perhaps(),
            response=draw(st.sampled_from((None, "softened", "half", "none"))),
            from_memory=draw(st.booleans()),
            measured=traced if draw(st.booleans()) else None,
        )

    def finding() -> Finding:
        muscle, point = draw(st.sampled_from(POINTS))
        return Finding(
            muscle, draw(sides), point, draw(maybe), perhaps(), draw(maybe), draw(maybe), draw(words)
        )

    def drawing() -> Drawing:
        return Drawing(
            {place: number() for place in draw(st.lists(st.sampled_from(PLACES), max_size=4, unique=True))},
            aggravated_by=tuple(draw(st.lists(words | st.sampled_from(MOTIONS), max_size=3))),
            restricted_motion=tuple(draw(st.lists(words, max_size=2))),
            symptoms=tuple(draw(st.lists(st.sampled_from(KB.vocabulary.symptom), max_size=2, unique=True))),
            aims=tuple(draw(st.lists(st.sampled_from(AIMS), max_size=2, unique=True))),
            complaint=draw(words),
        )

    texts = st.lists(words, max_size=3).map(tuple)
    check = st.builds(Check, st.sampled_from(STRICTNESS), st.booleans(), texts, texts)
    return Charted(
        number=draw(st.sampled_from((None, 1, number()))),
        minutes=perhaps(),
        mode=draw(st.sampled_from(("in_person", "video"))),
        drawing=drawing() if draw(st.booleans()) else None,
        goals=draw(words),
        pain_last_week=perhaps(),
        pain_baseline=perhaps(),
        activities=some(lambda: Activity(draw(words), perhaps(), perhaps())),
        changed=draw(words),
        check=draw(st.none() | check),
        stopped=draw(st.none() | words),
        consented=draw(maybe),
        consented_areas=draw(texts),
        declined_areas=draw(texts),
        findings=some(finding),
        motions=some(lambda: Motion(draw(words), draw(st.none() | sides), perhaps(), perhaps())),
        posture=draw(texts),
        holds=some(hold, most=6),
        techniques=tuple(draw(st.lists(st.sampled_from(TECHNIQUES), max_size=3))),
        pain_before=perhaps(),
        pain_after=perhaps(),
        reaction=draw(words),
        home_care=draw(texts),
        next_visit=draw(words),
        decision=draw(words),
    )


# ---- numbers


def numbers(text: str) -> list[str]:
    """The numbers of a note without the ends of its scales; those in the names of points are no numbers."""
    text = re.sub(r"(?<=\d)(?:/10| (?:of|de) 5)\b", "", text)
    return re.findall(r"(?<![\w.-])\d+(?:\.\d+)?", text)


def written(number: float) -> str:
    return str(number) if isinstance(number, int) else f"{number:.1f}".removesuffix(".0")


def charted_numbers(thing: object) -> set[str]:
    """Every number anywhere in what was charted."""
    if isinstance(thing, bool) or thing is None or isinstance(thing, str):
        return set()
    if isinstance(thing, int | float):
        return {written(thing)}
    if isinstance(thing, msgspec.Struct):
        thing = [getattr(thing, name) for name in thing.__struct_fields__]
    elif isinstance(thing, dict):
        thing = list(thing.values())
    return {number for entry in thing for number in charted_numbers(entry)}


def computed(charted: Charted) -> set[str]:
    """Differences and percentages of two numbers that belong together."""
    pairs = [
        (charted.pain_before, charted.pain_after),
        (charted.pain_baseline, charted.pain_last_week),
        *((activity.baseline, activity.now) for activity in charted.activities),
        *((motion.before, motion.after) for motion in charted.motions),
    ]
    whole = [(one, two) for one, two in pairs if one is not None and two is not None]
    differences = {str(abs(two - one)) for one, two in whole}
    halves_up = {str(int(Fraction(100 * abs(two - one), one) + Fraction(1, 2))) for one, two in whole}
    return differences | halves_up


def in_labels(charted: Charted, lang: str) -> set[str]:
    """Numbers of the symptoms' own labels: who ticks "in the last 6 weeks" said so."""
    symptoms = charted.drawing.symptoms if charted.drawing else ()
    return {n for s in symptoms for n in re.findall(r"\d+", KB.labels.text("symptom", s, lang))}


def check_numbers(charted: Charted) -> None:
    found = {}
    for lang in LANGS:
        note = draft(charted, KB, lang=lang)
        found[lang] = Counter(numbers(as_text(note, lang=lang)))
        known = charted_numbers(charted) | computed(charted) | in_labels(charted, lang)
        assert not set(found[lang]) - known
    assert found["en"] == found["es"]


def check_holds(charted: Charted) -> None:
    """Each point's holds in one line, counted, with their seconds and levels in the order held."""
    told = " ".join(draft(charted, KB).objective)
    groups: dict[tuple[str, ...], list[Hold]] = {}
    for hold in charted.holds:
        groups.setdefault((hold.muscle, hold.side, hold.trigger_point, hold.technique), []).append(hold)
    counted = re.findall(r"\b(\w+) holds? of \d", told)
    assert [COUNTS[word] for word in counted] == [len(group) for group in groups.values()]
    for group in groups.values():
        for values in ([h.seconds for h in group], [h.level for h in group]):
            assert " and ".join(", ".join(map(str, values)).rsplit(", ", 1)) in told


# ---- form


def sentences(charted: Charted, lang: str) -> list[str]:
    note = draft(charted, KB, lang=lang)
    return [s for section in (note.subjective, note.objective, note.assessment, note.plan) for s in section]


def check_form(charted: Charted) -> None:
    for lang in LANGS:
        for sentence in sentences(charted, lang):
            assert sentence.endswith(".")
            assert not sentence.endswith(("..", ",.", ";.", ":.", " ."))
            assert sentence[0].isupper()
            assert sentence.isprintable()
            assert sentence == " ".join(sentence.split())
            assert not set("<>") & set(sentence)


def check_nothing_is_left_empty(charted: Charted) -> None:
    for lang in LANGS:
        for sentence in sentences(charted, lang):
            assert not re.search(r'None|\(\)|\[\]|\{|\}|""|: [;,.]|; ?[;.]|, [,.;]', sentence), sentence


def check_a_stopped_visit(charted: Charted) -> None:
    stopped = msgspec.structs.replace(charted, holds=(), techniques=(), stopped=charted.stopped or "wait")
    note = draft(stopped, KB)
    untreated = " ".join((*note.objective, *note.assessment, *note.plan))
    assert "no treatment was given" in untreated
    assert not re.search(
        r"holds?\b|Done:|at the end of the session|Within this visit|active|latent", untreated
    )


@often
@given(sessions())
def test_every_number_was_given_or_is_computed_of_two_that_were(charted):
    check_numbers(charted)
    check_holds(charted)


@often
@given(sessions())
def test_nothing_is_left_empty_and_a_stopped_visit_tells_of_no_treatment(charted):
    check_nothing_is_left_empty(charted)
    check_a_stopped_visit(charted)


@often
@given(sessions(words=any_words))
def test_whatever_people_write_the_note_is_plain_sentences(charted):
    check_form(charted)


@often
@given(sessions(words=any_words))
def test_of_nothing_no_number_is_told(charted):
    """Who charts words only finds no number but their own."""
    said = Charted(goals=charted.goals, changed=charted.changed, next_visit=charted.next_visit)
    own = f"{said.goals}{said.changed}{said.next_visit}"
    for lang in LANGS:
        told = as_text(draft(said, KB, lang=lang), lang=lang)
        assert Counter(c for c in told if c.isdigit()) <= Counter(c for c in own if c.isdigit())


@pytest.mark.long
@very_often
@given(sessions())
def test_a_thousand_sessions(charted):
    check_numbers(charted)
    check_holds(charted)
    check_nothing_is_left_empty(charted)
    check_a_stopped_visit(charted)


@pytest.mark.long
@very_often
@given(sessions(words=any_words))
def test_a_thousand_sessions_in_any_words(charted):
    check_form(charted)
