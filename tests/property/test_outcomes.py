"""What holds for every score, change and re-evaluation, whatever was rated."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.outcomes import (
    Answer,
    Verdict,
    change,
    measure,
    re_evaluate,
    read_ratings,
    report,
    response,
    score,
    to_json,
)

KB = load()
WORST_TO_BEST = tuple(Verdict)[:-1]
ACTIVITIES = ("stairs", "desk", "shoes", "lifting", "sleep")
PARTS = (None, "neck", "low_back")
often = settings(max_examples=150, deadline=None)


def numbers(key: str) -> st.SearchStrategy[Any]:
    low, high = measure(key, KB).range
    return st.integers(int(low), int(high)) | st.floats(low, high)


def whole(key: str) -> st.SearchStrategy[Any]:
    low, high = measure(key, KB).range
    return st.integers(int(low), int(high))


activities = st.dictionaries(
    st.sampled_from(ACTIVITIES), numbers("psfs") | st.none(), min_size=1, max_size=5
).filter(lambda ratings: any(r is not None for r in ratings.values()))
three = st.lists(st.integers(0, 10) | st.floats(0, 10), min_size=3, max_size=3)
GIVEN: dict[str, st.SearchStrategy[Any]] = {
    "nprs": numbers("nprs"),
    "nprs:knee:left": numbers("nprs"),
    "nprs_24h": three,
    "pain_impact": three,
    "psfs": activities,
    "groc": whole("groc"),
    "pgic": whole("pgic"),
    "sane": numbers("sane"),
    "headache_days": whole("headache_days"),
    "rmdq": whole("rmdq") | st.lists(st.booleans() | st.none(), min_size=24, max_size=24),
    "pain_extent": st.lists(st.sampled_from(sorted(KB.regions)), max_size=12),
    "ppt": st.lists(st.floats(0, 2000), min_size=1, max_size=3),
    "arom_lumbar:flexion": st.lists(st.integers(0, 180), min_size=1, max_size=2),
    "ndi": numbers("ndi"),
    "promis": numbers("promis"),
    "lefs": numbers("lefs"),
}
RATED_FROM_A_BASELINE = tuple(key for key in GIVEN if key not in ("groc", "pgic"))
answers = st.sampled_from(sorted(GIVEN)).flatmap(lambda key: st.tuples(st.just(key), GIVEN[key]))


def pairs_of(many: int) -> st.SearchStrategy[Any]:
    """Several answers to the same measure, with the part where the pain is."""
    return st.sampled_from(RATED_FROM_A_BASELINE).flatmap(
        lambda key: st.tuples(st.just(key), st.lists(GIVEN[key], min_size=many, max_size=many))
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A course of up to six visits, scores missing here and there."""
    keys = draw(st.lists(st.sampled_from(sorted(GIVEN)), max_size=4, unique=True))
    sessions = sorted(draw(st.lists(st.integers(0, 7), max_size=6, unique=True)))
    visits = []
    day = 0
    for session in sessions:
        scores = {
            key: None if key in ("groc", "pgic") and not session else draw(GIVEN[key] | st.none())
            for key in keys
            if draw(st.integers(0, 5))
        }
        visits.append(
            {
                "sessions": session,
                "day": day,
                "scores": scores,
                "new_danger_sign": draw(st.sampled_from((None, False, False, True))),
            }
        )
        day += draw(st.integers(0, 14))
    return {"visits": visits, "part": draw(st.sampled_from(PARTS))}


# Scores


@often
@given(answers)
def test_a_score_lies_within_the_range_of_its_measure(answer):
    key, told = answer
    least, greatest = measure(key, KB).range
    assert least <= score(key, told, KB).value <= greatest


@often
@given(answers, st.randoms(use_true_random=False))
def test_a_score_is_the_same_in_whatever_order_its_items_stand(answer, chance):
    key, told = answer
    if isinstance(told, dict):
        shuffled: Any = list(told.items())
        chance.shuffle(shuffled)
        assert score(key, dict(shuffled), KB) == score(key, told, KB)
    elif isinstance(told, list):
        shuffled = list(told)
        chance.shuffle(shuffled)
        assert score(key, shuffled, KB) == score(key, told, KB)


# Change


@often
@given(pairs_of(2), st.sampled_from(PARTS))
def test_change_is_antisymmetric(pair, part):
    key, (one, other) = pair
    a, b = score(key, one, KB), score(key, other, KB)
    if key == "psfs" and not {n for n, _ in a.activities} & {n for n, _ in b.activities}:
        return
    there, back = change(a, b, KB, part=part), change(b, a, KB, part=part)
    assert there.better_by == -back.better_by
    if there.limits == back.limits and there.verdict is not Verdict.NOT_JUDGED:
        assert WORST_TO_BEST.index(there.verdict) + WORST_TO_BEST.index(back.verdict) == 4


