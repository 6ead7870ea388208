"""
The re-evaluation: go on, space out, change the approach, or refer; or too little is known to say.

What is worded in the knowledge base is taken as it stands there: the rules of a course (``protocols.toml``,
[[course.rule]]), the responses and the steps of the interpretation (``outcomes.toml``). Where two readings
were possible, ``docs/outcomes.md`` says which was taken. It is decision support: the practitioner decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.outcomes.change import (
    Change,
    Verdict,
    change,
    noisier_part,
    not_rated,
    shares_activities,
)
from unknot.outcomes.measures import Measure, measure
from unknot.outcomes.ratings import Ratings, Visit
from unknot.outcomes.response import DETERIORATION, has_deteriorated, response

EXPECTED = ("nprs", "psfs")
"""What the rule asks for: "rate the pain and one hard activity again"."""
GLOBAL_RATING = "global_rating"
DANGER_SIGN = "new_danger_sign"


class Answer(StrEnum):
    """What the rules say after the re-evaluation."""

    GO_ON = "go_on"
    SPACE_OUT = "space_out"
    CHANGE_APPROACH = "change_approach"
    REFER = "refer"
    NOT_ENOUGH_DATA = "not_enough_data"


ReasonId = Literal[
    "danger_sign", "worse_twice", "worse", "gain_holds", "improves", "only_small", "disagree", "no_change",
    "too_early", "no_comparison", "too_close", "too_mild", "no_global_rating",
]  # fmt: skip

RULE_OF: dict[ReasonId, str] = {
    "danger_sign": "worse",
    "worse_twice": "worse",
    "worse": "worse",
    "gain_holds": "go_on",
    "improves": "go_on",
    "only_small": "go_on",
    "disagree": "go_on",
    "no_change": "stop_or_refer",
    "too_early": "re_evaluate",
    "no_comparison": "re_evaluate",
    "too_close": "re_evaluate",
    "too_mild": "re_evaluate",
    "no_global_rating": "go_on",
}
"""The rule of a course that each reason rests on."""
SCREENING_FIRST: tuple[ReasonId, ...] = ("danger_sign", "worse_twice")


class Reason(msgspec.Struct, frozen=True):
    """Why, by which measures; ``see`` names the entries of the knowledge base that carry the sources."""

    id: ReasonId
    measures: tuple[str, ...]
    see: tuple[str, ...]


class Missing(msgspec.Struct, frozen=True):
    """
    What nobody gave: a measure, ``global_rating`` or ``new_danger_sign``, before or now.

    ``activities`` are those of the baseline that have no rating now.
    """

    what: str
    at: Literal["baseline", "now"]
    activities: tuple[str, ...] = ()


class ReEvaluation(msgspec.Struct, frozen=True):
    """
    The answer after so many ``sessions``.

    ``screen_again``: the safety questions come before the next session. ``missing`` is listed whatever the
    answer, and no earlier rating stands in for it.
    """

    answer: Answer
    sessions: int
    reasons: tuple[Reason, ...]
    screen_again: bool
    missing: tuple[Missing, ...]


Standing = Literal["improved", "small", "unchanged", "worse", "too_mild"]


class _Judged(msgspec.Struct, frozen=True):
    """A measure that can be compared at the last visit, and where it stands."""

    of: Measure
    change: Change
    standing: Standing


Said = tuple[Answer, tuple[Reason, ...]]


def re_evaluate(ratings: Ratings, kb: KnowledgeBase) -> ReEvaluation:
    """What the rules say after the last visit of ``ratings``."""
    if not ratings.since:
        early = (_reason("too_early", (), kb),)
        return ReEvaluation(Answer.NOT_ENOUGH_DATA, 0, early, screen_again=False, missing=())
    last = ratings.since[-1]
    judged = _judged(ratings, last, kb)
    answer, reasons = (
        _danger(ratings, last, kb)
        or _too_early(last, kb)
        or _too_little(ratings, last, judged, kb)
        or _by_change(ratings, last, judged, kb)
    )
    return ReEvaluation(
        answer=answer,
        sessions=last.sessions,
        reasons=reasons,
        screen_again=any(r.id in SCREENING_FIRST for r in reasons)
        or _is_meaningfully_worse(ratings, last, kb),
        missing=_missing(ratings, last, kb),
    )


# What comes before every comparison


def _danger(ratings: Ratings, last: Visit, kb: KnowledgeBase) -> Said | None:
    """A new danger sign, or pain clearly worse on two visits running, whatever the number of sessions."""
    reasons = []
    if last.new_danger_sign:
        reasons.append(_reason("danger_sign", (), kb))
    if worse := [key for key in ratings.keys if _is_worse_running(ratings, measure(key, kb), kb)]:
        reasons.append(_reason("worse_twice", worse, kb))
    return (Answer.REFER, tuple(reasons)) if reasons else None


def _is_worse_running(ratings: Ratings, of: Measure, kb: KnowledgeBase) -> bool:
    visits = kb.responses[DETERIORATION].visits
    changes = _last_changes(ratings, of, visits, kb)
    return len(changes) == visits and all(has_deteriorated(c, kb) for c in changes)


def _last_changes(ratings: Ratings, of: Measure, visits: int, kb: KnowledgeBase) -> list[Change]:
    """Those of the last ``visits`` that have a score; fewer than asked for where one is missing."""
    found = (ratings.change_at(visit, of, kb, anywhere=True) for visit in ratings.since[-visits:])
    return [c for c in found if c is not None]


def _is_meaningfully_worse(ratings: Ratings, last: Visit, kb: KnowledgeBase) -> bool:
    """Step 4 asks to screen again then, whatever else is known."""
    changes = (ratings.change_at(last, measure(key, kb), kb) for key in ratings.keys)
    return any(c is not None and c.verdict is Verdict.MEANINGFULLY_WORSE for c in changes)


def _too_early(last: Visit, kb: KnowledgeBase) -> Said | None:
    if last.sessions >= kb.planning.course.re_evaluate_after:
        return None
    return Answer.NOT_ENOUGH_DATA, (_reason("too_early", (), kb),)


# Where each measure stands


def _judged(ratings: Ratings, last: Visit, kb: KnowledgeBase) -> tuple[_Judged, ...]:
    if _is_too_close(ratings, last, kb):
        return ()
    found = []
    for key in ratings.keys:
        of = measure(key, kb)
        changed = ratings.change_at(last, of, kb) if of.judges else None
        if changed is not None:
            found.append(_Judged(of, changed, _standing(ratings, of, changed, kb)))
    return tuple(found)


def _is_too_close(ratings: Ratings, last: Visit, kb: KnowledgeBase) -> bool:
    return ratings.days_since_baseline(last) < kb.interpretation.apart_days


def _standing(ratings: Ratings, of: Measure, changed: Change, kb: KnowledgeBase) -> Standing:
    if changed.verdict in (Verdict.MEANINGFULLY_WORSE, Verdict.WORSE):
        return "worse"
    if _has_improved(changed, kb) or _shows_a_trend(ratings, of, kb):
        return "improved"
    if changed.verdict is Verdict.BETTER:
        return "small"
    return "too_mild" if changed.too_mild else "unchanged"


def _has_improved(changed: Change, kb: KnowledgeBase) -> bool:
    """Meaningfully better, or a response by the rules that is no noise ("two points or a third less")."""
    if changed.verdict is Verdict.MEANINGFULLY_BETTER:
        return True
    beyond_noise = changed.verdict in (Verdict.BETTER, Verdict.NOT_JUDGED)
    return beyond_noise and bool(response(changed, kb).responder)


def _shows_a_trend(ratings: Ratings, of: Measure, kb: KnowledgeBase) -> bool:
    """Where one number is too noisy (the neck), as many visits running as the instrument's note asks for."""
    noisy = noisier_part(of, ratings.part)
    if noisy is None:
        return False
    changes = _last_changes(ratings, of, noisy.visits, kb)
    return len(changes) == noisy.visits and all(_has_improved(c, kb) for c in changes)