@often
@given(pairs_of(3), st.sampled_from(PARTS))
def test_the_better_the_score_the_better_the_verdict_and_the_response(pair, part):
    key, (before, one, other) = pair
    if key == "psfs":
        before, one, other = (
            {"stairs": sum(filter(None, d.values())) / len(d)} for d in (before, one, other)
        )
    changes = [change(score(key, before, KB), score(key, now, KB), KB, part=part) for now in (one, other)]
    worse, better = sorted(changes, key=lambda c: c.better_by)
    if worse.verdict is not Verdict.NOT_JUDGED:
        assert WORST_TO_BEST.index(worse.verdict) <= WORST_TO_BEST.index(better.verdict)
    assert (response(worse, KB).responder or False) <= (response(better, KB).responder or False)
    assert (response(worse, KB).strong or False) <= (response(better, KB).strong or False)


@often
@given(pairs_of(2))
def test_a_verdict_says_what_its_limits_say(pair):
    key, (before, now) = pair
    if key == "psfs":
        before, now = {"desk": 4, "stairs": 2}, {"desk": 5, "stairs": next(filter(None, now.values()), 0)}
    found = change(score(key, before, KB), score(key, now, KB), KB)
    mdc, size = found.limits.mdc, abs(found.better_by)
    assert (found.verdict is Verdict.NOT_JUDGED) == (mdc is None)
    assert (found.verdict is Verdict.WITHIN_NOISE) == (mdc is not None and size < mdc)
    if found.verdict in (Verdict.MEANINGFULLY_BETTER, Verdict.MEANINGFULLY_WORSE):
        assert size >= max(mdc, found.limits.mcid)
    if found.too_mild:
        assert found.verdict is not Verdict.MEANINGFULLY_BETTER


# Response


@often
@given(numbers("nprs"), numbers("nprs"))
def test_the_levels_of_response_follow_from_points_and_percent(before, now):
    found = change(score("nprs", before, KB), score("nprs", now, KB), KB)
    called = response(found, KB)
    percent = found.percent or 0
    assert called.strong == (percent >= 50 or found.better_by >= 4)
    assert called.responder == (percent >= 30 or found.better_by >= 2)
    assert (called.level is not None) == (called.responder or percent >= 10)
    if found.verdict in (Verdict.WORSE, Verdict.MEANINGFULLY_WORSE):
        assert called.level is None


# Re-evaluation


@often
@given(documents())
def test_any_course_can_be_read_and_judged(document):
    reported = report(read_ratings(document, KB), KB)
    told = to_json(reported)
    assert told["re_evaluation"]["answer"] in tuple(Answer)
    assert reported.re_evaluation.reasons
    assert {o.measure for o in reported.outcomes} == {k for v in document["visits"] for k in v["scores"]}


@often
@given(documents())
def test_the_order_of_the_scores_changes_nothing(document):
    turned = document | {
        "visits": [v | {"scores": dict(reversed(v["scores"].items()))} for v in document["visits"]]
    }
    one, other = (re_evaluate(read_ratings(d, KB), KB) for d in (document, turned))
    assert one.answer is other.answer
    assert one.screen_again == other.screen_again
    assert {(m.what, m.at) for m in one.missing} == {(m.what, m.at) for m in other.missing}


@often
@given(documents())
def test_going_on_takes_three_sessions_two_measures_and_no_danger(document):
    ratings = read_ratings(document, KB)
    found = re_evaluate(ratings, KB)
    if found.answer not in (Answer.GO_ON, Answer.SPACE_OUT):
        return
    last = ratings.visits[-1]
    (reason,) = found.reasons
    assert last.sessions >= 3
    assert not last.new_danger_sign
    assert len(reason.measures) >= 2
    assert {"groc", "pgic"} & set(reason.measures)
    for key in reason.measures:
        assert last.scores[key] is not None
        assert key in ("groc", "pgic") or ratings.visits[0].scores[key] is not None


@often
@given(documents())
def test_a_danger_sign_refers_and_nothing_outweighs_it(document):
    visits = document["visits"]
    if not visits or not visits[-1]["sessions"]:
        return
    danger = document | {"visits": [*visits[:-1], visits[-1] | {"new_danger_sign": True}]}
    found = re_evaluate(read_ratings(danger, KB), KB)
    assert found.answer is Answer.REFER
    assert found.screen_again


@often
@given(documents())
def test_a_plot_shows_only_scores_that_were_given(document):
    for outcome in report(read_ratings(document, KB), KB).outcomes:
        for point in outcome.series.points:
            visit = next(v for v in document["visits"] if v["sessions"] == point.sessions)
            assert (point.value is None) == (visit["scores"][outcome.measure] is None)
        least, greatest = outcome.series.range
        for low, high in pairwise((least, *(outcome.series.band or ()), greatest)):
            assert low <= high


@often
@given(numbers("nprs") | st.none(), numbers("nprs") | st.none())
def test_a_text_states_no_number_that_nobody_gave(before, now):
    visits = [{"sessions": n, "day": 7 * n, "scores": {"nprs": g}} for n, g in enumerate((before, now))]
    (outcome,) = report(read_ratings({"visits": visits}, KB), KB).outcomes
    given_numbers = {f"{round(g, 1):g}" for g in (before, now) if g is not None}
    said = re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", outcome.says.client) if outcome.says else []
    assert set(said) <= given_numbers
    assert (outcome.says is None) == (before is None or now is None)


@often
@given(documents())
def test_a_report_can_be_encoded(document):
    assert msgspec.json.encode(report(read_ratings(document, KB), KB, lang="es"))