# What can't be said, and what can


def _too_little(ratings: Ratings, last: Visit, judged: tuple[_Judged, ...], kb: KnowledgeBase) -> Said | None:
    if _is_too_close(ratings, last, kb):
        return Answer.NOT_ENOUGH_DATA, (_reason("too_close", (), kb),)
    own = [j for j in judged if not j.of.rates_change]
    if not own:
        return Answer.NOT_ENOUGH_DATA, (_reason("no_comparison", (), kb),)
    if all(j.standing == "too_mild" for j in own):
        return Answer.NOT_ENOUGH_DATA, (_reason("too_mild", _keys(own), kb),)
    improved = [j for j in own if j.standing == "improved"]
    if improved and len(own) == len(judged) and not any(j.standing == "worse" for j in own):
        return Answer.NOT_ENOUGH_DATA, (_reason("no_global_rating", _keys(improved), kb),)
    return None


def _by_change(ratings: Ratings, last: Visit, judged: tuple[_Judged, ...], kb: KnowledgeBase) -> Said:
    """Improvement takes two measures, one of them the client's own global rating, and nothing worse."""
    improved, small, worse = (
        [j for j in judged if j.standing == standing] for standing in ("improved", "small", "worse")
    )
    own = [j for j in improved if not j.of.rates_change]
    if own and len(own) < len(improved) and not worse:
        if all(_gain_holds(ratings, j, kb) for j in own):
            return Answer.SPACE_OUT, (_reason("gain_holds", _keys(improved), kb),)
        return Answer.GO_ON, (_reason("improves", _keys(improved), kb),)
    if improved:
        return Answer.CHANGE_APPROACH, (_reason("disagree", _keys(judged), kb),)
    if small and not worse:
        return Answer.CHANGE_APPROACH, (_reason("only_small", _keys(small), kb),)
    unchanged = [j for j in judged if j.standing == "unchanged"]
    reason = _reason("worse", _keys(worse), kb) if worse else _reason("no_change", _keys(unchanged), kb)
    is_over = last.sessions >= kb.planning.course.stop_after
    return (Answer.REFER if is_over else Answer.CHANGE_APPROACH), (reason,)


def _gain_holds(ratings: Ratings, judged: _Judged, kb: KnowledgeBase) -> bool:
    """It had improved at the visit before too, and has not clearly moved since."""
    changes = _last_changes(ratings, judged.of, 2, kb)
    if len(changes) < 2 or not all(_has_improved(c, kb) for c in changes):
        return False
    before, now = (visit.scores[judged.of.key] for visit in ratings.since[-2:])
    if not before or not now or not shares_activities(before, now):
        return False
    moved = change(before, now, kb, part=ratings.part).verdict
    return moved in (Verdict.WITHIN_NOISE, Verdict.NOT_JUDGED)


# What is missing


def _missing(ratings: Ratings, last: Visit, kb: KnowledgeBase) -> tuple[Missing, ...]:
    measures = [measure(key, kb) for key in ratings.keys]
    asked = {of.instrument.id for of in measures}
    never = [Missing(id_, "now") for id_ in EXPECTED if id_ not in asked]
    of_each = [m for of in measures if not of.rates_change for m in _missing_of(ratings, of, last)]
    told_globally = any(of.rates_change and last.scores.get(of.key) for of in measures)
    rest = [] if told_globally else [Missing(GLOBAL_RATING, "now")]
    if last.new_danger_sign is None:
        rest.append(Missing(DANGER_SIGN, "now"))
    return (*never, *of_each, *rest)


def _missing_of(ratings: Ratings, of: Measure, last: Visit) -> Iterable[Missing]:
    baseline, now = ratings.baseline(of), last.scores.get(of.key)
    if baseline is None:
        yield Missing(of.key, "baseline")
    if now is None:
        yield Missing(of.key, "now")
    elif baseline is not None and (activities := not_rated(baseline, now)):
        yield Missing(of.key, "now", activities)


def _reason(id_: ReasonId, measures: Iterable[str], kb: KnowledgeBase) -> Reason:
    rule = next(rule for rule in kb.planning.course.rules if rule.id == RULE_OF[id_])
    return Reason(id_, tuple(measures), rule.see)


def _keys(judged: Iterable[_Judged]) -> tuple[str, ...]:
    return tuple(j.of.key for j in judged)
